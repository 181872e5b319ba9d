import { largest } from '../extremes.ts'
import { cumulative, timesToClear } from './fluid-queue.ts'

/** Files of the same age, in whole days since they arrived. */
export interface Cohort {
  ageDays: number
  count: number
}

/** Files that enter at once on a day of the run; without `ageDays` their clock starts that day. */
export interface Injection {
  day: number
  count: number
  ageDays?: number
}

/** What goes into a queue. Day 0 is the first; `capacity` may run on after the last arrival (forward delays). */
export interface FifoRun {
  arrivals: ArrayLike<number>
  capacity: ArrayLike<number>
  initial?: readonly Cohort[]
  injections?: readonly Injection[]
  /** Share of the capacity that takes the newest files first, for all days or for each; 0 is plain first in, first out. */
  expressShare?: number | ArrayLike<number>
}

/** What comes out, one value a day; stocks and ages at the end of the day. */
export interface FifoDays {
  arrived: Float64Array
  issued: Float64Array
  /** Sum over the files issued that day of their age in days. */
  issuedFileDays: Float64Array
  stock: Float64Array
  /** Age of the oldest file in stock, 0 without stock. */
  oldestDays: Float64Array
  /** Days that the capacity from the next day on needs for the stock; `Infinity` beyond the capacity known. */
  forwardDays: Float64Array
}

/**
 * Daily first-in first-out queue of (day of arrival, count). Each day: files arrive, then the capacity takes
 * the newest for its express share and the oldest for the rest.
 *
 * Counts may be fractional; nothing is lost: initial + arrivals + injections = issued + stock.
 * Example: 4 files aged 2 days, 3 arrivals a day, 5 treated a day. Day 0 issues 4 aged 2 and 1 aged 0, day 1
 * issues 2 aged 1 and 3 aged 0, and the queue is empty.
 *
 * @throws RangeError when an age is not a whole number of days, or a share is outside [0, 1].
 */
export function runFifo(run: FifoRun): FifoDays {
  const { arrivals, capacity, initial = [], injections = [], expressShare = 0 } = run
  const days = arrivals.length
  refuse(run)
  const before = largest(
    [...initial.map(c => c.ageDays), ...injections.map(i => (i.ageDays ?? 0) - i.day)],
    0,
  )
  const waiting = new Float64Array(before + days)
  const out = emptyDays(days)
  let stock = 0
  let head = before

  const enter = (slot: number, count: number) => {
    waiting[slot] = waiting[slot]! + count
    stock += count
    if (count > 0 && slot < head) head = slot
  }
  for (const cohort of initial) enter(before - cohort.ageDays, cohort.count)

  for (let day = 0; day < days; day++) {
    const today = before + day
    enter(today, arrivals[day]!)
    let arrived = arrivals[day]!
    for (const injection of injections) {
      if (injection.day !== day) continue
      enter(today - (injection.ageDays ?? 0), injection.count)
      arrived += injection.count
    }
    let issued = 0
    let fileDays = 0
    const take = (slot: number, most: number): number => {
      const here = waiting[slot]!
      // Leaving exactly zero when all is taken keeps the head moving: a remainder of 1e-17 would hold it.
      const taken = here <= most ? here : most
      waiting[slot] = here - taken
      issued += taken
      fileDays += taken * (today - slot)
      stock -= taken
      return taken
    }
    const offered = capacity[day] ?? 0
    let express = offered * (typeof expressShare === 'number' ? expressShare : (expressShare[day] ?? 0))
    let ordinary = offered - express
    // Going down to the oldest, the express share leaves something only when nothing waits any more.
    for (let slot = today; slot >= head && express > 0; slot--) {
      if (waiting[slot]! > 0) express -= take(slot, express)
    }
    while (head <= today) {
      if (waiting[head]! > 0) {
        if (ordinary <= 0) break
        ordinary -= take(head, ordinary)
        if (waiting[head]! > 0) break
      }
      head++
    }
    if (head > today) stock = 0

    out.arrived[day] = arrived
    out.issued[day] = issued
    out.issuedFileDays[day] = fileDays
    out.stock[day] = stock
    out.oldestDays[day] = head > today ? 0 : today - head
  }
  out.forwardDays = forwardDays(out.stock, capacity)
  return out
}

function forwardDays(stock: Float64Array, capacity: ArrayLike<number>): Float64Array {
  const atStart = new Float64Array(stock.length + 1)
  atStart.set(stock, 1)
  return timesToClear(atStart, cumulative(capacity)).subarray(1)
}

function emptyDays(days: number): FifoDays {
  const zeros = () => new Float64Array(days)
  return {
    arrived: zeros(),
    issued: zeros(),
    issuedFileDays: zeros(),
    stock: zeros(),
    oldestDays: zeros(),
    forwardDays: zeros(),
  }
}

function refuse({ initial = [], injections = [], expressShare = 0 }: FifoRun) {
  for (const { ageDays = 0 } of [...initial, ...injections]) {
    if (!Number.isInteger(ageDays) || ageDays < 0)
      throw new RangeError(`not an age in whole days: ${ageDays}`)
  }
  const express = typeof expressShare === 'number' ? [expressShare] : Array.from(expressShare)
  for (const share of express) {
    if (!(share >= 0 && share <= 1)) throw new RangeError(`not a share: ${share}`)
  }
}
