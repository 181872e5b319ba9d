import { expect, test } from 'vitest'
import { summedForecast, summedPast } from '../../../../src/pure/numerics/series/summed-forecast.ts'

test('three months make a quarter, a month left over makes none', () => {
  const { mean, spread } = summedForecast({ mean: [1, 2, 3, 4], spread: [0.1, 0.1, 0.2, 0.3] }, 3)
  expect(mean).toEqual([6])
  expect(spread[0]).toBeCloseTo(0.4, 12)
})

test('the truth of a quarter needs its three months', () => {
  const past = { mean: [1, 1, 1, 2, 2, 2], spread: [1, 1, 1, 1, 1, 1], actual: [2, 2, 2, 3, Number.NaN, 3] }
  expect(summedPast(past, 3)).toEqual({ mean: [3, 6], spread: [3, 3], actual: [6, Number.NaN] })
})
