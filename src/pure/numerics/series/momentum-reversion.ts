import { cholesky, drawn, type Sighting } from './component-filter.ts'

/** What is seen of a log level at a step; a bound says on which side it lies. */
export type LevelSighting = Omit<Sighting, 'of'>

/** One choice of constants with what it makes of the past: its weight, and the state it ends in. */
export interface MomentumCell {
  /** At quarter pace. */
  rho: number
  theta: number
  spread: number
  weight: number
  /** Mean and covariance (rows) of deviation, deviation one month before, and long-run level. */
  mean: [number, number, number]
  covariance: Float64Array
  /** Lower triangle of the covariance. */
  lower: Float64Array
  month: MonthlyConstants
}

/** Constants of a month: `z′ = first z + second z₋₁ + N(0, noise²)`. */
interface MonthlyConstants {
  first: number
  second: number
  noise: number
}

/** Prior of the process at quarter pace; the long-run level is a normal prior that the series itself moves. */
export const MOMENTUM_PRIOR = {
  rho: { mean: 0.85, spread: 0.08 },
  theta: { mean: 0.45, spread: 0.15 },
  level: { mean: Math.log(20), spread: 0.35 },
  spread: { mean: 0.28, logSpread: 0.35 },
  /** What the long-run level forgets in a quarter: it stands for the last dozen of them. */
  drift: 0.08,
} as const

const RHO_GRID = [0.65, 0.78, 0.86, 0.93, 0.98]
const THETA_GRID = [0.15, 0.3, 0.45, 0.6, 0.75]
const SPREAD_GRID = [0.18, 0.28, 0.42]

/**
 * Reversion of a log level with fading momentum, `y′ = μ + ρ (y − μ) + θ (y − y₋₁) + e` by quarter, learned on a grid of
 * ρ, θ and the size of e; μ is a state of a Kalman filter, with a slow drift, so that a service that has moved for ten
 * years can say so. Months keep the roots of the quarterly process: those of `z² − (ρ + θ) z + θ` to the power 1/3.
 *
 * @param sightings months of the series, any of them missing. @param steps months up to the last one, included.
 */
export function learnMomentum(
  sightings: readonly LevelSighting[],
  steps: number,
  levelMean: number = MOMENTUM_PRIOR.level.mean,
): MomentumCell[] {
  const byStep = new Map<number, LevelSighting[]>()
  for (const one of sightings) byStep.set(one.step, [...(byStep.get(one.step) ?? []), one])
  const cells: MomentumCell[] = []
  for (const rho of RHO_GRID)
    for (const theta of THETA_GRID)
      for (const spread of SPREAD_GRID) {
        const month = monthly(rho, theta, spread)
        const ended = filter(month, byStep, steps, levelMean)
        cells.push({
          rho,
          theta,
          spread,
          month,
          lower: cholesky(ended.state.covariance, 3),
          weight: priorLog(rho, theta, spread) + ended.logLikelihood,
          ...ended.state,
        })
      }
  const top = cells.reduce((most, { weight }) => Math.max(most, weight), Number.NEGATIVE_INFINITY)
  const sum = cells.reduce((all, cell) => all + Math.exp(cell.weight - top), 0)
  return cells.map(cell => ({ ...cell, weight: Math.exp(cell.weight - top) / sum }))
}

/** A drawn state from which a path goes on. */
export interface MomentumStart extends MonthlyConstants {
  level: number
  deviation: number
  before: number
}

/** Draws constants and a state that passes through `value` at the last step (Matheron's rule: the rest follows it). */
export function drawMomentum(
  cells: readonly MomentumCell[],
  value: number,
  uniform: number,
  normal: () => number,
): MomentumStart {
  const cell = picked(cells, uniform)
  const { mean, covariance: c } = cell
  const state = drawn(mean, cell.lower, [normal(), normal(), normal()])
  const along = [c[0]! + c[2]!, c[3]! + c[5]!, c[6]! + c[8]!]
  const variance = Math.max(1e-9, along[0]! + along[2]!)
  const missed = (value - state[0]! - state[2]!) / variance
  const level = state[2]! + along[2]! * missed
  return {
    ...cell.month,
    level,
    deviation: value - level,
    before: state[1]! + along[1]! * missed,
  }
}

/** The log level month after month from a drawn state, the first after one month. @param shocks standard normal. */
export function momentumPath(
  start: MomentumStart,
  shocks: ArrayLike<number>,
  into: Float64Array,
): Float64Array {
  const { first, second, noise, level } = start
  let { deviation, before } = start
  for (let m = 0; m < into.length; m++) {
    const next = first * deviation + second * before + noise * shocks[m]!
    before = deviation
    deviation = next
    into[m] = level + next
  }
  return into
}

/**
 * Constants of a month whose three steps have the roots of a quarter's, and the same variance of a first change.
 *
 * Example: ρ = .85 and θ = .45 have complex roots of modulus .671 and argument 14.4°: in a month .875 and 4.8°, that is
 * `z′ = 1.745 z − .766 z₋₁`, and a spread of .4 is a noise of .132.
 */
export function monthly(rho: number, theta: number, spread: number): MonthlyConstants {
  const sum = rho + theta
  const half = sum / 2
  const square = half * half - theta
  let first: number
  let second: number
  if (square < 0) {
    const modulus = Math.sqrt(theta) ** (1 / 3)
    first = 2 * modulus * Math.cos(Math.acos(Math.min(1, half / Math.sqrt(theta))) / 3)
    second = -(modulus * modulus)
  } else {
    const roots = [half + Math.sqrt(square), half - Math.sqrt(square)].map(
      root => Math.max(0, root) ** (1 / 3),
    )
    first = roots[0]! + roots[1]!
    second = -roots[0]! * roots[1]!
  }
  return { first, second, noise: spread / Math.hypot(1, first, first * first + second) }
}

function picked(cells: readonly MomentumCell[], uniform: number): MomentumCell {
  let reached = 0
  for (const cell of cells) {
    reached += cell.weight
    if (uniform < reached) return cell
  }
  return cells.at(-1)!
}

function priorLog(rho: number, theta: number, spread: number): number {
  const { rho: r, theta: t, spread: s } = MOMENTUM_PRIOR
  const strength = (r.mean * (1 - r.mean)) / r.spread ** 2 - 1
  return (
    (r.mean * strength - 1) * Math.log(rho) +
    ((1 - r.mean) * strength - 1) * Math.log(1 - rho) -
    0.5 * ((theta - t.mean) / t.spread) ** 2 -
    0.5 * (Math.log(spread / s.mean) / s.logSpread) ** 2
  )
}

function filter(
  { first, second, noise }: MonthlyConstants,
  byStep: ReadonlyMap<number, readonly LevelSighting[]>,
  steps: number,
  levelMean: number,
): { state: Pick<MomentumCell, 'mean' | 'covariance'>; logLikelihood: number } {
  const { level, drift } = MOMENTUM_PRIOR
  // Before anything is seen the deviation may be anywhere within a factor of about four.
  const wide = 0.75 ** 2
  let [z, before, mu] = [0, 0, levelMean]
  let [zz, zb, zm, bb, bm, mm] = [wide, wide * 0.95, 0, wide, 0, level.spread ** 2]
  let logLikelihood = 0
  for (let step = 0; step < steps; step++) {
    if (step > 0) {
      ;[z, before] = [first * z + second * before, z]
      const nextZz = first * first * zz + 2 * first * second * zb + second * second * bb + noise * noise
      const nextZb = first * zz + second * zb
      const nextZm = first * zm + second * bm
      ;[bb, bm, zz, zb, zm] = [zz, zm, nextZz, nextZb, nextZm]
      mm += drift ** 2 / 3
    }
    for (const { value, error, kind } of byStep.get(step) ?? []) {
      const shared = [zz + zm, zb + bm, zm + mm] as const
      const variance = shared[0] + shared[2] + error * error
      const innovation = value - z - mu
      // A bound that is already respected says next to nothing here; one that is not counts as the value it names.
      if (
        (kind === 'below' && innovation > Math.sqrt(variance)) ||
        (kind === 'above' && -innovation > Math.sqrt(variance))
      )
        continue
      logLikelihood -= 0.5 * (Math.log(2 * Math.PI * variance) + (innovation * innovation) / variance)
      const gains = shared.map(one => one / variance) as [number, number, number]
      z += gains[0] * innovation
      before += gains[1] * innovation
      mu += gains[2] * innovation
      zz -= gains[0] * shared[0]
      zb -= gains[0] * shared[1]
      zm -= gains[0] * shared[2]
      bb -= gains[1] * shared[1]
      bm -= gains[1] * shared[2]
      mm -= gains[2] * shared[2]
    }
  }
  return {
    state: { mean: [z, before, mu], covariance: Float64Array.of(zz, zb, zm, zb, bb, bm, zm, bm, mm) },
    logLikelihood,
  }
}
