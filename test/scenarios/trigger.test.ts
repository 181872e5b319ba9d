import { expect, it } from 'vitest'
import { triggerState } from '../../src/scenarios/trigger.ts'

const risks = [
  { quarter: '2022-Q2', probability: 0.2 },
  { quarter: '2022-Q3', probability: 0.6 },
]
const threshold = { aboveDays: 30, probability: 0.5 }

it('is read in the quarter of the first effect: before it the lever cannot help', () => {
  expect(triggerState(threshold, '2022-06-30', risks)).toMatchObject({ triggered: false, probability: 0.2 })
  expect(triggerState(threshold, '2022-07-01', risks)).toMatchObject({ triggered: true, quarter: '2022-Q3' })
})

it('reaching the probability is not passing it', () => {
  expect(triggerState({ ...threshold, probability: 0.6 }, '2022-07-01', risks)).toMatchObject({
    triggered: false,
  })
})

it('says when the first effect is outside what is projected', () => {
  expect(triggerState(threshold, '2030-01-01', risks)).toEqual({
    quarter: null,
    probability: null,
    triggered: false,
    reason: 'outside-horizon',
  })
})
