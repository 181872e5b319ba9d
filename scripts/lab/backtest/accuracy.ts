/**
 * Symmetric mean absolute percentage error, in percent: mean of 200 |y − f| / (|y| + |f|) (Makridakis 1993).
 *
 * Example: actual 100, 200 and forecast 110, 190: mean of 200·10/210 and 200·10/390 = 7.3260.
 */
export function smape(actual: ArrayLike<number>, forecast: ArrayLike<number>): number {
  let sum = 0
  for (let h = 0; h < actual.length; h++) {
    const size = Math.abs(actual[h]!) + Math.abs(forecast[h]!)
    if (size > 0) sum += (200 * Math.abs(actual[h]! - forecast[h]!)) / size
  }
  return sum / actual.length
}

/**
 * Mean absolute scaled error: mean |y − f| over `scale` (Hyndman & Koehler 2006).
 *
 * Example: errors 2 and 4 with scale 2 give 1.5.
 */
export function mase(actual: ArrayLike<number>, forecast: ArrayLike<number>, scale: number): number {
  let sum = 0
  for (let h = 0; h < actual.length; h++) sum += Math.abs(actual[h]! - forecast[h]!)
  return sum / actual.length / scale
}

/**
 * Mean scaled interval score (Gneiting & Raftery 2007; M4 competitor's guide 2018): width plus 2/(1 − level) times
 * the distance outside, over `scale`.
 *
 * Example: interval 8–12, actual 13, level .95, scale 2: (4 + 40·1) / 2 = 22.
 */
export function msis(
  actual: ArrayLike<number>,
  lower: ArrayLike<number>,
  upper: ArrayLike<number>,
  level: number,
  scale: number,
): number {
  let sum = 0
  for (let h = 0; h < actual.length; h++) {
    const outside = Math.max(0, lower[h]! - actual[h]!) + Math.max(0, actual[h]! - upper[h]!)
    sum += upper[h]! - lower[h]! + (2 / (1 - level)) * outside
  }
  return sum / actual.length / scale
}

/**
 * Overall weighted average of the M4 competition: mean of sMAPE and MASE, each over that of Naïve 2, with both
 * averaged over the series before the division (M4 competitor's guide 2018).
 */
export function owa(
  errors: { smape: number; mase: number },
  naive2: { smape: number; mase: number },
): number {
  return (errors.smape / naive2.smape + errors.mase / naive2.mase) / 2
}
