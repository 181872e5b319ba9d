import { deseasonalise, isSeasonal, seasonalIndices } from './decomposition.ts'

/** The last value, for ever. */
export function naive(values: ArrayLike<number>, horizon: number): number[] {
  return new Array<number>(horizon).fill(values[values.length - 1]!)
}

/** The value of the same season one period ago. */
export function seasonalNaive(values: ArrayLike<number>, period: number, horizon: number): number[] {
  const n = values.length
  if (n < period) return naive(values, horizon)
  return Array.from({ length: horizon }, (_, h) => values[n - period + (h % period)]!)
}

/** The straight line through the first and the last value. */
export function drift(values: ArrayLike<number>, horizon: number): number[] {
  const n = values.length
  const slope = n > 1 ? (values[n - 1]! - values[0]!) / (n - 1) : 0
  return Array.from({ length: horizon }, (_, h) => values[n - 1]! + slope * (h + 1))
}

/**
 * Naïve 2 of the M competitions: the last deseasonalised value, with the multiplicative season put back when the
 * 90 % test finds one (M4 competitor's guide 2018). Non-positive series stay as they are.
 */
export function naive2(values: ArrayLike<number>, period: number, horizon: number): number[] {
  const positive = Array.prototype.every.call(values, (value: number) => value > 0)
  if (!positive || !isSeasonal(values, period)) return naive(values, horizon)
  const indices = seasonalIndices(values, period, 'multiplicative')
  const n = values.length
  const last = deseasonalise(values, indices, 'multiplicative')[n - 1]!
  return Array.from({ length: horizon }, (_, h) => last * indices[(n + h) % period]!)
}
