import { quantile } from 'simple-statistics'
import { largest } from '../pure/numerics/extremes.ts'
import { quantilesOf } from '../pure/numerics/quantiles.ts'
import type { DelayBand } from './plan-answer.ts'
import { daysFor, filesWithin, type Team } from './team.ts'

/** Share of the paths that are late: in each month, and in at least one promised month. */
export interface Risk {
  monthly: Float64Array
  joint: number
}

/**
 * How late the paths are: the stock follows `Q = max(0, Q + demand − capacity)`. `demands` are files by month once
 * multiplied by `scale`, so that teams may share relative paths.
 */
export function riskOf(
  team: Team,
  capacity: ArrayLike<number>,
  demands: readonly Float64Array[],
  scale = 1,
): Risk {
  const horizon = team.months.length
  const limits = limitsOf(team, capacity)
  const monthly = new Float64Array(horizon)
  let ever = 0
  for (const demand of demands) {
    let stock = team.startStock
    let late = false
    for (let t = 0; t < horizon; t++) {
      stock = Math.max(0, stock + scale * demand[t]! - capacity[t]!)
      if (stock > limits[t]!) {
        monthly[t]!++
        if (t >= team.unpromisedMonths) late = true
      }
    }
    if (late) ever++
  }
  return { monthly: monthly.map(count => count / demands.length), joint: ever / demands.length }
}

/**
 * Whether a capacity is late on at most a share of the paths, in any month or in each as the promise says. It stops at the
 * first path too many: give the paths hardest first.
 */
export function keepsPromise(
  team: Team,
  capacity: ArrayLike<number>,
  demands: readonly Float64Array[],
  promise: 'joint' | 'monthly',
  accepted: number,
): boolean {
  const limits = limitsOf(team, capacity)
  const most = accepted * demands.length + 1e-9
  const late = new Float64Array(promise === 'joint' ? 1 : team.months.length)
  for (const demand of demands) {
    let stock = team.startStock
    for (let t = 0; t < limits.length; t++) {
      stock = Math.max(0, stock + demand[t]! - capacity[t]!)
      if (t < team.unpromisedMonths || stock <= limits[t]!) continue
      if (++late[promise === 'joint' ? 0 : t]! > most) return false
      if (promise === 'joint') break
    }
  }
  return true
}

/** The paths of a list, those that a capacity is latest on first. */
export function hardestFirst(
  team: Team,
  capacity: ArrayLike<number>,
  demands: readonly Float64Array[],
): Float64Array[] {
  const limits = limitsOf(team, capacity)
  const worst = demands.map(demand => {
    let stock = team.startStock
    let most = Number.NEGATIVE_INFINITY
    for (let t = 0; t < limits.length; t++) {
      stock = Math.max(0, stock + demand[t]! - capacity[t]!)
      if (t >= team.unpromisedMonths) most = Math.max(most, stock - limits[t]!)
    }
    return most
  })
  const order = Array.from(demands.keys()).sort((a, b) => worst[b]! - worst[a]!)
  return order.map(i => demands[i]!)
}

/** Stock above which each month is late: a plan that holds its target exactly is not late by the last bit of a sum. */
function limitsOf(team: Team, capacity: ArrayLike<number>): number[] {
  return team.months.map(
    (_, t) => filesWithin(team.targetDays, capacity, team.days, t + 1) * (1 + 1e-9) + 1e-9,
  )
}

/** The risk that a promise speaks of: joint, or that of the worst promised month. */
export function promisedRisk(team: Team, risk: Risk, promise: 'joint' | 'monthly'): number {
  return promise === 'joint' ? risk.joint : largest(risk.monthly.subarray(team.unpromisedMonths))
}

/** Delays at the end of each month over the paths: days that the capacity to come needs for the stock. */
export function delayBands(
  team: Team,
  capacity: ArrayLike<number>,
  demands: readonly Float64Array[],
): DelayBand[] {
  const delays = team.months.map(() => new Float64Array(demands.length))
  const stocks = team.months.map(() => new Float64Array(demands.length))
  for (const [path, demand] of demands.entries()) {
    let stock = team.startStock
    for (let t = 0; t < team.months.length; t++) {
      stock = Math.max(0, stock + demand[t]! - capacity[t]!)
      stocks[t]![path] = stock
      delays[t]![path] = Math.min(LONGEST_DAYS, daysFor(stock, capacity, team.days, t + 1))
    }
  }
  return delays.map((values, t) => ({ ...quantilesOf(values), stock: quantile([...stocks[t]!], 0.5) }))
}

/** Ten years: a longer delay means no capacity, and pages draw no infinity. */
const LONGEST_DAYS = 3650

/** Files beyond the target at the end of the horizon, mean over the paths. */
export function meanExcess(
  team: Team,
  capacity: ArrayLike<number>,
  demands: readonly Float64Array[],
): number {
  const horizon = team.months.length
  const limit = filesWithin(team.targetDays, capacity, team.days, horizon)
  let sum = 0
  for (const demand of demands) {
    let stock = team.startStock
    for (let t = 0; t < horizon; t++) stock = Math.max(0, stock + demand[t]! - capacity[t]!)
    sum += Math.max(0, stock - limit)
  }
  return sum / demands.length
}

/**
 * How much more than the mean to plan for, before any program is solved: the quantile over paths of the greatest ratio,
 * in a promised month, of what has come in to what was expected. A plan that just holds on k × mean without idle months
 * is late exactly on paths whose ratio passes k, so that the quantile at the probability asked starts the search close.
 */
export function safetyGuess(
  team: Team,
  mean: ArrayLike<number>,
  demands: readonly Float64Array[],
  probability: number,
): number {
  const ratios = demands.map(demand => {
    let came = 0
    let expected = 0
    let worst = 0
    for (let t = 0; t < team.months.length; t++) {
      came += demand[t]!
      expected += mean[t]!
      if (t >= team.unpromisedMonths && expected > 0) worst = Math.max(worst, came / expected)
    }
    return worst
  })
  return quantile(ratios, probability)
}
