import { normalQuantile } from '../../pure/numerics/series/normal-quantile.ts'
import { sum } from '../../pure/numerics/sum.ts'
import type { DemandForecast } from './forecast.ts'
import { logError, type PastError } from './past-errors.ts'

/** Relative standard error assumed one year ahead at least, and how many past origins that assumption is worth. */
const PRIOR_ERROR = { standardDeviation: 0.12, origins: 1 }

/**
 * Lower and upper bounds at each level, one entry per projected period, on the log scale: past errors of the weighed projection, growing as √years, with Student quantiles of
 * as many degrees of freedom as there are past origins plus what the prior is worth. In a break of regime the
 * truth may lie anywhere between what the cohort and the series say: the variance of a uniform law on that gap,
 * (ln c − ln s)²/12, is added in the measure in which the gate is open, and so is the doubt on the return rate.
 * No count is surer than chance leaves it (Poisson: 1 / mean on the log scale), and its bounds are whole, outwards.
 */
export function demandBounds(forecast: DemandForecast, levels: readonly number[], stepsAYear: number) {
  const past = pastVariance(forecast)
  const origins = past.origins + PRIOR_ERROR.origins
  const deviations = forecast.mean.map((mean, h) => {
    const point = forecast.cohort.points[h]!
    const years = Math.max(1, (h + 1) / stepsAYear)
    const gap = Math.log(Math.max(1e-9, point.total) / Math.max(1e-9, forecast.series[h]!))
    const { mean: rate, standardDeviation } = forecast.cohort.returnRate
    const renewals = point.total - point.other
    const doubt = rate > 0 ? (standardDeviation / rate) * (renewals / Math.max(1e-9, mean)) : 0
    const broken = forecast.opening[h]!
    const own = forecast.spread[h]! / Math.max(1e-9, forecast.series[h]!)
    const seriesPart = (1 - forecast.cohortWeight[h]!) * Math.log1p(own) ** 2
    const prior = Math.max(PRIOR_ERROR.standardDeviation ** 2 * years, seriesPart)
    const variance = (past.origins * past.average * years + PRIOR_ERROR.origins * prior) / origins
    const chance = forecast.counts ? 1 / Math.max(0.5, mean) : 0
    return Math.sqrt(Math.max(chance, variance) + broken * (Math.min(gap ** 2, 9) / 12 + doubt ** 2))
  })
  return levels.map(level => {
    const width = studentQuantile((1 + level) / 2, origins)
    const lower = forecast.mean.map((mean, h) => mean * Math.exp(-width * deviations[h]!))
    const upper = forecast.mean.map((mean, h) => mean * Math.exp(width * deviations[h]!))
    return forecast.counts ? { lower: lower.map(Math.floor), upper: upper.map(Math.ceil) } : { lower, upper }
  })
}

/** Mean square of past errors on the log scale, brought to one year ahead, and how many origins they come from. */
function pastVariance({ pastErrors, cohortWeight }: DemandForecast): { average: number; origins: number } {
  const weight = cohortWeight[0] ?? 0
  const squares = pastErrors.map((error: PastError) => {
    const projected = weight * (error.cohort ?? error.series) + (1 - weight) * error.series
    const size =
      error.observed > 0
        ? Math.log(Math.max(1e-9, projected) / error.observed)
        : logError(projected, error.observed)
    return size ** 2 / Math.max(1, error.yearsAhead)
  })
  return {
    average: squares.length > 0 ? sum(squares) / squares.length : 0,
    origins: new Set(pastErrors.map(error => Math.round(error.age + error.yearsAhead))).size,
  }
}

/**
 * Quantile of Student's t by the expansion of Cornish and Fisher (Abramowitz and Stegun 1964, 26.7.5), within
 * 0.5 % from four degrees of freedom on. Worked example: .975 at 10 degrees: 2.228.
 */
export function studentQuantile(probability: number, degrees: number): number {
  const z = normalQuantile(probability)
  const n = Math.max(3, degrees)
  const g1 = (z ** 3 + z) / 4
  const g2 = (5 * z ** 5 + 16 * z ** 3 + 3 * z) / 96
  const g3 = (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / 384
  const g4 = (79 * z ** 9 + 776 * z ** 7 + 1482 * z ** 5 - 1920 * z ** 3 - 945 * z) / 92_160
  return z + g1 / n + g2 / n ** 2 + g3 / n ** 3 + g4 / n ** 4
}
