/** Forecast of a demand that is mostly absent. */
export type IntermittentFit = {
  /** Chance of any demand in a step, and its size when there is one, after the last value. */
  chance: number
  size: number
  mean: number
  /** One-step errors. */
  residuals: Float64Array
  deviation: number
}

const SMOOTHING = 0.1

/** Whether more than half of the values are zero and none is below. */
export function isIntermittent(values: ArrayLike<number>): boolean {
  let zeros = 0
  for (let t = 0; t < values.length; t++) {
    if (values[t]! < 0) return false
    if (values[t] === 0) zeros++
  }
  return zeros > values.length / 2
}

/**
 * Intermittent demand after Teunter, Syntetos & Babai 2011: chance p of a demand and its size z are smoothed apart,
 * p at every step and z only when there is one; the forecast is p z, without Croston's bias, and it fades when
 * demand stops. Both start from their means over the series.
 *
 * Example: 0, 0, 2, 0 with p = ¼ and z = 2 to start from: p = .25, .225, .2025, .28225, .254025, so .50805.
 */
export function fitIntermittent(values: ArrayLike<number>): IntermittentFit {
  const n = values.length
  let total = 0
  let demands = 0
  for (let t = 0; t < n; t++) {
    total += values[t]!
    if (values[t]! > 0) demands++
  }
  let chance = demands / n
  let size = demands > 0 ? total / demands : 0
  let squares = 0
  const residuals = new Float64Array(n)
  for (let t = 0; t < n; t++) {
    const value = values[t]!
    residuals[t] = value - chance * size
    squares += residuals[t]! ** 2
    chance += SMOOTHING * ((value > 0 ? 1 : 0) - chance)
    if (value > 0) size += SMOOTHING * (value - size)
  }
  return { chance, size, mean: chance * size, residuals, deviation: Math.sqrt(squares / n) }
}
