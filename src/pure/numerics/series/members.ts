import { temporalHierarchy } from '../hierarchy/temporal-hierarchy.ts'
import { naiveScale } from './accuracy.ts'
import { fitAutoregression } from './autoregression.ts'
import { deseasonalise, type SeasonKind, shrunkenIndices } from './decomposition.ts'
import { averageEts } from './ets.ts'
import { fitIntermittent } from './intermittent.ts'
import { type SeasonSmoother, stl } from './stl.ts'
import { fitTheta } from './theta.ts'

/** One of the methods that the ensemble averages. */
export type Member = {
  name: string
  mean: number[]
  deviation: number[]
  /** One-step errors in the unit of the series. */
  residuals: Float64Array
}

/** Exponential smoothing averaged over its models. `values` may hold NaN where nothing was observed. */
export function etsMember(values: ArrayLike<number>, period: number, horizon: number): Member | undefined {
  const average = averageEts(values, { period }, horizon)
  if (!average) return
  const { mean, deviation, residuals } = average
  return { name: 'ets', mean, deviation, residuals }
}

/** Dynamic optimised theta on the deseasonalised values, over a temporal hierarchy. */
export function thetaMember(values: ArrayLike<number>, period: number, horizon: number): Member {
  const { deviation, residuals } = seasonalTheta(values, period, horizon)
  const mean = temporalHierarchy(
    values,
    period,
    horizon,
    (parts, cycle, steps) => seasonalTheta(parts, cycle, steps).mean,
  )
  return { name: 'theta', mean, deviation, residuals }
}

function seasonalTheta(values: ArrayLike<number>, period: number, horizon: number): Omit<Member, 'name'> {
  const n = values.length
  if (period === 1 || n < 2 * period) return fitTheta(values, horizon)
  const kind: SeasonKind = allPositive(values) ? 'multiplicative' : 'additive'
  const indices = shrunkenIndices(values, period, kind)
  const fit = fitTheta(deseasonalise(values, indices, kind), horizon)
  if (kind === 'additive')
    return { ...fit, mean: fit.mean.map((value, h) => value + indices[(n + h) % period]!) }
  return {
    mean: fit.mean.map((value, h) => value * indices[(n + h) % period]!),
    deviation: fit.deviation.map((value, h) => value * indices[(n + h) % period]!),
    residuals: fit.residuals.map((value, t) => value * indices[t % period]!),
  }
}

/**
 * Two opinions on how fast a season changes: the steady one is more accurate alone, the quick one sees a season that
 * grows. Their mean was as good as the better of both, for quarters and for months.
 */
const SMOOTHERS: readonly SeasonSmoother[] = [
  { span: 7, degree: 0 },
  { span: 11, degree: 1 },
]

/**
 * Season by loess (on logarithms when the values are positive), prolonged from its last year; the rest forecast by
 * the mean of a theta model and an autoregression. Needs two full periods, or period 1.
 */
export function stlMember(values: ArrayLike<number>, period: number, horizon: number): Member {
  const n = values.length
  const product = period > 1 && allPositive(values)
  const season = new Float64Array(n)
  if (period > 1) {
    const plain = product ? Float64Array.from(values, Math.log) : values
    for (const smoother of SMOOTHERS) {
      const part = stl(plain, period, smoother).season
      for (let t = 0; t < n; t++) season[t]! += part[t]! / SMOOTHERS.length
    }
  }
  const factors = season.map(part => (product ? Math.exp(part) : 1))
  const rest = Float64Array.from(values, (value, t) => (product ? value / factors[t]! : value - season[t]!))
  const theta = fitTheta(rest, horizon)
  const autoregression = fitAutoregression(rest, horizon)
  const ahead = (h: number) => (period > 1 ? n - period + (h % period) : n - 1)
  const scale = (value: number, t: number) => value * factors[t]!
  return {
    name: 'stl',
    mean: theta.mean.map((value, h) => {
      const level = (value + autoregression.mean[h]!) / 2
      if (period === 1) return level
      return product ? scale(level, ahead(h)) : level + season[ahead(h)]!
    }),
    deviation: theta.deviation.map((value, h) => scale((value + autoregression.deviation[h]!) / 2, ahead(h))),
    residuals: theta.residuals.map((value, t) => scale((value + autoregression.residuals[t]!) / 2, t)),
  }
}

/** A value alone says nothing of its own noise: a fifth of it, which the usual errors turn into about ± one half. */
const LONE_SPREAD = 0.2

/**
 * What to say from too few values, `seen` of them observed: their level by simple smoothing with α = ½.
 *
 * Example: 4, 8 has level 6.
 */
export function levelMember(values: ArrayLike<number>, horizon: number, seen = values.length): Member {
  let level = values[0]!
  const residuals = Float64Array.from(values, value => {
    const error = value - level
    level += error / 2
    return error
  })
  const moves = naiveScale(values, 1)
  const lone = seen === 1 ? LONE_SPREAD * Math.abs(level) : 0
  const size = Number.isNaN(moves) ? lone : moves
  const mean = new Array<number>(horizon).fill(level)
  return { name: 'level', mean, deviation: mean.map((_, h) => size * Math.sqrt(1 + h / 4)), residuals }
}

/** A demand that is mostly absent: the same mean at every step. */
export function intermittentMember(values: ArrayLike<number>, horizon: number): Member {
  const { mean, deviation, residuals } = fitIntermittent(values)
  return {
    name: 'intermittent',
    mean: new Array<number>(horizon).fill(mean),
    deviation: new Array<number>(horizon).fill(deviation),
    residuals,
  }
}

/** The last period again: the refuge when every other member goes astray. */
export function seasonalNaiveMember(values: ArrayLike<number>, period: number, horizon: number): Member {
  const scale = naiveScale(values, period)
  const last = Math.min(period, values.length)
  const mean = Array.from({ length: horizon }, (_, h) => values[values.length - last + (h % last)]!)
  const residuals = Float64Array.from(values, (value, t) => (t < period ? 0 : value - values[t - period]!))
  return {
    name: 'seasonal naive',
    mean,
    deviation: mean.map((_, h) => scale * Math.sqrt(1 + h / period)),
    residuals,
  }
}

/** Whether every value is above zero, so that ratios and logarithms make sense. */
export function allPositive(values: ArrayLike<number>): boolean {
  for (let t = 0; t < values.length; t++) if (!(values[t]! > 0)) return false
  return true
}
