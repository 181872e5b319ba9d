import { addDays, type Day, dayNumber, isDay, weekday } from '../pure/calendar/day.ts'

/** A free slot, by the minute of local clocks: `2026-12-01T10:00`. */
export type Slot = string

const WRITTEN =
  /^(\d{4}-\d{2}-\d{2})[T ]([01]\d|2[0-3]):([0-5]\d)(?::[0-5]\d(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?$/i

/**
 * Reads the answer to `/availableTimeSlots`: the slots of each point, each once, in order. A point that is absent has no
 * slot, as one with an empty list; a slot that cannot be read is left out. A point is `undefined` when nothing of what is
 * said of it can be read, and so is everything when the answer is not what the contract says: it then tells nothing, which
 * is not that there is no slot.
 */
export function readSlots(
  answer: unknown,
  points: readonly string[],
): Map<string, Slot[] | undefined> | undefined {
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) return undefined
  const isList = (value: unknown) => value === null || Array.isArray(value)
  const isAbout = points.some(point => Object.hasOwn(answer, point))
  // `{ "error": … }` under a status of 200.
  if (!isAbout && !Object.values(answer).every(isList)) return undefined
  return new Map(
    points.map(point => [point, Object.hasOwn(answer, point) ? slotsOf(Reflect.get(answer, point)) : []]),
  )
}

function slotsOf(listed: unknown): Slot[] | undefined {
  if (listed === null) return []
  if (!Array.isArray(listed)) return undefined
  const read = new Set<Slot>()
  for (const item of listed) {
    const written: unknown = typeof item === 'object' && item !== null ? Reflect.get(item, 'datetime') : item
    const slot = typeof written === 'string' ? readSlot(written.trim()) : undefined
    if (slot !== undefined) read.add(slot)
  }
  return read.size === 0 && listed.length > 0 ? undefined : [...read].sort()
}

/**
 * The local minute of a slot. Editors write local clocks under « Z », so that it says nothing; an explicit offset is
 * honoured: `2026-07-01T22:30+00:00` is half past midnight in Paris, on 2 July.
 */
export function readSlot(written: string): Slot | undefined {
  const [, day = '', hour, minute, zone] = WRITTEN.exec(written) ?? []
  if (!isDay(day)) return undefined
  if (zone === undefined || zone.toUpperCase() === 'Z') return `${day}T${hour}:${minute}`
  const sign = zone.startsWith('-') ? -1 : 1
  const offset = sign * (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(-2)))
  const utc = dayNumber(day) * 1_440 + Number(hour) * 60 + Number(minute) - offset
  return clockAt(utc + parisOffset(utc))
}

function clockAt(minutes: number): Slot {
  const [day, left] = [Math.floor(minutes / 1_440), ((minutes % 1_440) + 1_440) % 1_440]
  const two = (number: number) => String(number).padStart(2, '0')
  return `${addDays('1970-01-01', day)}T${two(Math.floor(left / 60))}:${two(left % 60)}`
}

/**
 * Minutes that clocks of Paris are ahead of UTC: 120 from the last Sunday of March at 01:00 UTC to the last Sunday of
 * October at 01:00 UTC, and 60 otherwise (directive 2000/84/CE). On 29 March 2026 at 00:59 UTC 60, at 01:00 UTC 120.
 */
export function parisOffset(utcMinutes: number): number {
  const year = addDays('1970-01-01', Math.floor(utcMinutes / 1_440)).slice(0, 4)
  const change = (month: string) => dayNumber(lastSunday(`${year}-${month}-31`)) * 1_440 + 60
  return utcMinutes >= change('03') && utcMinutes < change('10') ? 120 : 60
}

function lastSunday(lastDay: Day): Day {
  return addDays(lastDay, -(weekday(lastDay) % 7))
}
