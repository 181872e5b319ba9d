import { addDays } from '../pure/calendar/day.ts'
import { type Decision, firstEffect, parametersOn, type RangeEnd } from '../pure/figures/lever.ts'
import { type Hall, type SlotCalendar, slotsOver } from './hall-capacity.ts'
import type { WaitParameters } from './lever.ts'

/** The halls of a department day by day under the decisions taken, ready for `projectWaits`. */
export interface WaitDays {
  /** Requests that each hall can receive on each calendar day. */
  slots: ReadonlyMap<string, Float64Array>
  sharedShare: Float64Array
}

/** Slots and sharing of each day of a calendar, each decision acting from its first effect. */
export function waitsUnderDecisions(
  start: WaitParameters,
  decisions: readonly Decision<WaitParameters>[],
  calendar: SlotCalendar,
  end: RangeEnd = 'central',
): WaitDays {
  // Parameters only change when a decision begins or ends: between two such days they are one object.
  const changes = new Set(
    decisions.flatMap(one => [firstEffect(one), ...(one.until === undefined ? [] : [addDays(one.until, 1)])]),
  )
  const sharedShare = new Float64Array(calendar.days.length)
  let current = start
  const onDay = calendar.days.map((day, i) => {
    if (i === 0 || changes.has(day)) current = parametersOn(day, start, decisions, end)
    sharedShare[i] = current.sharedShare
    return current
  })
  return {
    slots: new Map([...start.halls.keys()].map(code => [code, slotsOver(calendar, hallOver(onDay, code))])),
    sharedShare,
  }
}

/** A hall on each day, looked up again only when the parameters change. */
function hallOver(onDay: readonly WaitParameters[], code: string): (index: number) => Hall {
  let known: WaitParameters | undefined
  let hall: Hall
  return index => {
    if (onDay[index] !== known) {
      known = onDay[index]!
      hall = known.halls.get(code)!
    }
    return hall
  }
}
