import { expect, test } from 'vitest'
import { fitTheta } from '../../../../src/pure/numerics/series/theta.ts'
import { NILE } from './air-passengers.ts'

/** The recursions of Fiorucci et al. 2016, written down once more as they are printed, without any shortcut. */
function printed(values: readonly number[], alpha: number, theta: number, first: number, horizon: number) {
  let [level, mean, slope, intercept] = [first, 0, 0, 0]
  const errors: number[] = []
  const forecasts: number[] = []
  for (let t = 1; t <= values.length + horizon; t++) {
    const line = (1 - alpha) ** (t - 1) * intercept + ((1 - (1 - alpha) ** t) / alpha) * slope
    const forecast = level + (1 - 1 / theta) * line
    const value = t <= values.length ? values[t - 1]! : forecast
    if (t <= values.length) errors.push(value - forecast)
    else forecasts.push(forecast)
    level = alpha * value + (1 - alpha) * level
    const before = mean
    mean = ((t - 1) * mean + value) / t
    slope = t === 1 ? 0 : ((t - 2) * slope + (6 * (value - before)) / t) / (t + 1)
    intercept = mean - ((t + 1) / 2) * slope
  }
  return { errors, forecasts, squares: errors.reduce((sum, error) => sum + error * error, 0) }
}

test('errors and forecasts are those of the printed recursions', () => {
  const fit = fitTheta(NILE, 12)
  const { errors, forecasts, squares } = printed(NILE, fit.alpha, 1 / (1 - fit.weight), fit.level, 12)
  errors.forEach((error, t) => {
    expect(fit.residuals[t]).toBeCloseTo(error, 8)
  })
  forecasts.forEach((value, h) => {
    expect(fit.mean[h]).toBeCloseTo(value, 8)
  })
  expect(fit.variance).toBeCloseTo(squares / (NILE.length - 3), 6)
})

test('no parameters of a fine grid fit better', () => {
  for (const values of [NILE, NILE.map((value, t) => value + 12 * t)]) {
    const fit = fitTheta(values, 1)
    const least = fit.variance * (values.length - 3)
    for (let alpha = 0.1; alpha < 0.99; alpha += 0.02)
      for (const theta of [1, 1.2, 1.5, 2, 3, 5, 10, 100])
        for (let move = -3; move <= 3; move++)
          expect(printed(values, alpha, theta, fit.level + 50 * move, 0).squares).toBeGreaterThan(
            least * (1 - 1e-6),
          )
  }
})

test('a constant continues, without error', () => {
  const fit = fitTheta([5, 5, 5, 5, 5, 5], 3)
  for (const value of fit.mean) expect(value).toBeCloseTo(5, 9)
  expect(fit.deviation[2]).toBeCloseTo(0, 6)
})
