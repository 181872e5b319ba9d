/** An autoregression of the differences: coefficients, drift per step, innovation variance and one-step errors. */
export type Autoregression = {
  coefficients: number[]
  drift: number
  variance: number
  residuals: Float64Array
  mean: number[]
  deviation: number[]
}

const HIGHEST_ORDER = 5
/** Moves below this share of the values are rounding, not behaviour. */
const ROUNDING = 1e-13

/**
 * ARIMA(p, 1, 0) with drift by Burg's recursion (Burg 1975) on the differences less their mean, p ≤ 5 by AICc. The
 * drift is drawn towards zero by μ² / (μ² + s²), s its standard error: a trend that the noise explains is not
 * prolonged. Needs 5 values.
 *
 * Example: 1, 2, 3, …, 12 has drift 1 and no coefficient: the next values are 13, 14.
 */
export function fitAutoregression(values: ArrayLike<number>, horizon: number): Autoregression {
  const n = values.length
  const steps = n - 1
  let mean = 0
  for (let t = 1; t < n; t++) mean += (values[t]! - values[t - 1]!) / steps
  const moves = Float64Array.from({ length: steps }, (_, t) => values[t + 1]! - values[t]! - mean)
  let size = 0
  for (let t = 0; t < n; t++) size = Math.max(size, Math.abs(values[t]!))
  const highest = Math.min(HIGHEST_ORDER, Math.floor(steps / 4))
  const { coefficients, variance } = burg(moves, highest, (ROUNDING * size) ** 2)
  const sum = coefficients.reduce((total, value) => total + value, 0)
  const standardError = Math.sqrt(variance / steps) / Math.max(0.1, Math.abs(1 - sum))
  const drift = mean === 0 ? 0 : (mean * mean * mean) / (mean * mean + standardError * standardError)
  const residuals = new Float64Array(n)
  for (let t = 0; t < steps; t++) {
    let expected = 0
    for (let k = 0; k < coefficients.length && k < t; k++) expected += coefficients[k]! * moves[t - 1 - k]!
    residuals[t + 1] = moves[t]! - expected
  }
  const path = Array.from(moves.slice(-HIGHEST_ORDER))
  const responses = [1]
  let level = values[n - 1]!
  let spread = 0
  let response = 0
  const forecast: number[] = []
  const deviation: number[] = []
  for (let h = 0; h < horizon; h++) {
    const move = coefficients.reduce((total, value, k) => total + value * (path[path.length - 1 - k] ?? 0), 0)
    path.push(move)
    level += move + drift
    forecast.push(level)
    if (h > 0) {
      let next = 0
      for (let k = 0; k < coefficients.length && k < h; k++) next += coefficients[k]! * responses[h - 1 - k]!
      responses.push(next)
    }
    response += responses[h]!
    spread += response * response
    deviation.push(Math.sqrt(variance * spread))
  }
  return { coefficients, drift, variance, residuals, mean: forecast, deviation }
}

/** Coefficients of the order with the least AICc, and their innovation variance. */
function burg(
  moves: Float64Array,
  highest: number,
  rounding: number,
): { coefficients: number[]; variance: number } {
  const n = moves.length
  const forward = moves.slice()
  const backward = moves.slice()
  let variance = 0
  for (const move of moves) variance += (move * move) / n
  const floor = Math.max(rounding, variance * 1e-12, Number.MIN_VALUE)
  const criterion = (order: number) =>
    n * Math.log(variance + floor) + 2 * order + (2 * order * (order + 1)) / Math.max(1, n - order - 1)
  let coefficients: number[] = []
  let best = { coefficients, variance, criterion: criterion(2) }
  for (let k = 1; k <= highest && variance > floor; k++) {
    let product = 0
    let power = 0
    for (let t = k; t < n; t++) {
      product += forward[t]! * backward[t - 1]!
      power += forward[t]! ** 2 + backward[t - 1]! ** 2
    }
    const reflection = power > 0 ? (2 * product) / power : 0
    for (let t = n - 1; t >= k; t--) {
      const ahead = forward[t]!
      forward[t] = ahead - reflection * backward[t - 1]!
      backward[t] = backward[t - 1]! - reflection * ahead
    }
    const previous = coefficients
    coefficients = previous.map((value, i) => value - reflection * previous[k - 2 - i]!)
    coefficients.push(reflection)
    variance *= 1 - reflection * reflection
    if (criterion(k + 2) < best.criterion) best = { coefficients, variance, criterion: criterion(k + 2) }
  }
  return best
}
