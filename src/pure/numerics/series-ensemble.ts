import { naiveScale } from './accuracy.ts'
import { type Calibration, calibrate, type Interval, interval, type PastForecast } from './conformal.ts'
import { fillGaps } from './gaps.ts'
import { etsMember, type Member, type SeasonPolicy, stlMember, thetaMember } from './members.ts'
import { seasonalNaive } from './naive.ts'

/** What to forecast and how. */
export type SeriesOptions = {
  /** Values a cycle: 12 for months, 4 for quarters, 1 for years. */
  period: number
  horizon: number
  /** Probabilities of the intervals; .8 and .95 unless told. */
  levels?: readonly number[]
  /** Exceptional periods, never to be learnt from: `true` masks the value of the same index. */
  masked?: readonly boolean[]
  /** Keep forecasts and bounds at zero or above; by default when every value is. */
  nonNegative?: boolean
  season?: SeasonPolicy
  /** Multiplicative profile of a parent series, used while the series has less than two full periods. */
  profile?: readonly number[]
  /** Past errors of this kind of series; the usual ones unless told. */
  calibration?: Calibration
}

/** Why a forecast deserves less trust. */
export type SeriesWarning = 'few-values' | 'no-season' | 'gaps' | 'constant' | 'member-dropped'

/** A forecast with its intervals and where it comes from. Nothing in it but `residuals` is ever non-finite. */
export type SeriesForecast = {
  mean: number[]
  intervals: Interval[]
  /** Size of an ordinary error at each step, before calibration. */
  spread: number[]
  members: { name: string; mean: number[] }[]
  /** One-step errors over the given values; NaN where nothing was observed. */
  residuals: number[]
  warnings: SeriesWarning[]
}

const LEAST_VALUES = 5
/** With fewer periods the criterion of exponential smoothing cannot afford a season, and it forecasts without. */
const FULL_PERIODS = 3

/**
 * Forecast of one series: the plain mean of exponential smoothing averaged over its models, dynamic optimised theta
 * over a temporal hierarchy, and seasonal decomposition by loess. Equal weights, because estimated weights lose
 * (Claeskens, Magnus, Vasnev & Wang 2016). Asks for at least one observed value.
 *
 * Example: 7, 7, 7, 7, 7, 7 continues with 7.
 */
export function forecastSeries(
  values: readonly (number | undefined)[],
  options: SeriesOptions,
): SeriesForecast {
  const { horizon, levels = [0.8, 0.95] } = options
  const { observed, lead, scale } = prepare(values, options.masked)
  const warnings: SeriesWarning[] = []
  const nonNegative = options.nonNegative ?? observed.every(value => !(value < 0))
  const bare = ensemble(observed, options, warnings)
  const keep = (value: number) => (nonNegative ? Math.max(0, value) : value) * scale
  const intervals = levels.map(level => {
    const { lower, upper } = interval(bare, options.calibration ?? calibrate([], horizon), level)
    return { level, lower: lower.map(keep), upper: upper.map(keep) }
  })
  return {
    mean: bare.mean.map(keep),
    intervals,
    spread: bare.spread.map(value => value * scale),
    members: bare.members.map(({ name, mean }) => ({ name, mean: mean.map(keep) })),
    residuals: [...new Array<number>(lead).fill(Number.NaN), ...bare.residuals.map(value => value * scale)],
    warnings,
  }
}

/**
 * Forecasts of the series as they would have been made `horizon` before its end, and 2, 3 … horizons before: what
 * `calibrate` asks for. Origins with less than two full periods (or ten values) behind them are left out.
 */
export function pastForecasts(
  values: readonly (number | undefined)[],
  options: SeriesOptions,
  origins = 1,
): PastForecast[] {
  const least = Math.max(FULL_PERIODS * options.period, 10)
  const past: PastForecast[] = []
  for (let k = 1; k <= origins; k++) {
    const length = values.length - k * options.horizon
    const training = values.slice(0, length)
    const seen = training.filter((value, t) => isObserved(value) && !options.masked?.[t]).length
    if (length < least || seen < least) break
    const { mean, spread } = forecastSeries(training, { ...options, levels: [] })
    const actual = values
      .slice(length, length + options.horizon)
      .map((value, h) => (isObserved(value) && !options.masked?.[length + h] ? value : Number.NaN))
    past.push({ mean, spread, actual })
  }
  return past
}

function isObserved(value: number | undefined): value is number {
  return value !== undefined && Number.isFinite(value)
}

/** The values from the first observed one on, over the largest of them, so that no unit is too big or too small. */
function prepare(values: readonly (number | undefined)[], masked: readonly boolean[] | undefined) {
  const seen = (t: number) => isObserved(values[t]) && !masked?.[t]
  let lead = 0
  while (lead < values.length && !seen(lead)) lead++
  if (lead === values.length) throw new RangeError('A forecast needs at least one observed value')
  let scale = 0
  for (let t = lead; t < values.length; t++) if (seen(t)) scale = Math.max(scale, Math.abs(values[t]!))
  if (scale === 0) scale = 1
  const observed = Float64Array.from({ length: values.length - lead }, (_, t) =>
    seen(lead + t) ? values[lead + t]! / scale : Number.NaN,
  )
  return { observed, lead, scale }
}

type Bare = { mean: number[]; spread: number[]; members: Member[]; residuals: number[] }

function ensemble(observed: Float64Array, options: SeriesOptions, warnings: SeriesWarning[]): Bare {
  const { horizon } = options
  const n = observed.length
  const count = observed.reduce((total, value) => total + (Number.isNaN(value) ? 0 : 1), 0)
  if (count < n) warnings.push('gaps')
  const seasonal = options.period > 1 && options.season !== 'none'
  const known = seasonal && n >= 2 * options.period
  const period = known ? options.period : 1
  const borrowed = seasonal && !known ? usableProfile(options) : undefined
  if (seasonal && !known && !borrowed) warnings.push('no-season')
  const factor = (t: number) => borrowed?.[t % borrowed.length] ?? 1
  const values = borrowed ? observed.map((value, t) => value / factor(t)) : observed
  const filled = fillGaps(values, period)
  let low = Number.POSITIVE_INFINITY
  let high = Number.NEGATIVE_INFINITY
  for (const value of filled) {
    low = Math.min(low, value)
    high = Math.max(high, value)
  }
  if (high === low && n > 1) warnings.push('constant')
  if (count < LEAST_VALUES || high === low) {
    if (count < LEAST_VALUES) warnings.push('few-values')
    return flat(values, filled, horizon, factor)
  }
  const fitted = [
    n < FULL_PERIODS * period ? undefined : etsMember(values, period, horizon),
    thetaMember(filled, period, horizon, options.season),
    stlMember(filled, period, horizon),
  ].filter(member => member !== undefined)
  const reach = 5 * (high - low)
  const plausible = ({ mean, deviation }: Member) =>
    mean.every(value => value > low - reach && value < high + reach) && deviation.every(Number.isFinite)
  let members = fitted.filter(plausible)
  if (members.length < fitted.length) warnings.push('member-dropped')
  if (members.length === 0) {
    const mean = seasonalNaive(filled, period, horizon)
    const scale = naiveScale(filled, period)
    const deviation = mean.map((_, h) => scale * Math.sqrt(1 + h / period))
    members = [{ name: 'seasonal-naive', mean, deviation, residuals: new Float64Array(n) }]
  }
  const size = naiveScale(values, period)
  const average = (pick: (member: Member) => number) =>
    members.reduce((sum, member) => sum + pick(member), 0) / members.length
  const mean: number[] = []
  const spread: number[] = []
  for (let h = 0; h < horizon; h++) {
    const centre = average(member => member.mean[h]!)
    const deviation = average(member => member.deviation[h]!)
    const disagreement = average(member => (member.mean[h]! - centre) ** 2)
    mean.push(centre * factor(n + h))
    // A model's own deviation is too small where it fits too well; the naive error of the series steadies it.
    spread.push(Math.cbrt((deviation ** 2 + disagreement) * size) * factor(n + h))
  }
  return {
    mean,
    spread,
    members: members.map(member => ({
      ...member,
      mean: member.mean.map((value, h) => value * factor(n + h)),
    })),
    residuals: Array.from(values, (value, t) =>
      Number.isNaN(value) ? Number.NaN : average(member => member.residuals[t]!) * factor(t),
    ),
  }
}

/** Level by simple smoothing with α = ½; the spread grows from one-step moves, or from counting noise. */
function flat(
  values: Float64Array,
  filled: Float64Array,
  horizon: number,
  factor: (t: number) => number,
): Bare {
  const n = values.length
  let level = filled[0]!
  const residuals = Array.from(values, (value, t) => {
    const error = filled[t]! - level
    level += error / 2
    return Number.isNaN(value) ? Number.NaN : error * factor(t)
  })
  const moves = naiveScale(filled, 1)
  const unknown = n === 1 ? Math.abs(level) * LONE_SPREAD : 0
  const size = Number.isNaN(moves) ? unknown : moves
  const mean = Array.from({ length: horizon }, (_, h) => level * factor(n + h))
  const spread = mean.map((_, h) => size * Math.sqrt(1 + h / 4) * factor(n + h))
  return {
    mean,
    spread,
    members: [{ name: 'level', mean, deviation: spread, residuals: new Float64Array(n) }],
    residuals,
  }
}

/** One value says nothing of its own noise: a fifth of it, which the usual errors turn into about ± one half. */
const LONE_SPREAD = 0.2

function usableProfile({ profile, period }: SeriesOptions): readonly number[] | undefined {
  return profile?.length === period && profile.every(index => Number.isFinite(index) && index > 0)
    ? profile
    : undefined
}
