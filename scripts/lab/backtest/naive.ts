import { deseasonalise, seasonalIndices } from '../../../src/pure/numerics/series/decomposition.ts'

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

/**
 * Autocorrelations r₁ … r_lags, with the series mean removed and n in every denominator.
 *
 * Example: 1, 2, 3, 4 has r₁ = .25 and r₂ = −.3.
 */
export function autocorrelations(values: ArrayLike<number>, lags: number): number[] {
  const n = values.length
  let mean = 0
  for (let t = 0; t < n; t++) mean += values[t]! / n
  const product = (lag: number) => {
    let sum = 0
    for (let t = lag; t < n; t++) sum += (values[t]! - mean) * (values[t - lag]! - mean)
    return sum
  }
  const variance = product(0)
  return Array.from({ length: lags }, (_, k) => (variance > 0 ? product(k + 1) / variance : 0))
}

/**
 * Whether the season shows: |r_m| > 1.645 √((1 + 2 Σ_{k<m} r_k²) / n), the 90 % test of the M4 competition
 * (Fiorucci et al. 2016; M4 competitor's guide 2018). Always false below three full periods.
 */
export function isSeasonal(values: ArrayLike<number>, period: number): boolean {
  const n = values.length
  if (period < 2 || n < 3 * period) return false
  const r = autocorrelations(values, period)
  const spread = r.slice(0, -1).reduce((sum, value) => sum + value * value, 0)
  return Math.abs(r[period - 1]!) > 1.645 * Math.sqrt((1 + 2 * spread) / n)
}
