import { remembered } from '../../figures/remembered.ts'

/** Parts of a series that add up to it: trend, season and remainder. */
export type Decomposition = { trend: Float64Array; season: Float64Array; remainder: Float64Array }

/** Smoother of the season: span in years (odd), and degree of its local polynomials. */
export type SeasonSmoother = { span: number; degree: 0 | 1 }

const PASSES = 2

const weightsOf = remembered<Map<number, Float64Array>>(64)

/**
 * Seasonal-trend decomposition by loess (Cleveland, Cleveland, McRae & Terpenning 1990), without robustness weights.
 * The trend's span is the smallest odd one that cannot follow the season (their 3.4); the low-pass span is the
 * period. Needs two full periods.
 *
 * Example: a line plus a season that sums to zero is returned as that line and that season.
 */
export function stl(values: ArrayLike<number>, period: number, smoother: SeasonSmoother): Decomposition {
  const n = values.length
  const trendSpan = odd((1.5 * period) / (1 - 1.5 / smoother.span))
  const lowPassSpan = odd(period)
  const trend = new Float64Array(n)
  const season = new Float64Array(n)
  const cycle = new Float64Array(n + 2 * period)
  for (let pass = 0; pass < PASSES; pass++) {
    for (let j = 0; j < period; j++) {
      const length = Math.floor((n - 1 - j) / period) + 1
      const sub = new Float64Array(length)
      for (let k = 0; k < length; k++) sub[k] = values[j + k * period]! - trend[j + k * period]!
      const smooth = loess(sub, smoother.span, 1, smoother.degree)
      for (let k = 0; k < length + 2; k++) cycle[j + k * period] = smooth[k]!
    }
    const low = loess(average(average(average(cycle, period), period), 3), lowPassSpan, 0)
    for (let t = 0; t < n; t++) {
      season[t] = cycle[t + period]! - low[t]!
      trend[t] = values[t]! - season[t]!
    }
    trend.set(loess(trend, trendSpan, 0))
  }
  return { trend, season, remainder: trend.map((value, t) => values[t]! - value - season[t]!) }
}

/**
 * Local means (degree 0) or straight lines (degree 1) with tricube weights over the `span` nearest points (Cleveland 1979), on equally spaced
 * values, at every point and at `beyond` more on either side. A span above n widens the weights (STL, 2.2).
 */
export function loess(values: Float64Array, span: number, beyond: 0 | 1, degree: 0 | 1 = 1): Float64Array {
  const n = values.length
  const width = Math.min(span, n)
  const half = (width - 1) / 2
  const result = new Float64Array(n + 2 * beyond)
  // Weights depend on places only: the thousand series of a department have the same.
  const weightsAt = weightsOf(`${n} ${span} ${beyond} ${degree}`, () => new Map())
  for (let x = -beyond; x < n + beyond; x++) {
    const left = Math.max(0, Math.min(n - width, Math.round(x - half)))
    const reach = Math.max(x - left, left + width - 1 - x) + Math.max(0, (span - n) / 2)
    const weights = weightsAt.get(x - left) ?? pointWeights(width, x - left, reach, degree)
    weightsAt.set(x - left, weights)
    let sum = 0
    for (let k = 0; k < width; k++) sum += weights[k]! * values[left + k]!
    result[x + beyond] = sum
  }
  return result
}

/** Weight of each of `width` points in the value at `x` of the weighted mean, or straight line, through them. */
function pointWeights(width: number, x: number, reach: number, degree: 0 | 1): Float64Array {
  const weights = new Float64Array(width)
  let total = 0
  let mean = 0
  for (let k = 0; k < width; k++) {
    const distance = Math.abs(k - x) / reach
    const weight = reach === 0 || distance <= 0.001 ? 1 : distance < 0.999 ? (1 - distance ** 3) ** 3 : 0
    weights[k] = weight
    total += weight
    mean += weight * k
  }
  mean /= total
  let spread = 0
  for (let k = 0; k < width; k++) spread += weights[k]! * (k - mean) ** 2
  spread /= total
  // A line through points that all but coincide is a mean.
  const lever = degree === 1 && Math.sqrt(spread) > 0.001 * Math.max(1, width - 1) ? (x - mean) / spread : 0
  for (let k = 0; k < width; k++) weights[k] = (weights[k]! / total) * (1 + lever * (k - mean))
  return weights
}

function average(values: Float64Array, length: number): Float64Array {
  const result = new Float64Array(values.length - length + 1)
  let sum = 0
  for (let t = 0; t < values.length; t++) {
    sum += values[t]!
    if (t >= length) sum -= values[t - length]!
    if (t >= length - 1) result[t - length + 1] = sum / length
  }
  return result
}

function odd(value: number): number {
  const whole = Math.ceil(value)
  return whole % 2 === 0 ? whole + 1 : whole
}
