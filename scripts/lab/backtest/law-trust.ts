import type { SeriesForecaster } from '../../../src/demand/engine/demand-record.ts'
import { type DemandForecast, forecastDemand } from '../../../src/demand/engine/forecast.ts'
import { type DemandSettings, HOUSE_DEMAND } from '../../../src/demand/engine/parts.ts'
import {
  errorsAtPastOrigin,
  logError,
  type PastError,
  wholeOf,
} from '../../../src/demand/engine/past-errors.ts'
import { groupBy } from '../../../src/pure/figures/group-by.ts'
import type { LawfulRecord } from './cohort-part.ts'

/** Projects a demand whose cohorts stand under a law, which its past errors judge where it is only told. */
export function forecastUnderLaw(
  record: LawfulRecord,
  horizon: number,
  forecastSeries: SeriesForecaster,
  settings: DemandSettings = HOUSE_DEMAND,
): DemandForecast {
  const errors = errorsAtPastOrigins(record, horizon, forecastSeries, settings)
  const trust = record.cohorts.ends === 'known' ? 1 : lawTrust(errors)
  return forecastDemand(record, horizon, forecastSeries, settings, errors, trust)
}

/** Projections of both parts as they would have been made one, two … years ago, beside what came. */
export function errorsAtPastOrigins(
  record: LawfulRecord,
  horizon: number,
  forecastSeries: SeriesForecaster,
  settings: DemandSettings,
): PastError[] {
  // A law is judged on all that it ever claimed: one that failed would be believed again once its failure is forgotten.
  const years =
    record.cohorts.ends === 'told'
      ? Math.floor(record.observed.length / record.stepsAYear)
      : settings.pastOrigins
  return Array.from({ length: years }, (_, i) => (i + 1) * record.stepsAYear).flatMap(back =>
    errorsAtPastOrigin(record, back, horizon, forecastSeries, settings),
  )
}

/** Odds on a law as it is told once so many past years could have spoken, and what the first of them is worth. */
const LAW_ODDS = { prior: 49, origins: 3 }
/** Size of an ordinary error of a year on the log scale before any is seen, and how many years that is worth. */
const YEAR_ERROR = { size: 0.05, years: 1 }

/**
 * How far the law behind the cohorts may be followed, 0 to 1: the posterior of « the law is as told ». It is judged on what
 * it claimed: the first year after each past origin counts as far as titles due were said to move in it. Errors have
 * Student's law with four degrees of freedom, in units of the better part's own. A law of which no year could speak yet is
 * as likely right as wrong; from three on, the odds on it are 49 to 1 until a claim of its is seen to fail. Year after year
 * they never rise above that (the reflected sum of Page 1954): what held once says nothing of a change told since.
 *
 * Example: the cohorts said a move and were wrong by .5 where the series was wrong by .05, in the last of three years, the
 * other two calm and without error: errors are of √((.05² + .05²) ÷ 4) = .0354, and the odds of 49 become
 * 49 × ((1 + 2 ÷ 4) ÷ (1 + 200 ÷ 4))^2.5 = .0073 to 1.
 */
export function lawTrust(errors: readonly PastError[]): number {
  const firstYears = groupBy(
    errors.filter(error => error.cohort !== undefined && error.yearsAhead <= 1),
    error => Math.round(error.age + error.yearsAhead),
  )
  const years = [...firstYears]
    .sort(([a], [b]) => b - a)
    .map(([, year]) => wholeOf(year))
    .map(({ observed, cohort, series, opening }) => ({
      cohort: logError(cohort!, observed),
      series: logError(series, observed),
      opening,
    }))
  const seen = years.reduce((sum, { cohort, series }) => sum + Math.min(cohort ** 2, series ** 2), 0)
  const size = Math.sqrt((YEAR_ERROR.years * YEAR_ERROR.size ** 2 + seen) / (YEAR_ERROR.years + years.length))
  const density = (error: number) => -2.5 * Math.log1p((error / size) ** 2 / 4)
  const most = Math.log(LAW_ODDS.prior) * Math.min(1, years.length / LAW_ODDS.origins)
  const odds = years.reduce(
    (sum, { cohort, series, opening }) => Math.min(most, sum + opening * (density(cohort) - density(series))),
    most,
  )
  return 1 / (1 + Math.exp(-odds))
}
