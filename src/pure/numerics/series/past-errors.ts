import type { SeriesForecaster } from './cohort-forecast.ts'
import { bothParts, type DemandSettings, gateAt } from './demand-parts.ts'
import { asKnownBefore, type DemandRecord, ordinary, periodAfter } from './demand-record.ts'

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

/** Periods of history below which no past origin is tried. */
const LEAST_YEARS = 3

/** Projections of both parts as they would have been made one, two … years ago, beside what came. */
export function errorsAtPastOrigins(
  record: DemandRecord,
  horizon: number,
  forecastSeries: SeriesForecaster,
  settings: DemandSettings,
): PastError[] {
  const { stepsAYear } = record
  const now = ordinary(record)
  return Array.from({ length: settings.pastOrigins }, (_, i) => (i + 1) * stepsAYear).flatMap(back => {
    const past = asKnownBefore(record, back)
    const least = LEAST_YEARS * stepsAYear
    if (ordinary(past).filter(value => value !== undefined).length < least) return []
    const dueKnown = periodAfter(past) - past.dueKnownFrom >= least
    const ahead = Math.min(horizon, back)
    const { cohort, series } = bothParts(past, ahead, forecastSeries, settings)
    const { opening } = gateAt(past, ahead, settings)
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
  })
}

/** Errors of both parts in ordinary times: what the series missed in a break is known to the gate already. */
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

/** Too high by half and too low by a third weigh the same; a month without any request is taken as half of one. */
function logError(projected: number, observed: number): number {
  return Math.log(Math.max(0.5, projected) / Math.max(0.5, observed))
}
