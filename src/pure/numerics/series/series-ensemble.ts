import { naiveScale } from './accuracy.ts'
import { type Calibration, calibrate, type Interval, interval } from './conformal.ts'
import { fillGaps } from './gaps.ts'
import { isIntermittent } from './intermittent.ts'
import {
  etsMember,
  intermittentMember,
  levelMember,
  type Member,
  seasonalNaiveMember,
  stlMember,
  thetaMember,
} from './members.ts'
import { observedSeries } from './observed-series.ts'

/** What to forecast and how. */
export type SeriesOptions = {
  /** Values a cycle: 12 for months, 4 for quarters, 1 for years. */
  period: number
  horizon: number
  /** Probabilities of the intervals; .8 and .95 unless told. */
  levels?: readonly number[]
  /** Exceptional periods, never to be learnt from: `true` masks the value of the same index. */
  masked?: readonly boolean[]
  /** Past errors of this kind of series; the usual ones unless told. */
  calibration?: Calibration
}

/** Why a forecast deserves less trust. */
export type SeriesWarning =
  | 'few-values'
  | 'no-season'
  | 'gaps'
  | 'constant'
  | 'intermittent'
  | 'member-dropped'

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
/** A member that leaves the range of the series by more than this many ranges has gone astray. */
const FARTHEST = 5
/** With fewer periods the criterion of exponential smoothing cannot afford a season, and it forecasts without. */
const FULL_PERIODS = 3

/**
 * Forecast of one series: the plain mean of exponential smoothing averaged over its models, dynamic optimised theta
 * over a temporal hierarchy, and seasonal decomposition by loess. Equal weights, because estimated weights lose
 * (Claeskens, Magnus, Vasnev & Wang 2016). A series that is mostly zero is forecast as intermittent demand. Asks for at least one observed value.
 *
 * Example: 7, 7, 7, 7, 7, 7 continues with 7.
 */
export function forecastSeries(
  values: readonly (number | undefined)[],
  options: SeriesOptions,
): SeriesForecast {
  const { horizon, levels = [0.8, 0.95] } = options
  const { observed, lead, scale } = observedSeries(values, options.masked)
  const warnings: SeriesWarning[] = []
  // A series that was never below zero stays there.
  const nonNegative = observed.every(value => !(value < 0))
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

type Ensemble = { mean: number[]; spread: number[]; members: Member[]; residuals: number[] }

function ensemble(observed: Float64Array, options: SeriesOptions, warnings: SeriesWarning[]): Ensemble {
  const n = observed.length
  const known = n >= 2 * options.period
  if (observed.some(Number.isNaN)) warnings.push('gaps')
  if (options.period > 1 && !known) warnings.push('no-season')
  const period = known ? options.period : 1
  const members = chooseMembers(observed, period, options.horizon, warnings)
  const average = (pick: (member: Member) => number) =>
    members.reduce((sum, member) => sum + pick(member), 0) / members.length
  const size = naiveScale(observed, period)
  const mean: number[] = []
  const spread: number[] = []
  for (let h = 0; h < options.horizon; h++) {
    const centre = average(member => member.mean[h]!)
    const variance =
      average(member => member.deviation[h]!) ** 2 + average(member => (member.mean[h]! - centre) ** 2)
    mean.push(centre)
    // A model's own deviation is too small where it fits too well; the naive error of the series steadies it.
    spread.push(Number.isNaN(size) ? Math.sqrt(variance) : Math.cbrt(variance * size))
  }
  return {
    mean,
    spread,
    members,
    residuals: Array.from(observed, (value, t) =>
      Number.isNaN(value) ? Number.NaN : average(member => member.residuals[t]!),
    ),
  }
}

function chooseMembers(
  values: Float64Array,
  period: number,
  horizon: number,
  warnings: SeriesWarning[],
): Member[] {
  const filled = fillGaps(values, period)
  const seen = values.filter(value => !Number.isNaN(value))
  const low = seen.reduce((least, value) => Math.min(least, value))
  const high = seen.reduce((most, value) => Math.max(most, value))
  const constant = high === low && seen.length > 1
  if (constant) warnings.push('constant')
  if (seen.length < LEAST_VALUES) warnings.push('few-values')
  if (constant || seen.length < LEAST_VALUES) return [levelMember(filled, horizon, seen.length)]
  if (isIntermittent(seen)) {
    warnings.push('intermittent')
    return [intermittentMember(filled, horizon)]
  }
  const fitted = [
    values.length < FULL_PERIODS * period ? undefined : etsMember(values, period, horizon),
    thetaMember(filled, period, horizon),
    stlMember(filled, period, horizon),
  ].filter(member => member !== undefined)
  const reach = FARTHEST * (high - low)
  const members = fitted.filter(
    ({ mean, deviation }) =>
      mean.every(value => value > low - reach && value < high + reach) && deviation.every(Number.isFinite),
  )
  if (members.length < fitted.length) warnings.push('member-dropped')
  return members.length > 0 ? members : [seasonalNaiveMember(filled, period, horizon)]
}
