import { backlogOfTime, backlogPath, cumulative, timesToClear } from '../pure/numerics/queues/fluid-queue.ts'

/**
 * What was seen of the wait at a hall: a wait, a book with no free slot within the days it opens (the wait is at least
 * that), or a hall that receives without appointment (a wait of 0 by design, not a good result).
 */
export type WaitObservation =
  | { kind: 'wait'; days: number }
  | { kind: 'book-full'; atLeastDays: number }
  | { kind: 'no-appointment' }

/** Requests already booked, and how well they are known. */
export interface StartBacklog {
  requests: number
  known: 'inferred' | 'at-least' | 'none-by-design'
}

/**
 * Backlog behind an observed wait: the slots of the days between the floor and the wait. It reads the calendar that
 * follows, so that 30 days of wait before August hide fewer people than 30 days in October.
 *
 * @param slots requests that the hall can receive on each calendar day from the day of observation.
 * @param floorDays shortest wait of the hall even without backlog (notice, choice of the user).
 */
export function startBacklog(
  observation: WaitObservation,
  slots: ArrayLike<number>,
  floorDays: number,
): StartBacklog {
  if (observation.kind === 'no-appointment') return { requests: 0, known: 'none-by-design' }
  const days = observation.kind === 'wait' ? observation.days : observation.atLeastDays
  const requests = backlogOfTime(days - floorDays, cumulative(slots))
  return { requests, known: observation.kind === 'wait' ? 'inferred' : 'at-least' }
}

/** The book of a hall day by day: requests booked on the morning, and wait of a request made then. */
export interface WaitPath {
  backlog: Float64Array
  waitDays: Float64Array
}

/**
 * Wait for an appointment: the time that *future* slots, closures and August included, need to clear the backlog, plus a
 * floor. Never stock ÷ rate: 12,000 requests, 150 slots a day for 31 days then 250, wait 60.4 days.
 *
 * @param demand requests made on each calendar day. @param slots may run on after demand: waits look ahead.
 * @returns one value per day of demand and one after; `Infinity` where the slots known do not suffice.
 */
export function waitPath(
  backlog: number,
  demand: ArrayLike<number>,
  slots: ArrayLike<number>,
  floorDays = 0,
): WaitPath {
  const path = backlogPath(backlog, demand, slots)
  const waitDays = timesToClear(path, cumulative(slots))
  for (let t = 0; t < waitDays.length; t++) waitDays[t] = waitDays[t]! + floorDays
  return { backlog: path, waitDays }
}
