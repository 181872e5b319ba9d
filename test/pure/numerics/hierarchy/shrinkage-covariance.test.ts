import { expect, it } from 'vitest'
import { shrunkCovariance } from '../../../../src/pure/numerics/hierarchy/shrinkage-covariance.ts'

it('keeps the variances alone where nothing correlates, as in the worked example', () => {
  const { covariance, intensity } = shrunkCovariance([
    [1, -1, 1, -1],
    [1, -1, -1, 1],
  ])!
  expect(intensity).toBe(1)
  expect([...covariance.values]).toEqual([1, 0, 0, 1])
})

it('estimates the intensity by hand', () => {
  // Standardised products 1, 1, 1, −1: r = ½, Var(r) = (4 − 4 · ¼) ÷ (4 · 3) = ¼, λ = ¼ ÷ ¼ = 1.
  expect(
    shrunkCovariance([
      [1, 1, 1, 1],
      [1, 1, 1, -1],
    ])!.intensity,
  ).toBeCloseTo(1, 12)
  // Products 1 seven times and −1 once: r = ¾, Var(r) = (8 − 8 · 9/16) ÷ 56 = 1/16, λ = (1/16) ÷ (9/16) = 1/9.
  const { covariance, intensity } = shrunkCovariance([
    [2, 2, 2, 2, 2, 2, 2, 2],
    [1, 1, 1, 1, 1, 1, 1, -1],
  ])!
  expect(intensity).toBeCloseTo(1 / 9, 12)
  expect(covariance.values[1]).toBeCloseTo((8 / 9) * 0.75 * 2, 12)
})

it('keeps the sample where two series move as one', () => {
  expect(
    shrunkCovariance([
      [1, -1, 1, -1, 1, -1],
      [2, -2, 2, -2, 2, -2],
    ])!.intensity,
  ).toBe(0)
})

it('leaves a series that never errs next to no variance, and is absent where none errs or too few are known', () => {
  const { covariance } = shrunkCovariance([
    [0, 0, 0],
    [1, -1, 1],
  ])!
  expect([...covariance.values]).toEqual([1e-12, 0, 0, 1])
  expect(shrunkCovariance([[0, 0, 0]])).toBeUndefined()
  expect(
    shrunkCovariance([
      [1, 2],
      [2, 1],
    ]),
  ).toBeUndefined()
})
