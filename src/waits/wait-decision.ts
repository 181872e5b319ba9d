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
import { groupBy } from '../pure/figures/group-by.ts'
import { type Decision, firstEffect, parametersOn, type RangeEnd } from '../pure/figures/lever.ts'
import { changeEffect } from '../pure/numerics/queues/responsive-queue.ts'
import { type PathBand, pathBand } from '../pure/numerics/series/path-band.ts'
import { sum } from '../pure/numerics/sum.ts'
import { weekCapacity } from './hall-capacity.ts'
import type { HallOffer } from './hall-offer.ts'
import type { WaitParameters } from './lever.ts'
import { queueAt } from './wait-futures.ts'
import { quarterValues, type WaitNow } from './wait-now.ts'
import type { FutureQueue } from './wait-pool.ts'

/** What decisions change at a place in each month. */
export interface MonthlyChange {
  /** Log of the slots of the place taken together. */
  slots: Float64Array
  /** The same for halls that change alike, each with its part of the slots of the place; parts sum to one. */
  parts: { weight: number; slots: Float64Array }[]
  /** Share of the users who take the shortest wait. */
  sharedShare: Float64Array
}

/** Halls whose slots change by the same log within this are followed as one. */
const ALIKE = 0.05

/**
 * What decisions change at some halls, month by month from the one of a day on, on the mean of its days.
 *
 * Example: two halls of 60 slots a week, one of which receives a second station: log(180 ÷ 120) = .405 for the two, and
 * two parts of a half each, of log 2 = .693 and of nothing.
 */
export function monthlyChange(
  offers: readonly HallOffer[],
  decisions: readonly Decision<WaitParameters>[],
  { from, months, end = 'central' }: { from: Day; months: number; end?: RangeEnd },
): MonthlyChange {
  const open = offers.filter(offer => !offer.withoutAppointment && weekCapacity(offer.hall).requests > 0)
  const start: WaitParameters = {
    halls: new Map(open.map(({ insee, hall }) => [insee, hall])),
    sharedShare: 0,
  }
  // Parameters only change when a decision begins or ends: between two such days they are one object.
  const changes = new Set(
    decisions.flatMap(one => [firstEffect(one), ...(one.until ? [addDays(one.until, 1)] : [])]),
  )
  const perWeek = ({ halls }: WaitParameters) =>
    open.map(({ insee }) => weekCapacity(halls.get(insee)!).requests)
  const before = perWeek(start)
  const whole = sum(before)
  const slots = new Float64Array(months)
  const ofHalls = open.map(() => new Float64Array(months))
  const sharedShare = new Float64Array(months)
  let parameters: WaitParameters | undefined
  let now = before
  for (let m = 0; m < months; m++) {
    const month = addMonths(monthOf(from), m)
    const [first, last] = [dayNumber(firstDay(month)), dayNumber(lastDay(month))]
    const days = last - first + 1
    const offered = new Float64Array(open.length)
    for (let number = first; number <= last; number++) {
      const day = dayOfNumber(number)
      if (parameters === undefined || changes.has(day)) {
        parameters = parametersOn(day, start, decisions, end)
        now = perWeek(parameters)
      }
      for (let h = 0; h < open.length; h++) offered[h]! += now[h]! / days
      sharedShare[m]! += parameters.sharedShare / days
    }
    // A sum over days is not exact: what changes nothing must move no future at all.
    const log = (then: number, was: number) =>
      then > 0 && was > 0 && Math.abs(then / was - 1) > 1e-9 ? Math.log(then / was) : 0
    slots[m] = log(sum(offered), whole)
    for (let h = 0; h < open.length; h++) ofHalls[h]![m] = log(offered[h]!, before[h]!)
  }
  const alike = groupBy(
    ofHalls.map((own, h) => ({ own, weight: before[h]! / whole })),
    ({ own }) => own.map(level => Math.round(level / ALIKE)).join(' '),
  )
  return {
    slots,
    sharedShare,
    parts: [...alike.values()].map(group => {
      const weight = group.reduce((sum, one) => sum + one.weight, 0)
      const mean = (m: number) => group.reduce((sum, one) => sum + one.weight * one.own[m]!, 0) / weight
      return { weight, slots: Float64Array.from({ length: months }, (_, m) => mean(m)) }
    }),
  }
}

/**
 * The futures of a place from the month of its day on, under a change: each keeps its draws, and moves by what the change
 * does to the queues of its halls, the answer of the others included. Users stay with their hall, so that one hall's slots
 * shorten the wait of a department by its own part alone, but for the share of them who take the shortest wait: for these
 * all slots are one queue, and the halls come as much closer to their department.
 */
export function withChange(now: WaitNow, { slots, parts, sharedShare }: MonthlyChange): WaitNow {
  const { futures } = now
  const at = presentIndex(now)
  const months = slots.length
  const shares = sharedShare.some(share => share > 0)
  const moving = parts.filter(part => part.slots.some(level => level !== 0))
  const together = shares && parts.length > 1 && moving.length > 0
  const effects = futures.paths.map((_, p) => {
    const queue = queueAt(futures, p, at)
    const ofParts = moving.map(part => slotsEffect(queue, added(part.slots)))
    const pooled = together ? slotsEffect(queue, added(slots)) : undefined
    const distance = futures.ownDistance?.[p] ?? 0
    return Float64Array.from({ length: months }, (_, m) => {
      // As a change from one, so that what changes nothing yet moves no future by the last bit of a sum of weights.
      const alone = Math.log1p(
        moving.reduce((sum, part, i) => sum + part.weight * Math.expm1(ofParts[i]![m]!), 0),
      )
      const share = sharedShare[m]!
      return (1 - share) * alone + share * (pooled?.[m] ?? alone) - share * distance
    })
  })
  return movedBy(now, effects)
}

/**
 * The futures of a place when the log of its demand moves in each month, the first that of its day: demand counts for as much
 * as the queue does among the models of the wait, as the projected demand itself.
 */
export function withDemand(now: WaitNow, moves: readonly Float64Array[]): WaitNow {
  const { futures } = now
  const at = presentIndex(now)
  const weights = moves[0]!.map((_, m) => futures.queueWeights[at + m] ?? 0)
  const effects = futures.paths.map((_, p) => {
    const { response, noise, demand, ...start } = queueAt(futures, p, at)
    const move = added(moves[p % moves.length]!)
    const moved = demand.map((growth, m) => growth + (move[m] ?? 0))
    const question = { without: { demand }, change: { demand: moved } }
    return changeEffect(start, response, noise, question, move.length).map((log, m) => weights[m]! * log)
  })
  return movedBy(now, effects)
}

/** The futures of a place, each moved in log from the month of its day on. */
function movedBy(now: WaitNow, effects: readonly Float64Array[]): WaitNow {
  const { futures } = now
  const at = presentIndex(now)
  const changed = (paths: readonly Float64Array[]) =>
    paths.map((path, p) =>
      path.slice(0, at + effects[p]!.length).map((days, i) => {
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
function slotsEffect(queue: FutureQueue, slots: Float64Array): Float64Array {
  const { response, noise, demand } = queue
  return changeEffect(queue, response, noise, { without: { demand }, change: { slots } }, slots.length)
}

/** Index, among the months of its futures, of the month of the day as of which a place is told. */
export function presentIndex({ asOf, futures }: WaitNow): number {
  return Math.max(0, monthNumber(monthOf(asOf)) - monthNumber(futures.first))
}

function added(levels: Float64Array): Float64Array {
  return levels.map((level, m) => level - (levels[m - 1] ?? 0))
}
