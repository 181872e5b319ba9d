import { expect, test } from 'vitest'
import { fitAutoregression } from '../../../../src/pure/numerics/series/autoregression.ts'
import { NILE } from './air-passengers.ts'

test('a straight line goes on', () => {
  const fit = fitAutoregression([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], 2)
  expect(fit.coefficients).toEqual([])
  expect(fit.mean[0]).toBeCloseTo(13, 6)
  expect(fit.mean[1]).toBeCloseTo(14, 6)
})

test('differences of the Nile: coefficients of `ar.burg` of R 4.2.2', () => {
  const { coefficients } = fitAutoregression(NILE, 1)
  const reference = [
    -0.577978265047984, -0.391113778166705, -0.265998599761179, -0.261009878583604, -0.155867832653039,
  ]
  expect(coefficients).toHaveLength(5)
  reference.forEach((value, k) => {
    expect(coefficients[k]).toBeCloseTo(value, 12)
  })
})

test('one-step errors are what the coefficients leave of the moves', () => {
  const { coefficients, residuals } = fitAutoregression(NILE, 1)
  const mean = (NILE[99]! - NILE[0]!) / 99
  const move = (t: number) => NILE[t]! - NILE[t - 1]! - mean
  const expected = coefficients.reduce((sum, value, k) => sum + value * move(49 - k), 0)
  expect(residuals[50]).toBeCloseTo(move(50) - expected, 9)
})

test('a random walk spreads with the square root of the steps', () => {
  const values = [0, 1, 0, 1, 2, 1, 2, 3]
  const { coefficients, variance, deviation } = fitAutoregression(values, 4)
  expect(coefficients).toEqual([])
  expect(deviation[3]).toBeCloseTo(2 * Math.sqrt(variance), 10)
})
