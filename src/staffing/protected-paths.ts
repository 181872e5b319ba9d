import { mean, standardDeviation } from 'simple-statistics'
import { sum } from '../pure/numerics/sum.ts'
import type { Window } from './promise-rows.ts'
import { filesWithin, type Team } from './team.ts'

/**
 * Paths that a plan must hold, by month: the same in every month for a joint promise, those of each month for a monthly
 * one. 1 where the path counts.
 */
export type Protected = readonly Uint8Array[]

/**
 * Files that come in at most from the start of month `u` to the end of month `t` over the protected paths, the stock of
 * the start included when `u` is the first: place `u × months + t`, promised months only.
 *
 * A first-in first-out team is late at the end of `t` exactly when, from some month `u` on, more has come in than it
 * treats up to `t` and within the target after it (Lindley's recursion, unrolled): holding the greatest of these sums
 * holds every protected path.
 *
 * Example: two paths of 10, 30 and 20, 5 files, stock 3: from the first month to the second 43, in the second alone 30.
 */
export function windowMaxima(team: Team, paths: readonly Float64Array[], kept: Protected): Float64Array {
  const months = team.months.length
  const maxima = new Float64Array(months * months).fill(Number.NEGATIVE_INFINITY)
  for (let path = 0; path < paths.length; path++) {
    const demand = paths[path]!
    for (let t = team.unpromisedMonths; t < months; t++) {
      if (kept[t]![path] === 0) continue
      let came = 0
      for (let u = t; u >= 0; u--) {
        came += demand[u]!
        const files = u === 0 ? came + team.startStock : came
        if (files > maxima[u * months + t]!) maxima[u * months + t] = files
      }
    }
  }
  return maxima
}

/** Files of a window beyond what a capacity treats in time; negative when it holds. */
function missing({ from, to, files }: Window, treated: Float64Array, limits: readonly number[]): number {
  return files - (treated[to + 1]! - treated[from]!) - limits[to]!
}

/** For each promised month, the window that a capacity misses most, when it misses any. */
export function missedWindows(team: Team, capacity: Float64Array, maxima: Float64Array): Window[] {
  const months = team.months.length
  const treated = cumulated(capacity, months)
  const limits = limitsOf(team, capacity)
  const missed: Window[] = []
  for (let to = team.unpromisedMonths; to < months; to++) {
    let worst: Window | undefined
    let most = 1e-6 * Math.max(1, limits[to]!)
    for (let from = 0; from <= to; from++) {
      const window = { from, to, files: maxima[from * months + to]! }
      const lacking = missing(window, treated, limits)
      if (lacking > most) {
        most = lacking
        worst = window
      }
    }
    if (worst !== undefined) missed.push(worst)
  }
  return missed
}

function cumulated(capacity: Float64Array, months: number): Float64Array {
  const sums = new Float64Array(months + 1)
  for (let t = 0; t < months; t++) sums[t + 1] = sums[t]! + capacity[t]!
  return sums
}

function limitsOf(team: Team, capacity: Float64Array): number[] {
  return team.months.map((_, t) => filesWithin(team.targetDays, capacity, team.days, t + 1))
}

/** Months of one episode: stock that passes the target in two of them costs once. */
const EPISODE = 12
/** A capacity so much lower tells apart paths that just hold. */
const LOWERED = 0.97
/** Above any number of files. */
const LATE = 1e15

/**
 * The paths cheapest to hold under a capacity, so many of each promised month's: first those that it holds, by what they
 * would lack if it were a little lower, summed over the years that they would be late in (a path above the others for
 * ever costs every year), then those it does not, by what they lack most.
 */
export function easiestPaths(
  team: Team,
  paths: readonly Float64Array[],
  capacity: Float64Array,
  promise: 'joint' | 'monthly',
  dropped: number,
): Protected {
  const { months, unpromisedMonths: first } = team
  const limits = limitsOf(team, capacity)
  const lower = capacity.map(files => files * LOWERED)
  const scores = months.map(() => new Float64Array(promise === 'monthly' ? paths.length : 0))
  const joint = new Float64Array(paths.length)
  for (let path = 0; path < paths.length; path++) {
    const demand = paths[path]!
    let [stock, lowStock] = [team.startStock, team.startStock]
    let worst = Number.NEGATIVE_INFINITY
    let lacked = 0
    let episode = 0
    for (let t = 0; t < months.length; t++) {
      stock = Math.max(0, stock + demand[t]! - capacity[t]!)
      lowStock = Math.max(0, lowStock + demand[t]! - lower[t]!)
      if (t < first) continue
      const beyond = stock - limits[t]!
      const lacking = lowStock - LOWERED * limits[t]!
      if (promise === 'monthly') scores[t]![path] = beyond > HELD ? LATE + beyond : lacking
      if (beyond > worst) worst = beyond
      if (lacking > episode) episode = lacking
      if ((t - first) % EPISODE === EPISODE - 1 || t === months.length - 1) {
        lacked += episode
        episode = 0
      }
    }
    joint[path] = worst > HELD ? LATE + worst : lacked > 0 ? lacked : worst
  }
  const kept = (of: Float64Array) => lowest(of, paths.length - Math.floor(dropped * paths.length))
  if (promise === 'monthly') return scores.map(kept)
  const same = kept(joint)
  return months.map(() => same)
}

/** Files beyond the target that are the dust of a sum. */
const HELD = 1e-3

/** Lengths of the windows over which paths are compared before any plan, in months. */
const SPANS = [2, 4, 12]

/**
 * The paths nearest the mean before any plan is known: each is as hard as its hardest window, in standard deviations of
 * what comes in over it, so that a month that nobody can tell is not made as safe as one that everybody knows.
 */
export function mostUsualPaths(team: Team, paths: readonly Float64Array[], dropped: number): Protected {
  const months = team.months.length
  const scores = new Float64Array(paths.length)
  for (const span of SPANS) {
    for (let to = Math.max(team.unpromisedMonths, span - 1); to < months; to += Math.ceil(span / 2)) {
      const from = to - span + 1
      const sums = paths.map(path => sum(path.subarray(from, to + 1)))
      const [centre, spread] = [mean(sums), standardDeviation(sums)]
      if (spread === 0) continue
      for (const [path, files] of sums.entries())
        scores[path] = Math.max(scores[path]!, (files - centre) / spread)
    }
  }
  const kept = lowest(scores, paths.length - Math.floor(dropped * paths.length))
  return team.months.map(() => kept)
}

/** Marks the lowest scores, so many of them. */
function lowest(scores: Float64Array, count: number): Uint8Array {
  const order = Array.from(scores, (_, i) => i).sort((a, b) => scores[a]! - scores[b]!)
  const kept = new Uint8Array(scores.length)
  for (let i = 0; i < Math.min(count, order.length); i++) kept[order[i]!] = 1
  return kept
}
