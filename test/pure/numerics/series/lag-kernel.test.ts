import fc from 'fast-check'
import { expect, it } from 'vitest'
import { monthlyKernel } from '../../../../src/pure/numerics/series/lag-kernel.ts'

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

it('sums to one whatever its shape', () => {
  const shape = fc.record({
    earlyMonths: fc.integer({ min: 0, max: 24 }),
    earlyShare: fc.double({ min: 0, max: 1, noNaN: true }),
    meanDelay: fc.double({ min: 0, max: 60, noNaN: true }),
    lateMonths: fc.integer({ min: 0, max: 60 }),
  })
  fc.assert(
    fc.property(shape, each => {
      expect(total(monthlyKernel(each).probabilities)).toBeCloseTo(1, 9)
    }),
  )
})
