import {
  exposureShift,
  type GateSettings,
  gateOpening,
  HOUSE_GATE,
} from '../../pure/numerics/series/exposure-gate.ts'
import {
  type CohortForecast,
  type CohortSettings,
  type DemandRecord,
  exposureOf,
  HOUSE_COHORT,
  ordinary,
  presentRegime,
  type SeriesForecaster,
} from './demand-record.ts'

/** Everything that can be set; the house's values are one configuration for all places and titles. */
export interface DemandSettings {
  gate: GateSettings
  cohort: CohortSettings
  /** Past origins whose errors weigh the parts, one a year. */
  pastOrigins: number
  /** Years of history below which no past origin is tried. */
  leastYears: number
  /** Years after which a past error counts for half. */
  errorHalfLifeYears: number
}

/** The house's configuration. */
export const HOUSE_DEMAND: DemandSettings = {
  gate: HOUSE_GATE,
  cohort: HOUSE_COHORT,
  pastOrigins: 6,
  leastYears: 3,
  errorHalfLifeYears: 2,
}

/** What the series engine learns from: the present regime, without exceptional periods. */
export function seriesValues(
  record: DemandRecord,
  settings: DemandSettings = HOUSE_DEMAND,
): (number | undefined)[] {
  return ordinary(record).slice(presentRegime(record, settings.cohort.breakNoises, settings.gate).start)
}

/** A demand projected by renewal cycles and by the series engine, each alone. */
export function bothParts(
  record: DemandRecord,
  horizon: number,
  forecastSeries: SeriesForecaster,
  settings: DemandSettings,
): { cohort: CohortForecast; series: number[]; spread: number[] } {
  const { mean, spread } = forecastSeries(seriesValues(record, settings), {
    period: record.stepsAYear,
    horizon,
  })
  return {
    cohort: record.cohorts.project(record, horizon, forecastSeries, settings.cohort),
    series: Array.from({ length: horizon }, (_, h) => Math.max(0, mean[h]!)),
    spread: Array.from({ length: horizon }, (_, h) => spread?.[h] ?? 0),
  }
}

/**
 * What the gate says of each period of which the titles due are projected. It stands open as well where exposure moved in the last year, which
 * the series has half seen at best, and while the series is blind after a break.
 */
export function gateAt(
  record: DemandRecord,
  due: readonly number[],
  { gate, cohort }: DemandSettings,
): { known: boolean; shift: number[]; opening: number[] } {
  const horizon = due.length
  const exposure = exposureOf(record, due, gate)
  // Without a known year of titles due the cohort part rests on nothing.
  if (!exposure) return { known: false, shift: zeros(horizon), opening: zeros(horizon) }
  const { yearBefore = exposure.lastYear, lastYear, projectedYears, variability } = exposure
  const { blind } = presentRegime(record, cohort.breakNoises, gate)
  const already = blind ? 1 : gateOpening(exposureShift(yearBefore, lastYear, variability), gate)
  const shift = Array.from({ length: horizon }, (_, h) =>
    exposureShift(lastYear, projectedYears[Math.floor(h / record.stepsAYear)]!, variability),
  )
  return { known: true, shift, opening: shift.map(noises => Math.max(already, gateOpening(noises, gate))) }
}

function zeros(length: number): number[] {
  return new Array<number>(length).fill(0)
}
