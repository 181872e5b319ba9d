import fc from 'fast-check'
import { expect, test } from 'vitest'
import { truncatedNormal } from '../../../../src/pure/numerics/series/truncated-normal.ts'

test('a standard normal number known to be positive has mean √(2/π) and variance 1 − 2/π', () => {
  const { mean, variance } = truncatedNormal(0, 1, 0, Number.POSITIVE_INFINITY)
  expect(mean).toBeCloseTo(Math.sqrt(2 / Math.PI), 6)
  expect(variance).toBeCloseTo(1 - 2 / Math.PI, 6)
})

test('without bounds nothing is cut; a bound far in the tail is where the number is', () => {
  expect(truncatedNormal(3, 2, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY)).toEqual({
    mean: 3,
    variance: 4,
  })
  expect(truncatedNormal(0, 1, 9, 12)).toEqual({ mean: 9, variance: 0 })
  expect(truncatedNormal(0, 1, 2, 2)).toEqual({ mean: 2, variance: 0 })
})

test('what is cut lies between its bounds, and is no wider than it was', () => {
  const number = fc.double({ min: -6, max: 6, noNaN: true })
  fc.assert(
    fc.property(number, fc.double({ min: 0.01, max: 3, noNaN: true }), number, number, (at, spread, a, b) => {
      const [low, high] = [Math.min(a, b), Math.max(a, b)]
      const { mean, variance } = truncatedNormal(at, spread, low, high)
      expect(mean).toBeGreaterThanOrEqual(low)
      expect(mean).toBeLessThanOrEqual(high)
      expect(variance).toBeLessThanOrEqual(spread ** 2 + 1e-9)
    }),
    {
      examples: [
        [0.00508563246089518, 0.20342529843585616, 0.004068505968712524, 0],
        [9e-323, 2, 8.4e-323, 0],
      ],
    },
  )
})
