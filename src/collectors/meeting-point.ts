import { kilometres } from '../places/catchment.ts'
import { plainName } from '../pure/french/plain-words.ts'
import { listOf } from './slot.ts'

/** A place where people are received, as its editor tells it. */
export interface MeetingPoint {
  /** Number inside the editor's own software: it may be given to another point. */
  editorId: string
  /** Number of the point at France Titres, when the editor tells it. */
  ugf: string | undefined
  name: string
  address: string
  zipCode: string
  city: string
  lat: number
  lon: number
}

/** Points of an answer; those that cannot be read are left out alone, and counted. */
export interface ReadPoints {
  points: MeetingPoint[]
  invalid: number
}

/** Reads the answer to `/getManagedMeetingPoints`; `undefined` when it is no list, nor points by their number. */
export function readMeetingPoints(answer: unknown): ReadPoints | undefined {
  const listed = listOf(answer) ?? byNumber(answer)
  if (listed === undefined) return undefined
  const points = new Map<string, MeetingPoint>()
  let invalid = 0
  for (const item of listed) {
    const point = meetingPoint(item)
    if (point === undefined) invalid += 1
    else {
      const same = points.get(point.editorId)
      // Told at two places, it stands at the same one whatever their order.
      if (same === undefined || placeOf(point) < placeOf(same)) points.set(point.editorId, point)
    }
  }
  return { points: [...points.values()], invalid }
}

function byNumber(answer: unknown): unknown[] | undefined {
  if (typeof answer !== 'object' || answer === null) return undefined
  const told = Object.entries(answer)
  const isNumbered = ([key, value]: [string, unknown]) =>
    typeof value === 'object' && value !== null && words(Reflect.get(value, 'id')) === key
  return told.length > 0 && told.every(isNumbered) ? told.map(([, value]) => value) : undefined
}

function placeOf({ zipCode, lat, lon }: MeetingPoint): string {
  return `${zipCode} ${lat} ${lon}`
}

function meetingPoint(item: unknown): MeetingPoint | undefined {
  if (typeof item !== 'object' || item === null) return undefined
  const field = (name: string): unknown => Reflect.get(item, name)
  // Asked for without its null or half characters, it would be another one, without a slot.
  if (/[\0\p{Cs}]/u.test(String(field('id')))) return undefined
  const [editorId, name, zipCode, city] = ['id', 'name', 'zip_code', 'city_name'].map(key =>
    words(field(key)),
  )
  const [lat, lon] = [degrees(field('latitude'), 90), degrees(field('longitude'), 180)]
  if (!editorId || !name || !zipCode || !city || lat === undefined || lon === undefined) return undefined
  const ugf = words(field('ugf'))?.padStart(5, '0')
  return {
    editorId,
    ugf: ugf !== undefined && /^\d{5}$/.test(ugf) ? ugf : undefined,
    name,
    address: words(field('public_entry_address')) ?? '',
    zipCode: zipCode.padStart(5, '0'),
    city,
    lat,
    lon,
  }
}

const LONGEST_WORDS = 300

function words(value: unknown): string | undefined {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value)
  if (typeof value !== 'string') return undefined
  // PostgreSQL stores no null character.
  const text = value.replaceAll('\0', '').trim()
  return text === '' || text.length > LONGEST_WORDS ? undefined : text
}

function degrees(value: unknown, most: number): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value.replace(',', '.')) : value
  return typeof number === 'number' && Math.abs(number) <= most ? number : undefined
}

/** A point that was seen before, under the number that it keeps here. */
export interface KnownPoint extends MeetingPoint {
  point: number
}

/**
 * Recognises points seen before, whose numbers at the editor may have been given anew: a number is believed while it tells
 * of the same place, and a place that came back under another number is found by where it stands and what it is called.
 * @returns each point seen, with the number that it keeps here, or `undefined` for a new one.
 */
export function recognise(
  known: readonly KnownPoint[],
  seen: readonly MeetingPoint[],
): { point: number | undefined; seen: MeetingPoint }[] {
  const left = new Set(known)
  const found = new Map<MeetingPoint, number>()
  const take = (point: MeetingPoint, old: KnownPoint | undefined) => {
    if (old === undefined) return
    found.set(point, old.point)
    left.delete(old)
  }
  for (const point of seen) {
    take(
      point,
      [...left].find(old => old.editorId === point.editorId && isSame(old, point)),
    )
  }
  for (const point of seen) {
    if (found.has(point)) continue
    const same = [...left].filter(old => isSame(old, point))
    if (same.length === 1) take(point, same[0])
  }
  // Called otherwise where it stood: it is in the same town whichever point it is.
  for (const point of seen) {
    if (found.has(point)) continue
    take(
      point,
      [...left].find(old => old.editorId === point.editorId && isThere(old, point)),
    )
  }
  return seen.map(point => ({ point: found.get(point), seen: point }))
}

/** Kilometres by which an editor may correct where a point stands. */
const MOVED_KM = 1

function isSame(old: MeetingPoint, point: MeetingPoint): boolean {
  if (old.ugf !== undefined && point.ugf !== undefined) return old.ugf === point.ugf
  // Where it stands first: names take longer to compare, and an editor may number thousands anew.
  return isThere(old, point) && townName(old.name) === townName(point.name)
}

function isThere(old: MeetingPoint, point: MeetingPoint): boolean {
  return old.zipCode === point.zipCode && kilometres(old, point) <= MOVED_KM
}

/** The name of a town or of a point as it is compared: plain, without its « cedex ». */
export function townName(name: string): string {
  return plainName(name)
    .replace(/\bcedex\b.*$/, '')
    .trim()
}
