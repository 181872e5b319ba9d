import fc from 'fast-check'
import { expect, it } from 'vitest'
import {
  learnedKernel,
  monthlyKernel,
  PRIOR_LAG_SHAPE,
  yearlyKernel,
} from '../../../../src/pure/numerics/series/lag-kernel.ts'

const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0)

it('rises before the end and falls after it, as in the worked example', () => {
  const { first, probabilities } = monthlyKernel({
    earlyMonths: 2,
    earlyShare: 0.4,
    meanDelay: 0,
    lateMonths: 0,
  })
  expect(first).toBe(-2)
  expect(probabilities[0]).toBeCloseTo(2 / 15, 12)
  expect(probabilities[1]).toBeCloseTo(4 / 15, 12)
  expect(probabilities[2]).toBeCloseTo(0.6, 12)
})

it('shares a lag of three months between two years', () => {
  const { first, probabilities } = yearlyKernel({ first: 3, probabilities: [1] })
  expect(probabilities[0 - first]).toBeCloseTo(0.75, 12)
  expect(probabilities[1 - first]).toBeCloseTo(0.25, 12)
})

it('sums to one, monthly and yearly, whatever its shape', () => {
  const shape = fc.record({
    earlyMonths: fc.integer({ min: 0, max: 24 }),
    earlyShare: fc.double({ min: 0, max: 1, noNaN: true }),
    meanDelay: fc.double({ min: 0, max: 60, noNaN: true }),
    lateMonths: fc.integer({ min: 0, max: 60 }),
  })
  fc.assert(
    fc.property(shape, each => {
      const monthly = monthlyKernel(each)
      expect(total(monthly.probabilities)).toBeCloseTo(1, 9)
      expect(total(yearlyKernel(monthly).probabilities)).toBeCloseTo(1, 9)
    }),
  )
})

it('learns from observed lags, as in the worked example', () => {
  const learned = learnedKernel(
    { first: 0, probabilities: [0.5, 0.5] },
    new Map([
      [0, 6],
      [1, 2],
      [99, 1000],
    ]),
    2,
  )
  expect(learned.probabilities[0]).toBeCloseTo(0.7, 12)
  expect(learned.probabilities[1]).toBeCloseTo(0.3, 12)
})

it('comes back to its prior without observation', () => {
  const prior = monthlyKernel(PRIOR_LAG_SHAPE)
  learnedKernel(prior, new Map()).probabilities.forEach((probability, i) => {
    expect(probability).toBeCloseTo(prior.probabilities[i]!, 12)
  })
})
