import {
  type CohortForecast,
  type CohortSettings,
  cohortForecast,
  HOUSE_COHORT,
  type SeriesForecaster,
  withoutGaps,
} from './cohort-forecast.ts'
import { asKnownBefore, type DemandRecord, exposureOf, ordinary, regimeOf } from './demand-record.ts'
import { cohortWeight, exposureShift, type GateSettings, gateOpening, HOUSE_GATE } from './exposure-gate.ts'

/** A past projection beside what came: one period of one past origin. */
export interface PastError {
  /** Years between the origin and the projected period. */
  yearsAhead: number
  /** Years between that period and now. */
  age: number
  observed: number
  cohort: number
  series: number
  /** How far the gate was open then. */
  opening: number
}

/** A demand projected by both parts and weighed by the gate, one entry per projected period. */
export interface DemandForecast {
  mean: number[]
  cohort: CohortForecast
  series: number[]
  /** Shift of exposure in noises; 0 where exposure is unknown. */
  shift: number[]
  /** How far the gate is open: a break of regime from ½ on. */
  opening: number[]
  cohortWeight: number[]
  pastErrors: PastError[]
}

/** Everything that can be set; the house's values are one configuration for all places and titles. */
export interface DemandSettings {
  gate: GateSettings
  cohort: CohortSettings
  /** Past origins whose errors weigh the parts, one a year. */
  pastOrigins: number
  /** Years after which a past error counts for half. */
  errorHalfLifeYears: number
}

/** The house's configuration. */
export const HOUSE_DEMAND: DemandSettings = {
  gate: HOUSE_GATE,
  cohort: HOUSE_COHORT,
  pastOrigins: 6,
  errorHalfLifeYears: 2,
}

/**
 * Projects a demand: renewal cycles and the series engine side by side, weighed for each projected year by the
 * exposure gate and, below it, by their errors at past origins.
 */
export function forecastDemand(
  record: DemandRecord,
  horizon: number,
  forecastSeries: SeriesForecaster,
  settings: DemandSettings = HOUSE_DEMAND,
): DemandForecast {
  const { cohort, series } = bothParts(record, horizon, forecastSeries, settings)
  const pastErrors = errorsAtPastOrigins(record, horizon, forecastSeries, settings)
  const errors = weighedErrors(pastErrors, settings.errorHalfLifeYears)
  const { known, shift, opening } = gateAt(record, horizon, settings)
  const weights = opening.map(open => (known ? cohortWeight(open, errors) : 0))
  return {
    mean: cohort.points.map((point, h) => weights[h]! * point.total + (1 - weights[h]!) * series[h]!),
    cohort,
    series,
    shift,
    opening,
    cohortWeight: weights,
    pastErrors,
  }
}

/** What the gate says of each projected period; it stands open while the series is blind after a break. */
function gateAt(
  record: DemandRecord,
  horizon: number,
  { gate, cohort }: DemandSettings,
): { known: boolean; shift: number[]; opening: number[] } {
  const exposure = exposureOf(record, horizon, gate)
  const { blind } = regimeOf(record, cohort.breakNoises, gate)
  const shift = Array.from({ length: horizon }, (_, h) => {
    const year = Math.floor(h / record.stepsAYear)
    return exposure
      ? exposureShift(exposure.lastYear, exposure.projectedYears[year]!, exposure.variability)
      : 0
  })
  return {
    // Without a known year of titles due the cohort part rests on nothing.
    known: exposure !== undefined,
    shift,
    opening: shift.map(noises => (blind ? 1 : gateOpening(noises, gate))),
  }
}

/** What the series engine learns from: ordinary periods of the present regime, gaps bridged. */
export function seriesValues(record: DemandRecord, settings: DemandSettings = HOUSE_DEMAND): number[] {
  return withoutGaps(
    ordinary(record).slice(regimeOf(record, settings.cohort.breakNoises, settings.gate).start),
  )
}

function bothParts(
  record: DemandRecord,
  horizon: number,
  forecastSeries: SeriesForecaster,
  settings: DemandSettings,
): { cohort: CohortForecast; series: number[] } {
  const { mean } = forecastSeries(seriesValues(record, settings), { period: record.stepsAYear, horizon })
  return {
    cohort: cohortForecast(record, horizon, forecastSeries, settings.cohort),
    series: Array.from({ length: horizon }, (_, h) => Math.max(0, mean[h]!)),
  }
}

/** Periods of history below which no past origin is tried. */
const LEAST_YEARS = 3

function errorsAtPastOrigins(
  record: DemandRecord,
  horizon: number,
  forecastSeries: SeriesForecaster,
  settings: DemandSettings,
): PastError[] {
  const { stepsAYear } = record
  const now = ordinary(record)
  return Array.from({ length: settings.pastOrigins }, (_, i) => (i + 1) * stepsAYear).flatMap(back => {
    const past = asKnownBefore(record, back)
    const known = past.start + past.observed.length - Math.max(past.start, past.dueKnownFrom)
    if (known < LEAST_YEARS * stepsAYear) return []
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
              cohort: point.total,
              series: series[h]!,
              opening: opening[h]!,
            },
          ]
    })
  })
}

/** Errors of both parts in ordinary times: what the series missed in a break is known to the gate already. */
function weighedErrors(
  errors: readonly PastError[],
  halfLifeYears: number,
): { cohort: number; series: number } | undefined {
  let total = 0
  let cohort = 0
  let series = 0
  for (const error of errors) {
    const weight = (1 - error.opening) * 0.5 ** (error.age / halfLifeYears)
    total += weight
    cohort += weight * (error.cohort / error.observed - 1) ** 2
    series += weight * (error.series / error.observed - 1) ** 2
  }
  if (total <= 0) return undefined
  return { cohort: Math.sqrt(cohort / total), series: Math.sqrt(series / total) }
}
