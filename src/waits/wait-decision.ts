import { addDays, type Day, dayNumber, dayOfNumber } from '../pure/calendar/day.ts'
import {
  addMonths,
  firstDay,
  lastDay,
  monthNumber,
  monthOf,
  monthsOfQuarter,
  type Quarter,
  quartersBetween,
} from '../pure/calendar/period.ts'
import { type Decision, firstEffect, parametersOn, type RangeEnd } from '../pure/figures/lever.ts'
import { changeEffect } from '../pure/numerics/queues/responsive-queue.ts'
import { type PathBand, pathBand } from '../pure/numerics/series/path-band.ts'
import { weekCapacity } from './hall-capacity.ts'
import type { HallOffer } from './hall-offer.ts'
import type { WaitParameters } from './lever.ts'
import { queueAt } from './wait-futures.ts'
import { quarterValues, type WaitNow } from './wait-now.ts'
import type { FutureQueue } from './wait-pool.ts'

/** What decisions change at a place in each month: the log of its slots, the share of users who take the shortest wait. */
export interface MonthlyChange {
  slots: Float64Array
  sharedShare: Float64Array
}

/**
 * What decisions change at some halls taken together, month by month from the one of a day on, on the mean of its days.
 *
 * Example: two halls of 60 slots a week, one of which receives a second station: log(180 ÷ 120) = .405 for the two.
 */
export function monthlyChange(
  offers: readonly HallOffer[],
  decisions: readonly Decision<WaitParameters>[],
  { from, months, end = 'central' }: { from: Day; months: number; end?: RangeEnd },
): MonthlyChange {
  const open = offers.filter(offer => !offer.withoutAppointment)
  const start: WaitParameters = {
    halls: new Map(open.map(({ insee, hall }) => [insee, hall])),
    sharedShare: 0,
  }
  // Parameters only change when a decision begins or ends: between two such days they are one object.
  const changes = new Set(
    decisions.flatMap(one => [firstEffect(one), ...(one.until ? [addDays(one.until, 1)] : [])]),
  )
  const perWeek = ({ halls }: WaitParameters) =>
    total([...halls.values()].map(hall => weekCapacity(hall).requests))
  const before = perWeek(start)
  const slots = new Float64Array(months)
  const sharedShare = new Float64Array(months)
  let parameters: WaitParameters | undefined
  let now = before
  for (let m = 0; m < months; m++) {
    const month = addMonths(monthOf(from), m)
    const [first, last] = [dayNumber(firstDay(month)), dayNumber(lastDay(month))]
    let offered = 0
    let shared = 0
    for (let number = first; number <= last; number++) {
      const day = dayOfNumber(number)
      if (parameters === undefined || changes.has(day)) {
        parameters = parametersOn(day, start, decisions, end)
        now = perWeek(parameters)
      }
      offered += now
      shared += parameters.sharedShare
    }
    const days = last - first + 1
    slots[m] = before > 0 && offered > 0 ? Math.log(offered / days / before) : 0
    sharedShare[m] = shared / days
  }
  return { slots, sharedShare }
}

/**
 * The futures of a place from the month of its day on, under a change: each keeps its draws, and moves by what the change
 * does to its queue, the answer of the others included. Sharing bookings brings a hall closer to its department by as much
 * as its users are free to choose: it adds no slot, so that the department as a whole waits the same.
 */
export function withChange(now: WaitNow, { slots, sharedShare }: MonthlyChange): WaitNow {
  const { futures } = now
  const at = presentIndex(now)
  const months = slots.length
  const added = slots.map((level, m) => level - (slots[m - 1] ?? 0))
  const moved = added.some(step => step !== 0)
  const effects = futures.paths.map((_, p) => {
    const effect = moved ? slotsEffect(queueAt(futures, p, at), added) : new Float64Array(months)
    const distance = futures.ownDistance?.[p] ?? 0
    for (let m = 0; m < months; m++) effect[m]! -= sharedShare[m]! * distance
    return effect
  })
  const changed = (paths: readonly Float64Array[]) =>
    paths.map((path, p) =>
      path.slice(0, at + months).map((days, i) => {
        const effect = i < at ? 0 : effects[p]![i - at]!
        // A place that waits less than a day already gains nothing: held where every wait is.
        return effect === 0 ? days : Math.min(730, Math.max(1, days * Math.exp(effect)))
      }),
    )
  return {
    ...now,
    futures: {
      ...futures,
      paths: changed(futures.paths),
      firstSlot: futures.firstSlot && changed(futures.firstSlot),
    },
  }
}

/** Days gained in each quarter, future by future: the wait when nothing is decided less the wait under a change. */
export function daysGained(
  base: WaitNow,
  changed: WaitNow,
  from: Quarter,
  to: Quarter,
): { quarter: Quarter; gained: PathBand; byPath: Float64Array }[] {
  return quartersBetween(from, to).map(quarter => {
    const ahead = Math.max(0, monthNumber(monthsOfQuarter(quarter)[0]) - monthNumber(base.futures.first))
    const [before, after] = [base, changed].map(one => quarterValues(one.futures.paths, ahead))
    const byPath = before!.map((days, p) => days - after![p]!)
    return { quarter, gained: pathBand(byPath, 0), byPath }
  })
}

/** What slots added do to the log wait of a queue, its demand going on as it does. */
export function slotsEffect(queue: FutureQueue, slots: Float64Array): Float64Array {
  const { response, noise, demand } = queue
  return changeEffect(queue, response, noise, { without: { demand }, change: { slots } }, slots.length)
}

/** Index, among the months of its futures, of the month of the day as of which a place is told. */
export function presentIndex({ asOf, futures }: WaitNow): number {
  return Math.max(0, monthNumber(monthOf(asOf)) - monthNumber(futures.first))
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0)
}
