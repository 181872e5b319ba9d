import { groupBy } from '../../pure/figures/group-by.ts'
import {
  asKnownBefore,
  type DemandRecord,
  ordinary,
  periodAfter,
  type SeriesForecaster,
} from './demand-record.ts'
import { bothParts, type DemandSettings, gateAt } from './parts.ts'

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

/** Projections of both parts as they would have been made one, two … years ago, beside what came. */
export function errorsAtPastOrigins(
  record: DemandRecord,
  horizon: number,
  forecastSeries: SeriesForecaster,
  settings: DemandSettings,
): PastError[] {
  return Array.from({ length: settings.pastOrigins }, (_, i) => (i + 1) * record.stepsAYear).flatMap(back =>
    errorsAtPastOrigin(record, back, horizon, forecastSeries, settings),
  )
}

/** Projections of both parts as they would have been made so many periods ago; none where too little was known. */
export function errorsAtPastOrigin(
  record: DemandRecord,
  back: number,
  horizon: number,
  forecastSeries: SeriesForecaster,
  settings: DemandSettings,
): PastError[] {
  const { stepsAYear } = record
  const past = asKnownBefore(record, back)
  const least = settings.leastYears * stepsAYear
  if (ordinary(past).filter(value => value !== undefined).length < least) return []
  const dueKnown = periodAfter(past) - past.cohorts.dueKnownFrom >= least
  const ahead = Math.min(horizon, back)
  const { cohort, series } = bothParts(past, ahead, forecastSeries, settings)
  const { opening } = gateAt(past, ahead, settings)
  const now = ordinary(record)
  return cohort.points.flatMap((point, h) => {
    const observed = now[past.observed.length + h]
    return observed === undefined || observed <= 0
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

/** Past forecasts below which nothing is held against a law, and the odds on a law as it is told. */
const LAW_ODDS = { leastOrigins: 3, prior: 19 }
/** Size of an ordinary error of a year, on the log scale, below which two parts are not told apart. */
const YEAR_ERROR = 0.1

/**
 * How far the law behind the cohorts may be followed against past errors, 0 to 1: the posterior of « the law is as told »,
 * from how both parts foretold the first year after each past origin, errors having Student's law with four degrees of
 * freedom. A law told wrongly has cohorts lose clearly, again and again; a true one may lose a little in calm years.
 * Below three past forecasts a law is believed.
 *
 * Example: cohorts wrong by .5, .5 and .5 where the series was wrong by .1: each divides the odds by
 * ((1 + 25 ÷ 4) ÷ (1 + 1 ÷ 4))^2.5 = 80.9, 19 to 1 become 3.6e-5 to 1.
 */
export function lawTrust(errors: readonly PastError[]): number {
  const origins = groupBy(
    errors.filter(error => error.cohort !== undefined && error.yearsAhead <= 1),
    error => Math.round(error.age + error.yearsAhead),
  )
  if (origins.size < LAW_ODDS.leastOrigins) return 1
  const density = (error: number) => -2.5 * Math.log1p((error / YEAR_ERROR) ** 2 / 4)
  let odds = Math.log(LAW_ODDS.prior)
  for (const year of origins.values()) {
    const sum = (of: (error: PastError) => number) => year.reduce((total, error) => total + of(error), 0)
    const came = sum(error => error.observed)
    odds +=
      density(
        logError(
          sum(error => error.cohort!),
          came,
        ),
      ) -
      density(
        logError(
          sum(error => error.series),
          came,
        ),
      )
  }
  return 1 / (1 + Math.exp(-odds))
}

/**
 * Errors of both parts in ordinary times: what the series missed in a break is known to the gate already, as far as the law
 * behind it is believed.
 */
export function weighedErrors(
  errors: readonly PastError[],
  halfLifeYears: number,
  trust = 1,
): { cohort: number; series: number } | undefined {
  let total = 0
  let cohort = 0
  let series = 0
  for (const error of errors) {
    if (error.cohort === undefined) continue
    const weight = (1 - trust * error.opening) * 0.5 ** (error.age / halfLifeYears)
    total += weight
    cohort += weight * logError(error.cohort, error.observed) ** 2
    series += weight * logError(error.series, error.observed) ** 2
  }
  if (total <= 0) return undefined
  return { cohort: Math.sqrt(cohort / total), series: Math.sqrt(series / total) }
}

/** Too high by half and too low by a third weigh the same; a month without any request is taken as half of one. */
function logError(projected: number, observed: number): number {
  return Math.log(Math.max(0.5, projected) / Math.max(0.5, observed))
}
