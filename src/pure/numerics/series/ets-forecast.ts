import type { EtsForm, EtsParameters } from './ets-model.ts'

/** What a fitted model needs to continue: its shape, its parameters and its states after the last value. */
export type EtsState = {
  form: EtsForm
  parameters: Pick<EtsParameters, 'alpha' | 'beta' | 'gamma' | 'phi'>
  /** Variance of the one-step error; of the relative error when the error is multiplicative. */
  variance: number
  /** `season[j]` serves the j-th value ahead, counted from 0. */
  last: { level: number; slope: number; season: Float64Array }
}

/**
 * Point forecasts: every future error at zero (Hyndman et al. 2008, table 6.1).
 *
 * Example: level 10, slope 1 damped by .5 gives 10.5, 10.75.
 */
export function etsMean({ form, parameters, last }: EtsState, horizon: number): number[] {
  let damping = 0
  let power = 1
  return Array.from({ length: horizon }, (_, h) => {
    power *= parameters.phi
    damping += power
    const base = last.level + (form.trend === 'N' ? 0 : damping * last.slope)
    const index = last.season[h % last.season.length]!
    return form.season === 'M' ? base * index : form.season === 'A' ? base + index : base
  })
}

/**
 * Standard deviation of each forecast error (Hyndman, Koehler, Ord & Snyder 2008, tables 6.1 and 6.2): exact for
 * additive errors, σ²(1 + Σ c_j²) with c_j = α + β φ_j + γ 1(m divides j); with multiplicative errors the recursion
 * θ_h = μ_h² + σ² Σ c_j² θ_{h−j}, v_h = (1 + σ²) θ_h − μ_h², with the season taken as known when it multiplies.
 *
 * Example: simple smoothing with α = .5 and σ = 2 has 2, √5, √6.
 */
export function etsDeviation(fit: EtsState, horizon: number): number[] {
  const { form, parameters, variance, last } = fit
  const m = last.season.length
  const weights: number[] = []
  let damping = 0
  let power = 1
  for (let j = 1; j < horizon; j++) {
    damping += power
    power *= parameters.phi
    const seasonal = form.season === 'A' && j % m === 0 ? parameters.gamma : 0
    weights.push(parameters.alpha + (form.trend === 'N' ? 0 : parameters.beta * damping) + seasonal)
  }
  if (form.error === 'A') {
    let sum = 1
    return Array.from({ length: horizon }, (_, h) => {
      if (h > 0) sum += weights[h - 1]! ** 2
      return Math.sqrt(variance * sum)
    })
  }
  const product = form.season === 'M'
  const mean = etsMean(fit, horizon).map((value, h) => (product ? value / last.season[h % m]! : value))
  const thetas: number[] = []
  return mean.map((mu, h) => {
    let theta = mu * mu
    for (let j = 1; j <= h; j++) theta += variance * weights[j - 1]! ** 2 * thetas[h - j]!
    thetas.push(theta)
    const turns = product ? (1 + parameters.gamma ** 2 * variance) ** Math.floor(h / m) : 1
    const spread = Math.max(0, theta * (1 + variance) * turns - mu * mu)
    return Math.sqrt(spread) * (product ? Math.abs(last.season[h % m]!) : 1)
  })
}
