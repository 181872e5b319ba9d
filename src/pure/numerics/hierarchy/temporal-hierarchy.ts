import { cholesky, solveCholesky, zeros } from '../optimisation/linear-algebra.ts'

/** Forecast of `horizon` values of a series with so many periods a cycle. */
export type Forecaster = (values: ArrayLike<number>, period: number, horizon: number) => number[]

/** Values that an aggregated series must have, so that its model is not a guess. */
const LEAST_VALUES = 20

/**
 * Temporal hierarchy (Athanasopoulos, Hyndman, Kourentzes & Petropoulos 2017): the series and its sums over 2, 3, …
 * periods up to a whole cycle are each forecast, then made to agree by least squares with structural weights (a sum
 * of k values has k times the variance). Slow movements are seen better in the sums, the season in the parts.
 *
 * Example: if every level continues a constant 5, so does the result.
 */
export function temporalHierarchy(
  values: ArrayLike<number>,
  period: number,
  horizon: number,
  base: Forecaster,
): number[] {
  const n = values.length
  const sizes: number[] = []
  for (let k = 1; k <= period; k++) if (period % k === 0 && (k === 1 || n >= LEAST_VALUES * k)) sizes.push(k)
  if (sizes.length === 1) return base(values, period, horizon)
  const cycles = Math.ceil(horizon / period)
  const forecasts = sizes.map(k => base(sums(values, k), period / k, (cycles * period) / k))
  const inverse = agreement(sizes, period)
  const mean: number[] = []
  for (let cycle = 0; cycle < cycles; cycle++) {
    const pull = new Float64Array(period)
    sizes.forEach((k, level) => {
      for (let i = 0; i < period; i++)
        pull[i]! += forecasts[level]![(cycle * period) / k + Math.floor(i / k)]! / k
    })
    for (const row of inverse) mean.push(row.reduce((total, value, i) => total + value * pull[i]!, 0))
  }
  return mean.slice(0, horizon)
}

/**
 * Sums of k consecutive values, aligned on the last one; what is left over at the beginning is dropped.
 *
 * Example: 9, 1, 2, 3, 4 by 2 gives 3, 7.
 */
export function sums(values: ArrayLike<number>, k: number): number[] {
  const length = Math.floor(values.length / k)
  const offset = values.length - length * k
  return Array.from({ length }, (_, i) => {
    let sum = 0
    for (let j = 0; j < k; j++) sum += values[offset + i * k + j]!
    return sum
  })
}

/** (S′W⁻¹S)⁻¹ of one cycle: small, positive definite. */
function agreement(sizes: readonly number[], period: number): Float64Array[] {
  const weights = zeros(period, period)
  const identity = zeros(period, period)
  for (let i = 0; i < period; i++) {
    for (const k of sizes) {
      const first = Math.floor(i / k) * k
      for (let j = first; j < first + k; j++) weights.values[i * period + j]! += 1 / k
    }
    identity.values[i * period + i] = 1
  }
  const { values } = solveCholesky(cholesky(weights)!, identity)
  return Array.from({ length: period }, (_, i) => values.subarray(i * period, (i + 1) * period))
}
