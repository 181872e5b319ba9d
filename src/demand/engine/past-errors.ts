import { groupBy } from '../../pure/figures/group-by.ts'
import { sum } from '../../pure/numerics/sum.ts'
import {
  asKnownBefore,
  type DemandRecord,
  ordinary,
  periodAfter,
  type SeriesForecaster,
} from './demand-record.ts'
import { bothParts, gateAt } from './parts.ts'

/** A past projection beside what came: one period of one past origin. */
export interface PastError {
  /** Years between the origin and the projected period. */
  yearsAhead: number
  /** Years between that period and now. */
  age: number
  observed: number
  /** `undefined` where the titles due were not known yet. */
  cohort: number | undefined
  series: number
  /** How far the gate was open then. */
  opening: number
}

/** Past origins whose errors weigh the parts, one a year. */
const PAST_ORIGINS = 6
/** Years of history below which no past origin is tried. */
const LEAST_YEARS = 3
/** Years after which a past error counts for half. */
const HALF_LIFE_YEARS = 2

/** Projections of both parts as they would have been made one, two … years ago, beside what came. */
export function errorsAtPastOrigins(
  record: DemandRecord,
  horizon: number,
  forecastSeries: SeriesForecaster,
  pastOrigins = PAST_ORIGINS,
): PastError[] {
  // A law is judged on all that it ever claimed: one that failed would be believed again once its failure is forgotten.
  const years =
    record.cohorts.ends === 'told' ? Math.floor(record.observed.length / record.stepsAYear) : pastOrigins
  return Array.from({ length: years }, (_, i) => (i + 1) * record.stepsAYear).flatMap(back =>
    errorsAtPastOrigin(record, back, horizon, forecastSeries),
  )
}

/** Projections of both parts as they would have been made so many periods ago; none where too little was known. */
export function errorsAtPastOrigin(
  record: DemandRecord,
  back: number,
  horizon: number,
  forecastSeries: SeriesForecaster,
  leastYears = LEAST_YEARS,
): PastError[] {
  const { stepsAYear } = record
  const past = asKnownBefore(record, back)
  const least = leastYears * stepsAYear
  if (ordinary(past).filter(value => value !== undefined).length < least) return []
  const dueKnown = periodAfter(past) - past.cohorts.dueKnownFrom >= least
  const ahead = Math.min(horizon, back)
  const { cohort, series } = bothParts(past, ahead, forecastSeries)
  const { opening } = gateAt(past, cohort.due)
  const now = ordinary(record)
  return cohort.points.flatMap((point, h) => {
    const observed = now[past.observed.length + h]
    return observed === undefined
      ? []
      : [
          {
            yearsAhead: (h + 1) / stepsAYear,
            age: (back - h - 1) / stepsAYear,
            observed,
            cohort: dueKnown ? point.total : undefined,
            series: series[h]!,
            opening: opening[h]!,
          },
        ]
  })
}

/** Errors of one past origin as the error of their sum; at least one is given. */
export function wholeOf(errors: readonly PastError[]): PastError {
  const sum = (of: (error: PastError) => number) => errors.reduce((total, error) => total + of(error), 0)
  return {
    ...errors.at(-1)!,
    observed: sum(error => error.observed),
    cohort: errors.some(error => error.cohort === undefined) ? undefined : sum(error => error.cohort ?? 0),
    series: sum(error => error.series),
    opening: sum(error => error.opening) / errors.length,
  }
}

/** Odds on a law as it is told once so many past years could have spoken, and what the first of them is worth. */
const LAW_ODDS = { prior: 49, origins: 3 }
/** Size of an ordinary error of a year on the log scale before any is seen, worth one year, and steps in which it settles. */
const YEAR_ERROR = { size: 0.05, steps: 20 }

/**
 * How far the law behind the cohorts may be followed, 0 to 1: the posterior of « the law is as told ». It is judged on what
 * it claimed: the first year after each past origin counts as far as titles due were said to move in it. Errors have
 * Student's law with four degrees of freedom, in units of the better part's own, its scale by the same law (Lange, Little and
 * Taylor 1989): a wave that both parts missed long ago excuses no claim that fails. A law of which no year could speak yet is
 * as likely right as wrong; from three on, the odds on it are 49 to 1 until a claim of its is seen to fail. Year after year
 * they never rise above that (the reflected sum of Page 1954): what held once says nothing of a change told since.
 *
 * Example: the cohorts said a move and were wrong by .5 where the series was wrong by .05, in the last of three years, the
 * other two calm and without error: errors are of .05 ÷ √x = .0336, x = (√89 − 5) ÷ 2, and the odds of 49 become
 * 49 × ((1 + x ÷ 4) ÷ (1 + 100 x ÷ 4))^2.5 = .0062 to 1.
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
  const least = years.map(({ cohort, series }) => Math.min(cohort ** 2, series ** 2))
  let variance = YEAR_ERROR.size ** 2
  for (let i = 0; i < YEAR_ERROR.steps; i++) {
    const seen = sum(least.map(square => (5 * square) / (4 + square / variance)))
    variance = (YEAR_ERROR.size ** 2 + seen) / (1 + years.length)
  }
  const density = (error: number) => -2.5 * Math.log1p(error ** 2 / variance / 4)
  const most = Math.log(LAW_ODDS.prior) * Math.min(1, years.length / LAW_ODDS.origins)
  const odds = years.reduce(
    (sum, { cohort, series, opening }) => Math.min(most, sum + opening * (density(cohort) - density(series))),
    most,
  )
  return 1 / (1 + Math.exp(-odds))
}

/** Errors of both parts in ordinary times: what either missed in a break is known to the gate, and judges the law. */
export function weighedErrors(errors: readonly PastError[]): { cohort: number; series: number } | undefined {
  let total = 0
  let cohort = 0
  let series = 0
  for (const error of errors) {
    if (error.cohort === undefined) continue
    const weight = (1 - error.opening) * 0.5 ** (error.age / HALF_LIFE_YEARS)
    total += weight
    cohort += weight * logError(error.cohort, error.observed) ** 2
    series += weight * logError(error.series, error.observed) ** 2
  }
  if (total <= 0) return undefined
  return { cohort: Math.sqrt(cohort / total), series: Math.sqrt(series / total) }
}

/** Too high by half and too low by a third weigh the same; a month without any request is taken as half of one. */
export function logError(projected: number, observed: number): number {
  return Math.log(Math.max(0.5, projected) / Math.max(0.5, observed))
}
