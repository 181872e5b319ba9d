import { cohortWeight } from '../../pure/numerics/series/exposure-gate.ts'
import type { CohortForecast, DemandRecord, SeriesForecaster } from './demand-record.ts'
import { bothParts, type DemandSettings, gateAt } from './parts.ts'
import { type PastError, weighedErrors } from './past-errors.ts'

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
  pastErrors: readonly PastError[]
}

/**
 * Projects a demand: renewal cycles and the series engine side by side, weighed for each projected year by the
 * exposure gate and, below it, by their errors at past origins, its own or those of the series it belongs with. `trust` is how far the law behind the cohorts is believed, 0 to 1.
 */
export function forecastDemand(
  record: DemandRecord,
  horizon: number,
  forecastSeries: SeriesForecaster,
  settings: DemandSettings,
  pastErrors: readonly PastError[],
  trust = 1,
): DemandForecast {
  const { cohort, series } = bothParts(record, horizon, forecastSeries, settings)
  const errors = weighedErrors(pastErrors, settings.errorHalfLifeYears)
  const { known, shift, opening } = gateAt(record, cohort.due, settings)
  const weights = opening.map(open => (known ? trust * cohortWeight(open, errors) : 0))
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
