import { expect, test } from 'vitest'
import {
  autocorrelations,
  drift,
  isSeasonal,
  naive,
  naive2,
  seasonalNaive,
} from '../../../../scripts/lab/backtest/naive.ts'
import { AIR_PASSENGERS, NILE } from '../../../pure/numerics/series/air-passengers.ts'

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

test('autocorrelations: the example, and `acf` of R 4.2.2 on the Nile', () => {
  expect(autocorrelations([1, 2, 3, 4], 2)).toEqual([0.25, -0.3])
  expect(autocorrelations(NILE, 2)[1]).toBeCloseTo(0.384576903904873, 12)
})

test('passengers have a season; yearly values, short series and period 1 have none', () => {
  expect(isSeasonal(AIR_PASSENGERS, 12)).toBe(true)
  expect(isSeasonal(AIR_PASSENGERS.slice(0, 35), 12)).toBe(false)
  expect(isSeasonal(NILE, 1)).toBe(false)
})
