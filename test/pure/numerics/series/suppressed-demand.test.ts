import { expect, it } from 'vitest'
import { returningDemand, suppressedDemand } from '../../../../src/pure/numerics/series/suppressed-demand.ts'

it('counts what did not come, and no more', () => {
  expect(suppressedDemand([100, 100, 100], [20, 130, undefined])).toBe(80)
})

it('returns half of it over three periods, as in the worked example', () => {
  expect(returningDemand(1200, { share: 0.5, periods: 3 }, 5)).toEqual([200, 200, 200, 0, 0])
})

it('waits for the end of the event, and cannot return more than was missing', () => {
  expect(returningDemand(90, { share: 7, periods: 2, delay: 1 }, 4)).toEqual([0, 45, 45, 0])
  expect(returningDemand(90, { share: 1, periods: 0 }, 2)).toEqual([0, 0])
})
