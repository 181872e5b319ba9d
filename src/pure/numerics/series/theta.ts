/** A fitted dynamic optimised theta model. */
export type ThetaFit = {
  alpha: number
  /** Weight 1 − 1/θ of the line: 0 is simple exponential smoothing, ½ the theta method of 2000. */
  weight: number
  level: number
  /** One-step errors; NaN where no value was observed. */
  residuals: Float64Array
  variance: number
  mean: number[]
  /** Standard deviation of each forecast error, σ √(1 + (h − 1) α²). */
  deviation: number[]
}

const ALPHA_LOW = 0.1
const ALPHA_HIGH = 0.99

/**
 * Dynamic optimised theta model (Fiorucci, Pellegrini, Louzada, Petropoulos & Koehler 2016, eq. 14–20) of a series
 * without season:
 * ŷ_t = ℓ_{t−1} + (1 − 1/θ) [(1 − α)^{t−1} A_{t−1} + (1 − (1 − α)^t) / α · B_{t−1}], ℓ_t = α y_t + (1 − α) ℓ_{t−1},
 * where A and B are the intercept and slope of the line through the values seen so far. For a given α the forecast is
 * linear in ℓ_0 and in 1 − 1/θ, so both come from a two-by-two least squares, and only α is searched.
 *
 * Example: 5, 5, 5, 5, 5, 5 continues with 5.
 */
export function fitTheta(values: ArrayLike<number>, horizon: number): ThetaFit {
  const n = values.length
  const work = { path: new Float64Array(n), lever: new Float64Array(n), lines: lines(values) }
  let alpha = 0.5
  let least = Number.POSITIVE_INFINITY
  for (let k = 0; k <= 8; k++) {
    const candidate = ALPHA_LOW + ((ALPHA_HIGH - ALPHA_LOW) * k) / 8
    const { squares } = profile(values, candidate, work)
    if (squares < least) {
      least = squares
      alpha = candidate
    }
  }
  const step = (ALPHA_HIGH - ALPHA_LOW) / 8
  alpha = section(
    candidate => profile(values, candidate, work).squares,
    Math.max(ALPHA_LOW, alpha - step),
    Math.min(ALPHA_HIGH, alpha + step),
  )
  const { level, weight, squares } = profile(values, alpha, work)
  const residuals = new Float64Array(n)
  for (let t = 0; t < n; t++)
    residuals[t] = values[t]! - work.path[t]! - level * (1 - alpha) ** t - weight * work.lever[t]!
  const variance = squares / Math.max(1, n - 3)
  return {
    alpha,
    weight,
    level,
    residuals,
    variance,
    mean: extend(values, { alpha, weight, level }, horizon),
    deviation: Array.from({ length: horizon }, (_, h) => Math.sqrt(variance * (1 + h * alpha * alpha))),
  }
}

type Lines = { intercepts: Float64Array; slopes: Float64Array; means: Float64Array }
type Work = { path: Float64Array; lever: Float64Array; lines: Lines }

/** Intercept, slope and mean after each value; index t holds what is known before value t (0-based). */
function lines(values: ArrayLike<number>): Lines {
  const n = values.length
  const intercepts = new Float64Array(n + 1)
  const slopes = new Float64Array(n + 1)
  const means = new Float64Array(n + 1)
  for (let t = 1; t <= n; t++) advance({ intercepts, slopes, means }, t, values[t - 1]!)
  return { intercepts, slopes, means }
}

function advance({ intercepts, slopes, means }: Lines, t: number, value: number): void {
  means[t] = ((t - 1) * means[t - 1]! + value) / t
  slopes[t] = t === 1 ? 0 : ((t - 2) * slopes[t - 1]! + (6 / t) * (value - means[t - 1]!)) / (t + 1)
  intercepts[t] = means[t]! - ((t + 1) / 2) * slopes[t]!
}

/** Least squares in the first level and the weight of the line, for one α; the weight is held in [0, 1). */
function profile(values: ArrayLike<number>, alpha: number, { path, lever, lines }: Work) {
  const n = values.length
  const { intercepts, slopes } = lines
  const keep = 1 - alpha
  let smooth = 0
  let power = 1
  let yy = 0
  let aa = 0
  let bb = 0
  let ab = 0
  let ay = 0
  let by = 0
  for (let t = 0; t < n; t++) {
    const reach = power * intercepts[t]! + ((1 - power * keep) / alpha) * slopes[t]!
    path[t] = smooth
    lever[t] = reach
    const y = values[t]! - smooth
    yy += y * y
    aa += power * power
    bb += reach * reach
    ab += power * reach
    ay += power * y
    by += reach * y
    smooth = alpha * values[t]! + keep * smooth
    power *= keep
  }
  const determinant = aa * bb - ab * ab
  let weight = determinant > 1e-12 * aa * bb ? (aa * by - ab * ay) / determinant : 0
  weight = Math.min(0.9999, Math.max(0, weight))
  const level = (ay - weight * ab) / aa
  const squares =
    yy +
    level * level * aa +
    weight * weight * bb -
    2 * level * ay -
    2 * weight * by +
    2 * level * weight * ab
  return { level, weight, squares: Math.max(0, squares) }
}

function extend(
  values: ArrayLike<number>,
  { alpha, weight, level }: { alpha: number; weight: number; level: number },
  horizon: number,
): number[] {
  const n = values.length
  const long = {
    intercepts: new Float64Array(n + horizon + 1),
    slopes: new Float64Array(n + horizon + 1),
    means: new Float64Array(n + horizon + 1),
  }
  let smooth = level
  for (let t = 1; t <= n; t++) {
    advance(long, t, values[t - 1]!)
    smooth = alpha * values[t - 1]! + (1 - alpha) * smooth
  }
  const mean: number[] = []
  for (let t = n; t < n + horizon; t++) {
    const power = (1 - alpha) ** t
    const reach = power * long.intercepts[t]! + ((1 - power * (1 - alpha)) / alpha) * long.slopes[t]!
    const forecast = smooth + weight * reach
    mean.push(forecast)
    advance(long, t + 1, forecast)
    smooth = alpha * forecast + (1 - alpha) * smooth
  }
  return mean
}

/** Golden-section search of a minimum between two bounds. */
function section(f: (x: number) => number, low: number, high: number): number {
  const ratio = (Math.sqrt(5) - 1) / 2
  let [a, b] = [low, high]
  let [c, d] = [b - ratio * (b - a), a + ratio * (b - a)]
  let [fc, fd] = [f(c), f(d)]
  for (let k = 0; k < 16; k++) {
    if (fc < fd) {
      b = d
      d = c
      fd = fc
      c = b - ratio * (b - a)
      fc = f(c)
    } else {
      a = c
      c = d
      fc = fd
      d = a + ratio * (b - a)
      fd = f(d)
    }
  }
  return (a + b) / 2
}
