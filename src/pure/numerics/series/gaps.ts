import { seasonalIndices } from './decomposition.ts'

/**
 * The series with its gaps (NaN) filled: straight lines between neighbours, drawn on the values without their season
 * when two full periods allow to know it. Leading and trailing gaps take the nearest value.
 *
 * Example: 1, –, 3 gives 1, 2, 3; with period 2, 10, 20, 10, –, 10, 20 gives 20 back.
 */
export function fillGaps(values: Float64Array, period: number): Float64Array {
  let filled = interpolate(values)
  if (period < 2 || values.length < 2 * period || !values.some(Number.isNaN)) return filled
  for (let pass = 0; pass < 3; pass++) {
    const indices = seasonalIndices(filled, period, 'additive')
    const level = interpolate(values.map((value, t) => value - indices[t % period]!))
    filled = values.map((value, t) => (Number.isNaN(value) ? level[t]! + indices[t % period]! : value))
  }
  return filled
}

function interpolate(values: Float64Array): Float64Array {
  const filled = values.slice()
  const n = values.length
  let before = -1
  for (let t = 0; t <= n; t++) {
    if (t < n && Number.isNaN(values[t]!)) continue
    for (let k = before + 1; k < t; k++) {
      if (before < 0) filled[k] = t < n ? values[t]! : 0
      else if (t === n) filled[k] = values[before]!
      else filled[k] = values[before]! + ((values[t]! - values[before]!) * (k - before)) / (t - before)
    }
    before = t
  }
  return filled
}
