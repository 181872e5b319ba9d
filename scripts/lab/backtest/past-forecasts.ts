import type { PastForecast } from '../../../src/pure/numerics/series/conformal.ts'
import { isObserved } from '../../../src/pure/numerics/series/observed-series.ts'
import { forecastSeries, type SeriesOptions } from '../../../src/pure/numerics/series/series-ensemble.ts'

/** Full periods that a past origin must have behind it. */
const FULL_PERIODS = 3

/**
 * Forecasts of the series as they would have been made `horizon` before its end, and 2, 3 … horizons before: what
 * `calibrate` asks for. Origins with less than three full periods (or ten values) behind them are left out.
 */
export function pastForecasts(
  values: readonly (number | undefined)[],
  options: SeriesOptions,
  origins = 1,
): PastForecast[] {
  const least = Math.max(FULL_PERIODS * options.period, 10)
  const past: PastForecast[] = []
  for (let k = 1; k <= origins; k++) {
    const length = values.length - k * options.horizon
    const training = values.slice(0, length)
    const seen = training.filter((value, t) => isObserved(value) && !options.masked?.[t]).length
    if (length < least || seen < least) break
    const { mean, spread } = forecastSeries(training, { ...options, levels: [] })
    const actual = values
      .slice(length, length + options.horizon)
      .map((value, h) => (isObserved(value) && !options.masked?.[length + h] ? value : Number.NaN))
    past.push({ mean, spread, actual })
  }
  return past
}
