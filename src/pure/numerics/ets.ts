import { seasonalIndices } from './decomposition.ts'
import { admissibleForms, EtsFilter, type EtsForm, type EtsParameters, formName } from './ets-model.ts'
import { minimise } from './optimise.ts'

/** One fitted exponential smoothing model. */
export type EtsFit = {
  form: EtsForm
  name: string
  parameters: EtsParameters
  aicc: number
  /** Variance of the one-step error; of the relative error when the error is multiplicative. */
  variance: number
  /** One-step errors, in the unit of the series; NaN where no value was observed. */
  residuals: Float64Array
  fitted: Float64Array
  /** States after the last value; `season[j]` serves the j-th value ahead, counted from 0. */
  last: { level: number; slope: number; season: Float64Array }
}

/** How to fit. */
export type EtsOptions = {
  period: number
  /** Models to compare; by default the admissible ones. */
  forms?: readonly EtsForm[]
  /** Also optimise the season before the first value, instead of keeping its classical decomposition. */
  freeSeason?: boolean
  iterations?: number
}

const LOW = 1e-4
const HIGH = 0.9999
const PHI_LOW = 0.8
const PHI_HIGH = 0.98

/** Mean of several exponential smoothing models, with the standard deviation of the mixture. */
export type EtsAverage = {
  /** Name and weight of each model that counts, best first. */
  weights: { name: string; weight: number }[]
  mean: number[]
  deviation: number[]
  residuals: Float64Array
}

const NEGLIGIBLE = 0.01

/**
 * Exponential smoothing averaged over its models with Akaike weights e^{−Δ/2} (Burnham & Anderson 2002; Kolassa
 * 2011): a choice among 15 models on 40 values is noisy, their mean is less so. Models below 1 % of the best are
 * left out. `undefined` when the series is too short for every model.
 */
export function averageEts(
  values: ArrayLike<number>,
  options: EtsOptions,
  horizon: number,
): EtsAverage | undefined {
  const candidates = compare(values, options)
  const least = Math.min(...candidates.fits.map(fit => fit.aicc))
  const kept = candidates.fits
    .map(fit => ({ fit, weight: Math.exp(-(fit.aicc - least) / 2) }))
    .filter(({ weight }) => weight >= NEGLIGIBLE)
    .sort((a, b) => b.weight - a.weight)
  if (kept.length === 0) return
  const total = kept.reduce((sum, { weight }) => sum + weight, 0)
  const mean = new Array<number>(horizon).fill(0)
  const paths: { share: number; path: number[]; spread: number[] }[] = []
  const residuals = new Float64Array(values.length)
  const weights = kept.map(({ fit, weight }) => {
    const model = finish(candidates, fit, values)
    const share = weight / total
    const path = etsMean(model, horizon)
    paths.push({ share, path, spread: etsDeviation(model, horizon) })
    for (let h = 0; h < horizon; h++) mean[h]! += share * path[h]!
    for (let t = 0; t < values.length; t++) residuals[t]! += share * model.residuals[t]!
    return { name: model.name, weight: share }
  })
  const deviation = mean.map((value, h) =>
    Math.sqrt(
      paths.reduce(
        (sum, { share, path, spread }) => sum + share * (spread[h]! ** 2 + (path[h]! - value) ** 2),
        0,
      ),
    ),
  )
  return { weights, mean, deviation, residuals }
}

/**
 * The exponential smoothing model with the least corrected Akaike criterion (Hyndman, Koehler, Ord & Snyder 2008).
 * `undefined` when the series is too short for every model. Values may hold NaN where nothing was observed.
 */
export function fitEts(values: ArrayLike<number>, options: EtsOptions): EtsFit | undefined {
  const candidates = compare(values, options)
  const [first, ...rest] = candidates.fits
  if (!first) return
  return finish(
    candidates,
    rest.reduce((best, fit) => (fit.aicc < best.aicc ? fit : best), first),
    values,
  )
}

type Candidate = { form: EtsForm; parameters: EtsParameters; aicc: number }
type Candidates = { filter: EtsFilter; scale: number; fits: Candidate[] }

function compare(values: ArrayLike<number>, options: EtsOptions): Candidates {
  const { period } = options
  const n = values.length
  let positive = true
  let size = 0
  for (let t = 0; t < n; t++) {
    if (values[t]! <= 0) positive = false
    if (!Number.isNaN(values[t]!)) size = Math.max(size, Math.abs(values[t]!))
  }
  const seasonal = period > 1 && n >= 2 * period + 1
  const scale = size > 0 ? size : 1
  const scaled = Float64Array.from(values, value => value / scale)
  const filter = new EtsFilter(scaled, Math.max(1, period))
  const { observed } = filter
  const starts = new Map<string, Start>()
  const fits: Candidate[] = []
  for (const form of options.forms ?? admissibleForms(seasonal, positive)) {
    const count = parameterCount(form, period)
    if ((form.season !== 'N' && !seasonal) || observed < count + 3) continue
    const start = starts.get(form.season) ?? startingStates(scaled, period, form.season)
    starts.set(form.season, start)
    const { parameters, objective } = optimise(filter, form, start, options)
    const aicc = observed * objective + 2 * count + (2 * count * (count + 1)) / (observed - count - 1)
    if (Number.isFinite(aicc)) fits.push({ form, parameters, aicc })
  }
  return { filter, scale, fits }
}

/** Point forecasts with every future error at zero. */
export function etsMean(
  { form, parameters, last }: Pick<EtsFit, 'form' | 'parameters' | 'last'>,
  horizon: number,
) {
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
export function etsDeviation(fit: EtsFit, horizon: number): number[] {
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

function parameterCount(form: EtsForm, period: number): number {
  const trend = form.trend === 'N' ? 0 : form.trend === 'A' ? 2 : 3
  return 3 + trend + (form.season === 'N' ? 0 : period)
}

type Start = { level: number; slope: number; season: Float64Array; spread: number }

/** Season by classical decomposition, then a line through the first ten deseasonalised values (2008, 2.6.1). */
function startingStates(values: Float64Array, period: number, season: EtsForm['season']): Start {
  const n = values.length
  const filled = fill(values)
  const m = Math.max(1, period)
  let indices = new Float64Array(m).fill(season === 'M' ? 1 : 0)
  if (season !== 'N') {
    indices = seasonalIndices(filled, m, season === 'M' ? 'multiplicative' : 'additive') as typeof indices
    if (season === 'M') for (let j = 0; j < m; j++) indices[j] = Math.max(indices[j]!, 0.01)
  }
  const count = Math.min(n, Math.max(10, season === 'N' ? 10 : Math.min(2 * m, 24)))
  let sumT = 0
  let sumY = 0
  let sumTT = 0
  let sumTY = 0
  let spread = 0
  for (let t = 0; t < n; t++) {
    const value = season === 'M' ? filled[t]! / indices[t % m]! : filled[t]! - indices[t % m]!
    if (t < count) {
      sumT += t + 1
      sumY += value
      sumTT += (t + 1) ** 2
      sumTY += (t + 1) * value
    }
    if (t > 0) spread += Math.abs(filled[t]! - filled[t - 1]!) / n
  }
  const slope = count > 1 ? (count * sumTY - sumT * sumY) / (count * sumTT - sumT * sumT) : 0
  return { level: (sumY - slope * sumT) / count, slope, season: indices, spread: Math.max(spread, 1e-6) }
}

function fill(values: Float64Array): Float64Array {
  if (!values.some(Number.isNaN)) return values
  const filled = values.slice()
  let last = values.find(value => !Number.isNaN(value)) ?? 0
  for (let t = 0; t < filled.length; t++) {
    if (Number.isNaN(filled[t]!)) filled[t] = last
    last = filled[t]!
  }
  return filled
}

const logistic = (u: number) => 1 / (1 + Math.exp(-u))
const logit = (p: number) => Math.log(p / (1 - p))

function optimise(filter: EtsFilter, form: EtsForm, start: Start, options: EtsOptions) {
  const m = start.season.length
  const trended = form.trend !== 'N'
  const damped = form.trend === 'Ad'
  const seasonal = form.season !== 'N'
  const free = seasonal && options.freeSeason === true
  const flatLevel = trended ? start.level : start.level + start.slope * 5.5
  const slots = { alpha: 0, beta: -1, gamma: -1, phi: -1, level: 1, slope: -1, season: -1 }
  let size = 2
  if (trended) {
    slots.beta = size++
    slots.slope = size++
  }
  if (seasonal) slots.gamma = size++
  if (damped) slots.phi = size++
  if (free) {
    slots.season = size
    size += m
  }
  const parameters: EtsParameters = {
    alpha: 0,
    beta: 0,
    gamma: 0,
    phi: trended ? 1 : 0,
    level: flatLevel,
    slope: trended ? start.slope : 0,
    season: start.season.slice(),
  }
  const unit = start.spread
  const seasonUnit = form.season === 'M' ? 0.1 : unit
  const slopeUnit = unit / 4
  const spread = HIGH - LOW
  const read = (u: Float64Array) => {
    const alpha = LOW + spread * logistic(u[0]!)
    parameters.alpha = alpha
    parameters.level = flatLevel + unit * u[1]!
    if (trended) {
      parameters.beta = alpha * (LOW + spread * logistic(u[slots.beta]!))
      parameters.slope = start.slope + slopeUnit * u[slots.slope]!
    }
    if (seasonal) parameters.gamma = (1 - alpha) * (LOW + spread * logistic(u[slots.gamma]!))
    if (damped) parameters.phi = PHI_LOW + (PHI_HIGH - PHI_LOW) * logistic(u[slots.phi]!)
    if (free)
      for (let j = 0; j < m; j++) parameters.season[j] = start.season[j]! + seasonUnit * u[slots.season + j]!
  }
  const objective = (u: Float64Array, gradient: Float64Array) => {
    read(u)
    const value = filter.run(form, parameters, true)
    if (!Number.isFinite(value)) return Number.POSITIVE_INFINITY
    const g = filter.gradient
    const { alpha } = parameters
    let dAlpha = g.alpha
    gradient[1] = g.level * unit
    if (trended) {
      const share = logistic(u[slots.beta]!)
      dAlpha += g.beta * (LOW + spread * share)
      gradient[slots.beta] = g.beta * alpha * spread * share * (1 - share)
      gradient[slots.slope] = g.slope * slopeUnit
    }
    if (seasonal) {
      const share = logistic(u[slots.gamma]!)
      dAlpha -= g.gamma * (LOW + spread * share)
      gradient[slots.gamma] = g.gamma * (1 - alpha) * spread * share * (1 - share)
    }
    if (damped) {
      const share = logistic(u[slots.phi]!)
      gradient[slots.phi] = g.phi * (PHI_HIGH - PHI_LOW) * share * (1 - share)
    }
    const share = logistic(u[0]!)
    gradient[0] = dAlpha * spread * share * (1 - share)
    if (free) for (let j = 0; j < m; j++) gradient[slots.season + j] = filter.seasonGradient[j]! * seasonUnit
    return value
  }
  const u = new Float64Array(size)
  u[0] = logit(0.3)
  if (trended) u[slots.beta] = logit(0.1)
  if (seasonal) u[slots.gamma] = logit(0.1)
  if (damped) u[slots.phi] = logit((0.95 - PHI_LOW) / (PHI_HIGH - PHI_LOW))
  const { point, value } = minimise(objective, u, { iterations: options.iterations ?? 50, tolerance: 1e-6 })
  read(point)
  return { parameters: { ...parameters, season: parameters.season.slice() }, objective: value }
}

function finish({ filter, scale }: Candidates, chosen: Candidate, values: ArrayLike<number>): EtsFit {
  const { form, parameters, aicc } = chosen
  const n = values.length
  filter.run(form, parameters, false)
  const m = filter.season.length
  const seasonUnit = form.season === 'A' ? scale : 1
  const residuals = new Float64Array(n)
  let squares = 0
  for (let t = 0; t < n; t++) {
    const error = filter.residuals[t]!
    residuals[t] = Number.isNaN(values[t]!) ? Number.NaN : error * scale
    squares += (form.error === 'M' ? error / filter.fitted[t]! : error * scale) ** 2
  }
  const season = Float64Array.from({ length: m }, (_, j) => filter.season[(n + j) % m]! * seasonUnit)
  return {
    form,
    name: formName(form),
    parameters: {
      ...parameters,
      level: parameters.level * scale,
      slope: parameters.slope * scale,
      season: parameters.season.map(index => index * seasonUnit),
    },
    aicc,
    variance: squares / Math.max(1, filter.observed - parameterCount(form, m)),
    residuals,
    fitted: filter.fitted.map(value => value * scale),
    last: { level: filter.level * scale, slope: filter.slope * scale, season },
  }
}
