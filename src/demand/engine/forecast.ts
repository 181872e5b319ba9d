import { cohortWeight } from '../../pure/numerics/series/exposure-gate.ts'
import type { CohortForecast, DemandRecord, SeriesForecaster } from './demand-record.ts'
import { bothParts, gateAt } from './parts.ts'
import { errorsAtPastOrigins, lawTrust, type PastError, weighedErrors } from './past-errors.ts'

/** A demand projected by both parts and weighed by the gate, one entry per projected period. */
export interface DemandForecast {
  mean: number[]
  /** Whether whole things were counted, and not a mean or a share. */
  counts: boolean
  cohort: CohortForecast
  series: number[]
  /** Size of an ordinary error of the series part; 0 where it says none. */
  spread: number[]
  /** Shift of exposure in noises; 0 where exposure is unknown. */
  shift: number[]
  /** How far the gate is open: a break of regime from ½ on. */
  opening: number[]
  cohortWeight: number[]
  pastErrors: readonly PastError[]
}

/**
 * Projects a demand: renewal cycles and the series engine side by side, weighed for each projected year by the
 * exposure gate and, below it, by their errors at past origins, its own or those of the series it belongs with.
 */
export function forecastDemand(
  record: DemandRecord,
  horizon: number,
  forecastSeries: SeriesForecaster,
  pastErrors: readonly PastError[] = errorsAtPastOrigins(record, horizon, forecastSeries),
): DemandForecast {
  const { cohort, series, spread } = bothParts(record, horizon, forecastSeries)
  const trust = record.cohorts.ends === 'known' ? 1 : lawTrust(pastErrors)
  const errors = weighedErrors(pastErrors)
  const { known, shift, opening } = gateAt(record, cohort.due)
  const weights = opening.map(open => (known ? trust * cohortWeight(open, errors) : 0))
  return {
    mean: cohort.points.map((point, h) => weights[h]! * point.total + (1 - weights[h]!) * series[h]!),
    counts: record.observed.every(value => value === undefined || Number.isInteger(value)),
    cohort,
    series,
    spread,
    shift,
    opening,
    cohortWeight: weights,
    pastErrors,
  }
}
