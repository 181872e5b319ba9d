import pg from 'pg'

const TEXT_ARRAY = 1009

/** A value as PostgreSQL writes it, read as what the code works with. */
type Reader = (text: string) => unknown

/** PostgreSQL type → its array type and how to read it. Days and instants stay text: a `Date` has a time zone to be wrong in. */
const READERS: { type: number; array: number; read: Reader }[] = [
  { type: 20, array: 1016, read: wholeNumber },
  { type: 1700, array: 1231, read: Number },
  { type: 1082, array: 1182, read: text => text },
  { type: 1114, array: 1115, read: text => text.replace(' ', 'T') },
  { type: 1184, array: 1185, read: instant },
]

/** Reads `date` as a day, `timestamptz` as an instant in UTC, `bigint` and `numeric` as numbers, for one pool. */
export function valueReaders(): pg.CustomTypesConfig {
  const readers = new pg.TypeOverrides()
  const textArray = readers.getTypeParser(TEXT_ARRAY) as unknown as (text: string) => unknown[]
  for (const { type, array, read } of READERS) {
    readers.setTypeParser(type, read as (oid: string) => unknown)
    readers.setTypeParser(array, text => readEach(textArray(text), read))
  }
  return readers
}

function readEach(values: unknown[], read: Reader): unknown[] {
  return values.map(value => {
    if (Array.isArray(value)) return readEach(value, read)
    return typeof value === 'string' ? read(value) : null
  })
}

/** @throws RangeError rather than round: 2^53 + 1 has no exact number. */
function wholeNumber(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`bigint out of the exact range of a number: ${text}`)
  return value
}

/** `2026-03-29 03:30:00.5+02` is `2026-03-29T01:30:00.5Z`; microseconds are kept when the session is in UTC. */
function instant(text: string): string {
  if (!/^\d{4}-/.test(text)) return text
  if (text.endsWith('+00')) return `${text.slice(0, -3).replace(' ', 'T')}Z`
  const offset = /[+-]\d{2}(?::?\d{2})?$/.exec(text)?.[0] ?? ''
  const local = text.slice(0, text.length - offset.length).replace(' ', 'T')
  return new Date(`${local}${offset.length === 3 ? `${offset}:00` : offset}`).toISOString()
}
