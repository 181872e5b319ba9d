import { addDays, type Day, daysBetween } from '../pure/calendar/day.ts'
import { type Month, monthOf } from '../pure/calendar/period.ts'
import { STOCK_AGE_NAMES, STOCK_AGES, type StockAge } from '../pure/figures/stock-age.ts'
import { quantilesOf } from '../pure/numerics/quantiles.ts'
import { backwardDelay, forwardDelay } from '../pure/numerics/queues/fifo-delay.ts'
import { type Cohort, type FifoDays, runFifo } from '../pure/numerics/queues/fifo-queue.ts'
import { cumulative } from '../pure/numerics/queues/fluid-queue.ts'
import { sum } from '../pure/numerics/sum.ts'
import type { FlowBand, FlowPoint } from './cert-answer.ts'

/** Town halls whose requests a centre receives, seen as one counter. */
export interface Counters {
  /** Requests waiting for an appointment on the first morning. */
  backlog: number
  /** What slots that are only supposed are multiplied by on each future, with those who wait. */
  levels?: readonly number[]
  /** Requests that the counters take on each calendar day. */
  slots: ArrayLike<number>
}

/** A centre and what comes to it along one future. Files and days; lists start on `from`. */
export interface Flow {
  from: Day
  /** Last day told; capacity may be known further. */
  to: Day
  months: readonly Month[]
  /** Requests of each month, one list a future. */
  requests: readonly ArrayLike<number>[]
  /** `undefined` for a title asked for online: what is asked comes at once. */
  counters: Counters | undefined
  /** Files examined at most on each day, from `from` on. */
  capacity: ArrayLike<number>
  /** What those who join examine besides. */
  joining?: ArrayLike<number> | undefined
  /** What a team that is only supposed to keep up is multiplied by on each future. */
  levels?: readonly number[] | undefined
  /** Files in stock on the first morning; counted, they are the same on each future, supposed they follow `levels`. */
  start: readonly Cohort[]
  startCounted?: boolean
  targetDays: number
  /** Part of its month that comes on each day told (`workingDayShares`). */
  shares: Float64Array
}

/** A period told: its name and its days, both included. */
export interface FlowPeriod {
  period: string
  first: Day
  last: Day
}

/**
 * Requests that pass the counters: each day those that wait and those that come, at most the slots. The queue at the
 * counters throttles the centre, and new slots send it a wave until the queue is gone. Example: 10 waiting, 5 a day,
 * 8 slots: 8, 8, 8, 6, 5.
 */
export function deposits(requests: ArrayLike<number>, { backlog, slots }: Counters): Float64Array {
  let waiting = backlog
  return Float64Array.from(requests, (asked, day) => {
    const passed = Math.min(waiting + asked, slots[day] ?? 0)
    waiting += asked - passed
    return passed
  })
}

/** A longer wait ahead means no capacity, and no answer holds an infinity: ten years. */
export const LONGEST_AHEAD = 3_650

/** The flow of a centre by period: what comes, what is decided, what waits and for how long, over all futures. */
export function flowOf(flow: Flow, periods: readonly FlowPeriod[]): FlowPoint[] {
  const arriving = arrivalsOf(flow)
  const runs = arriving.map((arrivals, future) => {
    const level = flow.startCounted ? 1 : (flow.levels?.[future] ?? 1)
    const initial = flow.start.map(({ ageDays, count }) => ({ ageDays, count: level * count }))
    const run = runFifo({ arrivals, capacity: capacityOf(flow, future, arrivals), initial })
    return { run, inTime: withinTarget(run, initial, flow.targetDays), initial }
  })
  return periods.map(({ period, first, last }) => {
    const a = daysBetween(flow.from, first)
    const b = daysBetween(flow.from, last)
    const over = (read: (one: (typeof runs)[number]) => number) => band(runs.map(read))
    const some = (read: (one: (typeof runs)[number]) => number | undefined) => {
      const values = runs.map(read).filter(value => value !== undefined)
      return values.length === runs.length ? band(values) : null
    }
    const within = (values: Float64Array) => sum(values.subarray(a, b + 1))
    const aged = runs.map(one => stockAges(one.run, one.initial, b))
    const age = (name: StockAge) => band(aged.map(stock => stock[name]))
    return {
      period,
      startStock: over(({ run, initial }) => (a === 0 ? filesOf(initial) : run.stock[a - 1]!)),
      receipts: over(({ run }) => within(run.arrived)),
      decisions: over(({ run }) => within(run.issued)),
      stock: over(({ run }) => run.stock[b]!),
      stockByAge: Object.fromEntries(STOCK_AGE_NAMES.map(name => [name, age(name)])) as Record<
        StockAge,
        FlowBand
      >,
      forwardDelay: over(({ run }) => Math.min(LONGEST_AHEAD, forwardDelay(run, a, b))),
      backwardDelay: some(({ run }) => backwardDelay(run, a, b)),
      shareWithinTarget: some(({ run, inTime }) => {
        const issued = within(run.issued)
        return issued > 0 ? Math.min(1, within(inTime) / issued) : undefined
      }),
    }
  })
}

/**
 * Files examined at most on each day of a future. A supposed team that is ahead lends its agents rather than going below
 * the stock of the start: only agents whom somebody counted, and those who join, are known to be too many.
 * Example: 10 come each day, a supposed team could examine 12: it examines 10.
 */
function capacityOf({ capacity, joining, levels }: Flow, future: number, arrivals: ArrayLike<number>) {
  const level = levels?.[future]
  let behind = 0
  return Float64Array.from(capacity, (files, day) => {
    const coming = arrivals[day]
    if (level === undefined || coming === undefined) return (level ?? 1) * files + (joining?.[day] ?? 0)
    const examined = Math.min(level * files, behind + coming)
    behind += coming - examined
    return examined + (joining?.[day] ?? 0)
  })
}

/** Files that come on each day, one list a future: what is asked, once past the counters. */
function arrivalsOf({ from, months, requests, counters, shares }: Flow): Float64Array[] {
  const monthAt = Array.from(shares, (_, i) => months.indexOf(monthOf(addDays(from, i))))
  return requests.map((counts, future) => {
    const asked = Float64Array.from(shares, (share, i) => share * (counts[monthAt[i]!] ?? 0))
    if (counters === undefined) return asked
    const level = counters.levels?.[future] ?? 1
    const { backlog, slots } = counters
    return deposits(asked, { backlog: level * backlog, slots: Float64Array.from(slots, one => level * one) })
  })
}

/** Files issued each day at an age of at most so many days, first in, first out. */
function withinTarget(run: FifoDays, start: Flow['start'], target: number): Float64Array {
  const arrived = cumulative(run.arrived)
  let issued = 0
  return run.issued.map((count, day) => {
    const before = issued
    issued += count
    // Files that came more than `target` days ago.
    const born = day - target
    const old = filesOf(start.filter(({ ageDays }) => ageDays > -born)) + (born > 0 ? arrived[born]! : 0)
    return Math.max(0, issued - Math.max(before, old))
  })
}

function filesOf(cohorts: readonly Cohort[]): number {
  return sum(cohorts.map(({ count }) => count))
}

/** Files in stock by age at the end of a day: first in, first out, they are the last that came. */
function stockAges(run: FifoDays, start: Flow['start'], day: number): Record<StockAge, number> {
  let left = run.stock[day]!
  const ages: Record<StockAge, number> = { upTo7: 0, upTo14: 0, upTo30: 0, upTo60: 0, over: 0 }
  const add = (age: number, files: number) => {
    const taken = Math.min(left, files)
    left -= taken
    ages[STOCK_AGE_NAMES.find(one => age <= STOCK_AGES[one].most) ?? 'over'] += taken
  }
  for (let back = 0; back <= day && left > 0; back++) add(back, run.arrived[day - back]!)
  for (const { ageDays, count } of [...start].sort((a, b) => a.ageDays - b.ageDays)) {
    if (left > 0) add(ageDays + day, count)
  }
  // The dust of sums over a year stays with the oldest.
  ages.over += left
  return ages
}

function band(values: readonly number[]): FlowBand {
  const { p05, p50, p95 } = quantilesOf(Float64Array.from(values))
  return { mean: sum(values) / values.length, p05, p50, p95 }
}
