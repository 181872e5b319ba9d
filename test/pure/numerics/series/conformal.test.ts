import { expect, test } from 'vitest'
import { calibrate, interval } from '../../../../src/pure/numerics/series/conformal.ts'
import { normal, seededRandom } from '../../../../src/pure/numerics/series/random.ts'

test('the worked example: rank four of four', () => {
  const found = interval({ mean: [10], spread: [2] }, [[1, 2, 3, 4]], 0.8)
  expect(found).toEqual({ level: 0.8, lower: [2], upper: [18] })
})

test('without past forecasts the usual errors serve every step', () => {
  const [first, second] = calibrate([], 2)
  expect(first).toHaveLength(40)
  expect(second).toEqual(first)
  const { upper } = interval({ mean: [0], spread: [1] }, calibrate([], 1), 0.95)
  expect(upper[0]).toBeGreaterThan(2.5)
  expect(upper[0]).toBeLessThan(3.5)
})

test('many past errors outweigh the usual ones: coverage of fresh normal errors is as promised', () => {
  const random = seededRandom(7)
  const past = Array.from({ length: 2000 }, () => ({
    mean: [0, 0],
    spread: [1, 2],
    actual: [3 * normal(random), 6 * normal(random)],
  }))
  for (const level of [0.8, 0.95]) {
    const { lower, upper } = interval({ mean: [0, 0], spread: [1, 2] }, calibrate(past, 2), level)
    let inside = 0
    for (let k = 0; k < 20_000; k++) {
      const value = 6 * normal(random)
      if (value >= lower[1]! && value <= upper[1]!) inside++
    }
    expect(inside / 20_000).toBeGreaterThan(level - 0.015)
    expect(inside / 20_000).toBeLessThan(level + 0.015)
  }
})

test('what is not known, or has no spread to measure by, is left out', () => {
  const past = [
    { mean: [1, 1], spread: [0, 1], actual: [2, Number.NaN] },
    { mean: [1, 1], spread: [0, 1], actual: [1, 1] },
  ]
  expect(calibrate(past, 2)[1]).toHaveLength(42)
})
