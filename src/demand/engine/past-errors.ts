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
  const { opening } = gateAt(past, cohort.due, settings)
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

/** Errors of both parts in ordinary times: what either missed in a break is known to the gate, and judges the law. */
export function weighedErrors(
  errors: readonly PastError[],
  halfLifeYears: number,
): { cohort: number; series: number } | undefined {
  let total = 0
  let cohort = 0
  let series = 0
  for (const error of errors) {
    if (error.cohort === undefined) continue
    const weight = (1 - error.opening) * 0.5 ** (error.age / halfLifeYears)
    total += weight
    cohort += weight * logError(error.cohort, error.observed) ** 2
    series += weight * logError(error.series, error.observed) ** 2
  }
  if (total <= 0) return undefined
  return { cohort: Math.sqrt(cohort / total), series: Math.sqrt(series / total) }
}

/** The error of a projection on the log scale: too high by half and too low by a third weigh the same; a month without any request is taken as half of one. */
export function logError(projected: number, observed: number): number {
  return Math.log(Math.max(0.5, projected) / Math.max(0.5, observed))
}
