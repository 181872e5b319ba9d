import type { EtsForm, EtsParameters } from './ets-model.ts'

/** What the filter leaves behind: one-step forecasts, residuals, and the states after the last value. */
export class EtsFilter {
  readonly fitted: Float64Array
  readonly residuals: Float64Array
  readonly season: Float64Array
  readonly gradient: { alpha: number; beta: number; gamma: number; phi: number; level: number; slope: number }
  readonly seasonGradient: Float64Array
  level = 0
  slope = 0
  /** Number of values that were observed. */
  observed = 0
  readonly #values: ArrayLike<number>
  readonly #period: number
  readonly #bases: Float64Array
  readonly #indices: Float64Array
  readonly #slopes: Float64Array

  /** `values` may hold NaN where nothing was observed. */
  constructor(values: ArrayLike<number>, period: number) {
    const n = values.length
    this.#values = values
    this.#period = period
    this.fitted = new Float64Array(n)
    this.residuals = new Float64Array(n)
    this.season = new Float64Array(period)
    this.seasonGradient = new Float64Array(period)
    this.gradient = { alpha: 0, beta: 0, gamma: 0, phi: 0, level: 0, slope: 0 }
    this.#bases = new Float64Array(n)
    this.#indices = new Float64Array(n)
    this.#slopes = new Float64Array(n)
    for (let t = 0; t < n; t++) if (!Number.isNaN(values[t]!)) this.observed++
  }

  /**
   * Minus twice the log-likelihood, per observation and without its constants (Hyndman et al. 2008, 5.3):
   * log Σe² with additive error e = y − ŷ, and log Σe² + (2/n) Σ log ŷ with relative error e = (y − ŷ) / ŷ.
   * A missing value moves the states along their forecast and adds nothing. Infinite where a positive model
   * would forecast zero or less.
   *
   * Example: values 10, 12, 11 with level 10 and alpha .5, additive: forecasts 10, 10, 11, Σe² = 4, so log 4.
   */
  run(form: EtsForm, p: EtsParameters, withGradient: boolean): number {
    const values = this.#values
    const n = values.length
    const m = this.#period
    const { alpha, beta, gamma, phi } = p
    const seasonal = form.season !== 'N'
    const product = form.season === 'M'
    const relative = form.error === 'M'
    const positive = relative || product
    const { fitted, residuals, season } = this
    const bases = this.#bases
    const indices = this.#indices
    const slopes = this.#slopes
    season.set(p.season)
    let level = p.level
    let slope = p.slope
    let squares = 0
    let logs = 0
    let scale = 1
    for (let t = 0, j = 0; t < n; t++) {
      const base = level + phi * slope
      const index = season[j]!
      const forecast = product ? base * index : seasonal ? base + index : base
      if (positive && !(forecast > 1e-9 && base > 1e-9)) return Number.POSITIVE_INFINITY
      let residual = values[t]! - forecast
      if (Number.isNaN(residual)) residual = 0
      else if (relative) {
        squares += (residual / forecast) * (residual / forecast)
        scale *= forecast
        // One logarithm for several factors: it is the slowest part of the loop.
        if (scale > 1e60 || scale < 1e-60) {
          logs += Math.log(scale)
          scale = 1
        }
      } else squares += residual * residual
      fitted[t] = forecast
      residuals[t] = residual
      bases[t] = base
      indices[t] = index
      slopes[t] = slope
      const share = product ? residual / index : residual
      level = base + alpha * share
      slope = phi * slope + beta * share
      if (seasonal) season[j] = index + gamma * (product ? residual / base : residual)
      if (++j === m) j = 0
    }
    this.level = level
    this.slope = slope
    const observed = this.observed
    // A perfect fit would be −∞ and end every comparison; the floor is far below rounding of real counts.
    const floor = 1e-20 * observed
    const objective = Math.log(squares + floor) + (2 * (logs + Math.log(scale))) / observed
    if (withGradient) this.#differentiate(form, p, 1 / (squares + floor))
    return Number.isNaN(objective) ? Number.POSITIVE_INFINITY : objective
  }

  /** Reverse-mode gradient of the objective: the adjoint of `run`, walked from the last value to the first. */
  #differentiate(form: EtsForm, p: EtsParameters, weight: number): void {
    const values = this.#values
    const n = values.length
    const m = this.#period
    const { alpha, beta, gamma, phi } = p
    const seasonal = form.season !== 'N'
    const product = form.season === 'M'
    const relative = form.error === 'M'
    const { fitted, residuals, seasonGradient } = this
    const bases = this.#bases
    const indices = this.#indices
    const slopes = this.#slopes
    seasonGradient.fill(0)
    const perLog = 2 / this.observed
    let dAlpha = 0
    let dBeta = 0
    let dGamma = 0
    let dPhi = 0
    let dLevel = 0
    let dSlope = 0
    for (let t = n - 1, j = (n - 1) % m; t >= 0; t--) {
      const residual = residuals[t]!
      const base = bases[t]!
      const index = indices[t]!
      const forecast = fitted[t]!
      const slope = slopes[t]!
      const seen = !Number.isNaN(values[t]!)
      let dResidual = 0
      let dForecast = 0
      if (seen) {
        if (relative) {
          const error = residual / forecast
          dResidual = (2 * weight * error) / forecast
          dForecast = -dResidual * error + perLog / forecast
        } else dResidual = 2 * weight * residual
      }
      let dBase = dLevel
      let dIndex = 0
      const pull = alpha * dLevel + beta * dSlope
      if (product) {
        const share = residual / index
        dAlpha += dLevel * share
        dBeta += dSlope * share
        dResidual += pull / index
        dIndex -= (pull * share) / index
        const turn = seasonGradient[j]!
        const portion = residual / base
        dGamma += turn * portion
        dResidual += (turn * gamma) / base
        dBase -= (turn * gamma * portion) / base
        dIndex += turn
      } else {
        dAlpha += dLevel * residual
        dBeta += dSlope * residual
        dResidual += pull
        if (seasonal) {
          const turn = seasonGradient[j]!
          dGamma += turn * residual
          dResidual += turn * gamma
          dIndex += turn
        }
      }
      if (seen) dForecast -= dResidual
      if (product) {
        dBase += dForecast * index
        dIndex += dForecast * base
      } else {
        dBase += dForecast
        if (seasonal) dIndex += dForecast
      }
      if (seasonal) seasonGradient[j] = dIndex
      dPhi += (dSlope + dBase) * slope
      dSlope = phi * (dSlope + dBase)
      dLevel = dBase
      if (--j < 0) j = m - 1
    }
    Object.assign(this.gradient, {
      alpha: dAlpha,
      beta: dBeta,
      gamma: dGamma,
      phi: dPhi,
      level: dLevel,
      slope: dSlope,
    })
  }
}
