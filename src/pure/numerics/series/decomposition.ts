/** How a season acts on its level: added to it, or multiplying it. */
export type SeasonKind = 'additive' | 'multiplicative'

/**
 * Centred moving average over one period (2×m when m is even); NaN where the window leaves the series.
 *
 * Example: 1, 2, 3, 4, 5 with period 3 gives –, 2, 3, 4, –; with period 4 gives –, –, 3, –, –.
 */
export function centredMovingAverage(values: ArrayLike<number>, period: number): Float64Array {
  const n = values.length
  const trend = new Float64Array(n).fill(Number.NaN)
  const half = period >> 1
  const even = period % 2 === 0
  for (let t = half; t < n - half; t++) {
    let sum = 0
    for (let k = -half; k <= half; k++) sum += values[t + k]! * (even && Math.abs(k) === half ? 0.5 : 1)
    trend[t] = sum / period
  }
  return trend
}

/**
 * Classical seasonal indices (Persons 1919; Makridakis, Wheelwright & Hyndman 1998, ch. 3): mean per season of
 * the values over (or minus) their centred moving average, scaled to mean 1 (or sum 0). Needs two full periods.
 * `indices[j]` belongs to times t with t mod period = j.
 *
 * Example: 1, 3, 1, 3, 1, 3 with period 2 gives multiplicative indices .5 and 1.5, additive −1 and +1.
 */
export function seasonalIndices(values: ArrayLike<number>, period: number, kind: SeasonKind): Float64Array {
  const trend = centredMovingAverage(values, period)
  const product = kind === 'multiplicative'
  const indices = new Float64Array(period)
  const counts = new Float64Array(period)
  for (let t = 0; t < values.length; t++) {
    const part = product ? values[t]! / trend[t]! : values[t]! - trend[t]!
    if (!Number.isFinite(part)) continue
    indices[t % period]! += part
    counts[t % period]! += 1
  }
  let mean = 0
  for (let j = 0; j < period; j++) {
    indices[j] = counts[j]! > 0 ? indices[j]! / counts[j]! : product ? 1 : 0
    mean += indices[j]! / period
  }
  for (let j = 0; j < period; j++) indices[j] = product ? indices[j]! / mean : indices[j]! - mean
  return indices
}

/**
 * Seasonal indices drawn towards "no season" by as much as their own noise explains (James & Stein 1961; Miller &
 * Williams 2003): the share kept is 1 − (m − 3)/(m − 1) · V/A, with V the variance of an index around its season
 * and A the variance between the indices. With three seasons or fewer nothing is drawn.
 *
 * Example: indices that repeat exactly keep their share of 1.
 */
export function shrunkenIndices(values: ArrayLike<number>, period: number, kind: SeasonKind): Float64Array {
  const indices = seasonalIndices(values, period, kind)
  if (period <= 3) return indices
  const trend = centredMovingAverage(values, period)
  const neutral = kind === 'multiplicative' ? 1 : 0
  let squares = 0
  let count = 0
  for (let t = 0; t < values.length; t++) {
    const part = kind === 'multiplicative' ? values[t]! / trend[t]! : values[t]! - trend[t]!
    if (!Number.isFinite(part)) continue
    squares += (part - indices[t % period]!) ** 2
    count++
  }
  const noise = squares / Math.max(1, count - period) / Math.max(1, count / period)
  let between = 0
  for (const index of indices) between += (index - neutral) ** 2 / (period - 1)
  const kept = between > 0 ? Math.max(0, 1 - (((period - 3) / (period - 1)) * noise) / between) : 0
  return indices.map(index => neutral + kept * (index - neutral))
}

/** The values without their season. */
export function deseasonalise(
  values: ArrayLike<number>,
  indices: Float64Array,
  kind: SeasonKind,
): Float64Array {
  const m = indices.length
  return Float64Array.from(values, (value, t) =>
    kind === 'multiplicative' ? value / indices[t % m]! : value - indices[t % m]!,
  )
}
