import { addDays, type Day, daysBetween } from '../pure/calendar/day.ts'
import { type Decision, parametersOn, type RangeEnd } from '../pure/figures/lever.ts'
import { dailySlots } from './hall-capacity.ts'
import type { WaitParameters } from './lever.ts'

/** The halls of a department day by day under the decisions taken, ready for `projectWaits`. */
export interface WaitDays {
  /** Requests that each hall can receive on each calendar day. */
  slots: ReadonlyMap<string, Float64Array>
  sharedShare: Float64Array
}

/** Slots and sharing of each day from `from` to `to`, both included, each decision acting from its first effect. */
export function waitsUnderDecisions(
  start: WaitParameters,
  decisions: readonly Decision<WaitParameters>[],
  from: Day,
  to: Day,
  isHoliday: (day: Day) => boolean,
  end: RangeEnd = 'central',
): WaitDays {
  const days = Array.from({ length: Math.max(0, daysBetween(from, to) + 1) }, (_, i) => addDays(from, i))
  const onDay = new Map(days.map(day => [day, parametersOn(day, start, decisions, end)]))
  const slotsOf = (code: string) =>
    dailySlots(day => (onDay.get(day) ?? start).halls.get(code)!, from, to, isHoliday)
  return {
    slots: new Map([...start.halls.keys()].map(code => [code, slotsOf(code)])),
    sharedShare: Float64Array.from(days, day => onDay.get(day)!.sharedShare),
  }
}
