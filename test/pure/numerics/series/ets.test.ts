import { expect, test } from 'vitest'
import { averageEts, fitEts } from '../../../../src/pure/numerics/series/ets.ts'
import { etsMean } from '../../../../src/pure/numerics/series/ets-forecast.ts'
import { AIR_PASSENGERS, NILE } from './air-passengers.ts'
import { ETS_REFERENCES } from './ets-reference.ts'

const likelihoodAlone = { priorWidth: Number.POSITIVE_INFINITY, iterations: 500 }

test('simple smoothing of the Nile: α, level, variance and forecast of R 4.2.2, forecast 8.20', () => {
  const forms = [{ error: 'A', trend: 'N', season: 'N' }] as const
  const fit = fitEts(NILE, { period: 1, forms, ...likelihoodAlone })!
  // R's simplex stops at 1e-4 or so of the optimum in α; its log-likelihood is −726.390519999206.
  expect(fit.parameters.alpha).toBeCloseTo(0.245533862697156, 2)
  expect(fit.parameters.level).toBeCloseTo(1110.68685995136, -1)
  expect(Math.sqrt(fit.variance)).toBeCloseTo(Math.sqrt(20802.8010255647), 1)
  expect(etsMean(fit, 1)[0]).toBeCloseTo(805.38128285872, 0)
  const logLikelihood = -(fit.aicc - 6 - 24 / 96) / 2
  expect(logLikelihood).toBeGreaterThan(-726.390519999206 - 1e-6)
})

test('the likelihood found is at least the one that R found, model by model', () => {
  for (const { form, logLikelihood } of ETS_REFERENCES) {
    const fit = fitEts(AIR_PASSENGERS, { period: 12, forms: [form], freeSeason: true, ...likelihoodAlone })!
    const count = 3 + (form.trend === 'N' ? 0 : form.trend === 'A' ? 2 : 3) + 12
    const found = -(fit.aicc - 2 * count - (2 * count * (count + 1)) / (144 - count - 1)) / 2
    expect(found).toBeGreaterThan(logLikelihood - 0.5)
  }
})

test('the airline passengers get a multiplicative season', () => {
  expect(fitEts(AIR_PASSENGERS, { period: 12 })!.form.season).toBe('M')
})

test('weights of an average sum to one, best first, and its residuals are one-step errors', () => {
  const average = averageEts(AIR_PASSENGERS, { period: 12 }, 18)!
  expect(average.weights.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 12)
  expect(average.weights[0]!.weight).toBeGreaterThanOrEqual(average.weights.at(-1)!.weight)
  expect(average.residuals).toHaveLength(144)
  expect(Math.max(...average.deviation)).toBeLessThan(200)
})

test('too few values for every model give nothing', () => {
  expect(fitEts([1, 2, 3], { period: 1 })).toBeUndefined()
})

test('a missing value changes nothing on a series that is constant otherwise', () => {
  const values = Array.from({ length: 20 }, (_, t) => (t === 7 ? Number.NaN : 5))
  const fit = fitEts(values, { period: 1 })!
  expect(etsMean(fit, 3)[2]).toBeCloseTo(5, 9)
  expect(fit.residuals[7]).toBeNaN()
})
