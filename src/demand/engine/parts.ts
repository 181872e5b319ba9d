import { exposureShift, gateOpening } from '../../pure/numerics/series/exposure-gate.ts'
import {
  type CohortForecast,
  type DemandRecord,
  exposureOf,
  ordinary,
  presentRegime,
  type SeriesForecaster,
} from './demand-record.ts'

/** What the series engine learns from: the present regime, without exceptional periods. */
export function seriesValues(record: DemandRecord): (number | undefined)[] {
  return ordinary(record).slice(presentRegime(record).start)
}

/** A demand projected by renewal cycles and by the series engine, each alone. */
export function bothParts(
  record: DemandRecord,
  horizon: number,
  forecastSeries: SeriesForecaster,
): { cohort: CohortForecast; series: number[]; spread: number[] } {
  const { mean, spread } = forecastSeries(seriesValues(record), { period: record.stepsAYear, horizon })
  return {
    cohort: record.cohorts.project(record, horizon, forecastSeries),
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
): { known: boolean; shift: number[]; opening: number[] } {
  const horizon = due.length
  const exposure = exposureOf(record, due)
  // Without a known year of titles due the cohort part rests on nothing.
  if (!exposure) return { known: false, shift: zeros(horizon), opening: zeros(horizon) }
  const { yearBefore = exposure.lastYear, lastYear, projectedYears, variability } = exposure
  const { blind } = presentRegime(record)
  const already = blind ? 1 : gateOpening(exposureShift(yearBefore, lastYear, variability))
  const shift = Array.from({ length: horizon }, (_, h) =>
    exposureShift(lastYear, projectedYears[Math.floor(h / record.stepsAYear)]!, variability),
  )
  return { known: true, shift, opening: shift.map(noises => Math.max(already, gateOpening(noises))) }
}

function zeros(length: number): number[] {
  return new Array<number>(length).fill(0)
}
