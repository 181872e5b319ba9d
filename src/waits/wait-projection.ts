import { daysInPeriod, type Month, type Quarter } from '../pure/calendar/period.ts'
import { smallest } from '../pure/numerics/extremes.ts'
import { cumulative, meanTimesToClear, timesToClear } from '../pure/numerics/queues/fluid-queue.ts'
import { type PathBand, pathBand } from '../pure/numerics/series/path-band.ts'
import { dailyDemand, meanIn, quarterSpans } from './projection-days.ts'
import { sharedBacklogs } from './shared-queue.ts'
import type { StartBacklog } from './wait.ts'

/** A hall to project from the first day of the first month. */
export interface HallForecast {
  hall: string
  start: StartBacklog
  /** Requests that it can receive on each calendar day; should run on well after the last month. */
  slots: ArrayLike<number>
  /** Requests made each month, later ones left aside, one list per path; path n of every hall is of the same future. */
  demand: readonly ArrayLike<number>[]
  floorDays: number
}

/** What to project, for which months, against which wait. */
export interface WaitQuestion {
  months: readonly Month[]
  halls: readonly HallForecast[]
  /** Share of the users who take the shortest wait of the department, for all days or for each; 0, each hall alone. */
  sharedShare?: number | ArrayLike<number>
  /** Wait that should not be passed; 30 days was asked of prefects for early 2023. */
  limitDays: number
  /** Only the last quarters are told, so many of them; all when absent. */
  lastQuarters?: number | undefined
}

/** Bands of the mean wait of requests made in a quarter, every day counting the same. */
export interface WaitQuarterBand {
  quarter: Quarter
  wait: PathBand
}

/** The projection of a hall, or why there is none. */
export type HallProjection =
  | {
      hall: string
      quarters: WaitQuarterBand[]
      /** Share of the paths in which at least one quarter told passes the limit. */
      probabilityEverOver: number
      /** The start was a lower bound: waits can only be longer. */
      atLeast: boolean
    }
  | { hall: string; reason: 'no-appointment' | 'no-slots' }

/** Waits of a department: each hall, their means, and the bound of one queue for all. */
export interface WaitProjection {
  halls: HallProjection[]
  /** Plain mean of the halls that take appointments, and mean weighted by their requests. */
  meanOfHalls: WaitQuarterBand[]
  meanOfRequests: WaitQuarterBand[]
  /** All slots and all requests in one queue: what perfect sharing would reach, never less. */
  pooled: WaitQuarterBand[]
  limitDays: number
  /** Share of the users who take the shortest wait on the last day. */
  sharedShare: number
  paths: number
}

/**
 * Projects the wait of each hall along each path of demand, with two bounds: each hall alone (users go to their own) and
 * all pooled (users always find the shortest). Truth is between; the gap is what sharing appointments is worth.
 *
 * Requests of a month are spread evenly over its calendar days: people book on Sundays.
 *
 * @throws RangeError when halls do not have the same number of paths, or a path fewer counts than months.
 */
export function projectWaits(question: WaitQuestion): WaitProjection {
  const { months, sharedShare = 0, limitDays } = question
  const reasonOf = (hall: HallForecast) =>
    hall.start.known === 'none-by-design' ? 'no-appointment' : total(hall.slots) > 0 ? undefined : 'no-slots'
  const halls = question.halls.filter(hall => reasonOf(hall) === undefined)
  const paths = halls[0]?.demand.length ?? 0
  for (const { hall, demand } of halls) {
    if (demand.length !== paths || demand.some(path => path.length < months.length))
      throw new RangeError(`${hall}: not ${paths} paths of ${months.length} months`)
  }
  const reached = halls.map(hall => cumulative(hall.slots))
  const floors = halls.map(hall => hall.floorDays)
  const all = quarterSpans(months)
  const spans = all.slice(-(question.lastQuarters ?? all.length))
  const lengths = months.map(daysInPeriod)
  const days = total(lengths)
  const waits = halls.map(() => spans.map(() => new Float64Array(paths)))
  const [plain, weighted, pooled] = [0, 1, 2].map(() => spans.map(() => new Float64Array(paths)))

  const sharing = shares(sharedShare)
  // A hall alone is its own mean and its own pool.
  const alone = halls.length === 1
  const pool = alone ? undefined : poolOf(reached)
  const start = halls.map(hall => hall.start.requests)
  // What belongs to one path is written over that of the path before: a sheet runs thousands of them.
  const inflow = halls.map(() => ({ perStep: new Float64Array(months.length), lengths }))
  const demand = halls.map(() => new Float64Array(days))
  const times = halls.map(() => new Float64Array(spans.length))
  for (let path = 0; path < paths; path++) {
    for (let h = 0; h < halls.length; h++) {
      const counts = halls[h]!.demand[path]!
      const { perStep } = inflow[h]!
      for (let m = 0; m < lengths.length; m++) perStep[m] = counts[m]! / lengths[m]!
      if (sharing || !alone) dailyDemand(counts, lengths, demand[h]!)
    }
    if (sharing) {
      for (const [h, backlog] of sharedBacklogs(start, demand, reached, sharedShare).entries()) {
        const time = timesToClear(backlog, reached[h]!)
        for (const [q, span] of spans.entries()) times[h]![q] = meanIn(time, span)
      }
    }
    for (let h = 0; h < halls.length; h++) {
      if (!sharing) meanTimesToClear(start[h]!, inflow[h]!, halls[h]!.slots, reached[h]!, spans, times[h]!)
      for (let q = 0; q < spans.length; q++) waits[h]![q]![path] = floors[h]! + times[h]![q]!
    }
    if (pool === undefined) continue
    const perStep = sumOf(
      inflow.map(one => one.perStep),
      months.length,
    )
    const together = meanTimesToClear(total(start), { perStep, lengths }, pool.slots, pool.reached, spans)
    for (const [q, span] of spans.entries()) {
      const means = waits.map(quarters => quarters[q]![path]!)
      const requests = demand.map(daily => meanIn(daily, span))
      plain![q]![path] = total(means) / means.length
      weighted![q]![path] = weightedMean(means, requests)
      pooled![q]![path] = weightedMean(floors, requests) + together[q]!
    }
  }

  const bands = (values: Float64Array[]) =>
    paths === 0 ? [] : spans.map(({ quarter }, q) => ({ quarter, wait: pathBand(values[q]!, limitDays) }))
  const banded = new Map(halls.map((hall, h) => [hall, bands(waits[h]!)]))
  const lone = alone ? banded.get(halls[0]!) : undefined
  return {
    halls: question.halls.map(forecast => {
      const reason = reasonOf(forecast)
      if (reason !== undefined) return { hall: forecast.hall, reason }
      const values = waits[halls.indexOf(forecast)]!
      const ever = Array.from({ length: paths }, (_, path) =>
        values.some(quarter => quarter[path]! > limitDays),
      )
      return {
        hall: forecast.hall,
        quarters: banded.get(forecast)!,
        probabilityEverOver: ever.filter(Boolean).length / paths,
        atLeast: forecast.start.known === 'at-least',
      }
    }),
    meanOfHalls: lone ?? bands(plain!),
    meanOfRequests: lone ?? bands(weighted!),
    pooled: lone ?? bands(pooled!),
    limitDays,
    sharedShare: typeof sharedShare === 'number' ? sharedShare : (sharedShare[days - 1] ?? 0),
    paths,
  }
}

function shares(share: number | ArrayLike<number>): boolean {
  return typeof share === 'number' ? share > 0 : Array.from(share).some(day => day > 0)
}

function poolOf(reached: readonly Float64Array[]): { slots: Float64Array; reached: Float64Array } {
  // Beyond the shortest calendar the pool would be missing a hall: it ends there.
  const days = Math.max(0, smallest(reached.map(r => r.length)) - 1)
  const slots = Float64Array.from({ length: Number.isFinite(days) ? days : 0 }, (_, day) =>
    reached.reduce((sum, r) => sum + r[day + 1]! - r[day]!, 0),
  )
  return { slots, reached: cumulative(slots) }
}

function sumOf(series: readonly Float64Array[], length: number): Float64Array {
  const sum = new Float64Array(length)
  for (const values of series) for (let t = 0; t < length; t++) sum[t] = sum[t]! + values[t]!
  return sum
}

function weightedMean(values: readonly number[], weights: readonly number[]): number {
  const weight = total(weights)
  // An infinite wait where nobody asks must not turn the mean into 0 × ∞.
  return weight > 0
    ? values.reduce((sum, value, i) => (weights[i]! > 0 ? sum + value * weights[i]! : sum), 0) / weight
    : total(values) / values.length
}

function total(values: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i]!
  return sum
}
