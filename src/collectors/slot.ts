import { isDay } from '../pure/calendar/day.ts'
import { type Clock, minuteOn, minutesOf, parisOffset } from './local-clock.ts'

/** A free slot, by the minute of local clocks: `2026-12-01T10:00`; its day alone, `2026-12-01`, when no hour is told. */
export type Slot = string

const WRITTEN =
  /^(\d{4}-\d{2}-\d{2})(?:[T ]([01]?\d|2[0-3]):([0-5]\d)(?::[0-5]\d(?:[.,]\d+)?)?\s*(?:Z|([+-])(0\d|1[0-4])(?::?([0-5]\d))?)?(?:\[[^\]]*\])?)?$/i

/** What an answer is read against: which keys are points, and on which clock each lives. */
interface Known {
  isPoint: (id: string) => boolean
  clock: (id: string) => Clock
}

/**
 * Reads the answer to `/availableTimeSlots`: the slots of each point, each once, in order. A point that is absent has no
 * slot, as one with an empty list, as long as the answer speaks of points and of nothing else; a slot that cannot be read
 * is left out. A point is `undefined` when nothing of what is said of it can be read, and so is everything when the answer
 * is not what the contract says: it then tells nothing, which is not that there is no slot.
 */
export function readSlots(
  answer: unknown,
  points: readonly string[],
  { isPoint, clock }: Known = { isPoint: id => points.includes(id), clock: () => parisOffset },
): Map<string, Slot[] | undefined> | undefined {
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) return undefined
  const asked = new Map(points.map(point => [point.toLowerCase(), point]))
  // Some servers write an identifier (UUID) in capitals at one address and in small letters at another.
  const told = new Map<string, unknown>(
    Object.entries(answer).map(([key, value]) => [
      isPoint(key) ? key : (asked.get(key.toLowerCase()) ?? key),
      value,
    ]),
  )
  // `{ "error": … }` under a status of 200, or `{ "errors": ["507"] }` beside the points that could be told.
  const speaksOfElse = [...told].some(([key, value]) => !isPoint(key) && !slotsOf(value, parisOffset)?.length)
  const isAbout = points.some(point => told.has(point))
  if (!isAbout && speaksOfElse) return undefined
  const absent = () => (speaksOfElse ? undefined : [])
  return new Map(
    points.map(point => [point, told.has(point) ? slotsOf(told.get(point), clock(point)) : absent()]),
  )
}

function slotsOf(told: unknown, clock: Clock): Slot[] | undefined {
  if (told === null) return []
  const listed = listOf(told)
  if (listed === undefined) return undefined
  const read = new Set<Slot>()
  for (const item of listed) {
    const written: unknown = typeof item === 'object' && item !== null ? Reflect.get(item, 'datetime') : item
    const slot = typeof written === 'string' ? readSlot(written.trim(), clock) : undefined
    if (slot !== undefined) read.add(slot)
  }
  return read.size === 0 && listed.length > 0 ? undefined : [...read].sort()
}

/** A list; PHP writes one from which something was taken as an object: `{ "0": …, "2": … }`. */
export function listOf(value: unknown): unknown[] | undefined {
  if (Array.isArray(value)) return value
  if (typeof value !== 'object' || value === null) return undefined
  const keys = Object.keys(value)
  return keys.length > 0 && keys.every(key => /^\d+$/.test(key)) ? Object.values(value) : undefined
}

/**
 * The local minute of a slot. Editors write local clocks under « Z », so that it says nothing; an explicit offset is
 * honoured: `2026-07-01T22:30+00:00` is half past midnight in Paris, on 2 July.
 */
export function readSlot(written: string, clock: Clock = parisOffset): Slot | undefined {
  const [, day = '', hour, minute, sign, hours, minutes = '00'] = WRITTEN.exec(written) ?? []
  if (!isDay(day)) return undefined
  if (hour === undefined) return day
  // No offset brings a slot of another century near, and calendars end somewhere.
  if (sign === undefined || !/^(19|20|21)/.test(day)) return `${day}T${hour.padStart(2, '0')}:${minute}`
  const ahead = (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes))
  return minuteOn(clock, minutesOf(day, `${hour}:${minute}`) - ahead)
}
