import { smallest } from '../extremes.ts'
import { sum } from '../sum.ts'
import { EtsFilter } from './ets-filter.ts'
import { type FitOptions, fitForm } from './ets-fit.ts'
import { type EtsState, etsDeviation, etsMean } from './ets-forecast.ts'
import { admissibleForms, type EtsForm, type EtsParameters, formName } from './ets-model.ts'
import { type Start, startingStates } from './ets-start.ts'

/** One fitted exponential smoothing model. */
export type EtsFit = EtsState & {
  name: string
  parameters: EtsParameters
  aicc: number
  /** One-step errors, in the unit of the series; NaN where no value was observed. */
  residuals: Float64Array
  fitted: Float64Array
}

/** What to compare and how to fit it. */
export type EtsOptions = FitOptions & {
  period: number
  /** Models to compare; by default the admissible ones. */
  forms?: readonly EtsForm[]
}

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
  const least = smallest(candidates.fits.map(fit => fit.aicc))
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
      sum(paths.map(({ share, path, spread }) => share * (spread[h]! ** 2 + (path[h]! - value) ** 2))),
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
  const points = new Map<string, Float64Array>()
  const fits: Candidate[] = []
  for (const form of options.forms ?? admissibleForms(seasonal, positive)) {
    const count = parameterCount(form, period)
    if ((form.season !== 'N' && !seasonal) || observed < count + 3) continue
    const start = starts.get(form.season) ?? startingStates(scaled, period, form.season)
    starts.set(form.season, start)
    const sister = `${form.trend}${form.season}`
    const { parameters, objective, point } = fitForm(filter, form, start, options, points.get(sister))
    if (Number.isFinite(objective)) points.set(sister, point)
    const aicc = observed * objective + 2 * count + (2 * count * (count + 1)) / (observed - count - 1)
    if (Number.isFinite(aicc)) fits.push({ form, parameters, aicc })
  }
  return { filter, scale, fits }
}

/** Smoothing parameters, first states (one season is bound by the others) and the variance. */
function parameterCount(form: EtsForm, period: number): number {
  const trend = form.trend === 'N' ? 0 : form.trend === 'A' ? 2 : 3
  return 3 + trend + (form.season === 'N' ? 0 : period)
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
    variance: squares / Math.max(1, filter.observed - parameterCount(form, m) + 1),
    residuals,
    fitted: filter.fitted.map(value => value * scale),
    last: { level: filter.level * scale, slope: filter.slope * scale, season },
  }
}
