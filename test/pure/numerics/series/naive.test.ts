import { expect, test } from 'vitest'
import { drift, naive, naive2, seasonalNaive } from '../../../../src/pure/numerics/series/naive.ts'

const values = Array.from({ length: 16 }, (_, t) => [50, 150][t % 2]! + 0)

test('last value, value of a period ago, line through both ends', () => {
  expect(naive([3, 4], 2)).toEqual([4, 4])
  expect(seasonalNaive([1, 2, 3, 4], 3, 4)).toEqual([2, 3, 4, 2])
  expect(seasonalNaive([1, 2], 4, 2)).toEqual([2, 2])
  expect(drift([1, 9, 7], 2)).toEqual([10, 13])
})

test('Naïve 2 puts a clear season back', () => {
  const found = naive2(values, 2, 2)
  expect(found[0]).toBeCloseTo(50, 9)
  expect(found[1]).toBeCloseTo(150, 9)
})

test('Naïve 2 leaves a short or non-positive series alone', () => {
  expect(naive2([1, 3, 1, 3], 2, 2)).toEqual([3, 3])
  expect(naive2([...values, 0], 2, 1)).toEqual([0])
})
