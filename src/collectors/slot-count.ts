import { addDays, type Day, daysBetween } from '../pure/calendar/day.ts'
import { addMonths, firstDay, lastDay, monthOf, monthsBetween } from '../pure/calendar/period.ts'
import { CAUSES, type Cause, HORIZON_MONTHS, type Reason, type SlotState } from './collector.ts'
import type { ReadPoints } from './meeting-point.ts'
import type { Slot } from './slot.ts'

/** Days within which open slots are counted. */
export const WINDOWS = [7, 30, 90] as const

/** What one reading knows of a point and a reason; counts are `undefined` where a month could not be read. */
export interface SlotCount {
  state: SlotState
  cause: Cause | undefined
  /** Days from the reading to the first free slot. */
  firstSlotDays: number | undefined
  /** Slots open within `WINDOWS`, in their order: a lower bound of what is left, not a capacity. */
  open: readonly (number | undefined)[]
}

/** What a reading of an editor told. */
export interface EditorReading {
  /** What kept the points from being read; everything else is then empty. */
  cause: Cause | undefined
  read: ReadPoints
  /** What is known of each point and reason, under the number of the point at its editor. */
  counts: { editorId: string; reason: Reason; count: SlotCount }[]
  calls: number
}

/** A stretch of days asked for in one call, both ends included. */
export interface Stretch {
  from: Day
  to: Day
}

/** Last day looked at: the same day six months later, or the last of its month (from 31 August 2026, 28 February 2027). */
export function horizonOf(day: Day): Day {
  const month = addMonths(monthOf(day), HORIZON_MONTHS)
  const last = lastDay(month)
  const same = `${month}${day.slice(7)}`
  return same < last ? same : last
}

/** The months from a day to its horizon, the first and the last cut: three months at once time out at some editors. */
export function stretchesFrom(day: Day): Stretch[] {
  const horizon = horizonOf(day)
  return monthsBetween(monthOf(day), monthOf(horizon)).map(month => ({
    from: month === monthOf(day) ? day : firstDay(month),
    to: month === monthOf(horizon) ? horizon : lastDay(month),
  }))
}

/** What one call told of a point: its slots, or why it has none to tell. */
export type Told = { slots: readonly Slot[] } | { cause: Cause }

/**
 * Counts what the months of a reading told of a point, in their order, from a minute (or the whole day) of its own clocks:
 * slots before it are gone. A month that could not be read hides the first
 * slot unless an earlier one had it; reading may stop once the first slot and the last window are known.
 */
export function countSlots(now: string, stretches: readonly Stretch[], told: readonly Told[]): SlotCount {
  const day = now.slice(0, 10)
  const slots = new Set<Slot>()
  let until = addDays(day, -1)
  let cause: Cause | undefined
  for (const [i, one] of told.entries()) {
    const { from, to } = stretches[i]!
    if ('cause' in one) {
      cause = one.cause
      break
    }
    // Some editors answer beyond what they were asked; a slot in UTC is a day later in Paris.
    const [first, last] = [addDays(from, -1), addDays(to, 1)]
    for (const slot of one.slots) {
      const of = slot.slice(0, 10)
      const isGone = of < day || (slot > of && slot < now)
      if (of >= first && of <= last && !isGone && of <= horizonOf(day)) slots.add(slot)
    }
    until = to
  }
  const days = [...slots].map(slot => daysBetween(day, slot.slice(0, 10))).sort((a, b) => a - b)
  const known = daysBetween(day, until)
  const open = WINDOWS.map(window =>
    window <= known ? days.filter(distance => distance <= window).length : undefined,
  )
  if (days[0] !== undefined) return { state: 'read', cause, firstSlotDays: days[0], open }
  if (cause !== undefined)
    return { state: CAUSES[cause].state, cause, firstSlotDays: undefined, open: WINDOWS.map(() => undefined) }
  return { state: 'no-slot-within-horizon', cause, firstSlotDays: undefined, open }
}

/** Whether more months would tell nothing more: the first slot is known, and the last window is read. */
export function isKnown(now: string, stretches: readonly Stretch[], told: readonly Told[]): boolean {
  const last = stretches[told.length - 1]
  if (told.some(one => 'cause' in one)) return true
  return (
    last !== undefined &&
    daysBetween(now.slice(0, 10), last.to) >= WINDOWS.at(-1)! &&
    countSlots(now, stretches, told).state === 'read'
  )
}
