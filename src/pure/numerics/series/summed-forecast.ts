import { sums } from '../hierarchy/temporal-hierarchy.ts'
import type { PastForecast, Uncalibrated } from './conformal.ts'

/**
 * Forecast of sums of `size` consecutive steps, months into quarters. Spreads add up as if the errors of a sum were
 * one error; calibrated on past forecasts summed likewise, the intervals are right whatever their dependence.
 *
 * Example: means 1, 2, 3 with spreads .1, .1, .2 by 3 give mean 6 and spread .4.
 */
export function summedForecast({ mean, spread }: Uncalibrated, size: number): Uncalibrated {
  const whole = mean.length - (mean.length % size)
  return { mean: sums(mean.slice(0, whole), size), spread: sums(spread.slice(0, whole), size) }
}

/** A past forecast of sums of `size` steps; the truth of a sum is unknown when that of one step is. */
export function summedPast(past: PastForecast, size: number): PastForecast {
  const whole = past.actual.length - (past.actual.length % size)
  return { ...summedForecast(past, size), actual: sums(past.actual.slice(0, whole), size) }
}
