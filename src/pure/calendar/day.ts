/** A calendar day as ISO text (`2026-03-29`). Text sorts by time and has no time zone to be wrong in. */
export type Day = string

const MILLISECONDS_A_DAY = 86_400_000

/** Whether a text is an existing calendar day in ISO form; `2026-02-30` is not. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const time = Date.parse(`${text}T00:00:00Z`)
  return !Number.isNaN(time) && dayOfNumber(time / MILLISECONDS_A_DAY) === text
}

/** Whole days since 1970-01-01. @throws RangeError if the text is not a day. */
export function dayNumber(day: Day): number {
  if (!isDay(day)) throw new RangeError(`not a calendar day: ${day}`)
  return Date.parse(`${day}T00:00:00Z`) / MILLISECONDS_A_DAY
}

/** The day that many days after 1970-01-01. */
export function dayOfNumber(days: number): Day {
  return new Date(days * MILLISECONDS_A_DAY).toISOString().slice(0, 10)
}

/** The day `days` later, or earlier when negative: `addDays('2024-02-28', 2)` is `2024-03-01`. */
export function addDays(day: Day, days: number): Day {
  return dayOfNumber(dayNumber(day) + days)
}

/** Days from one day to another: `daysBetween('2024-02-28', '2024-03-01')` is 2. */
export function daysBetween(from: Day, to: Day): number {
  return dayNumber(to) - dayNumber(from)
}

/** The same day some years later; 29 February becomes 1 March when the year has none. */
export function addYears(day: Day, years: number): Day {
  const shifted = `${String(Number(day.slice(0, 4)) + years).padStart(4, '0')}${day.slice(4)}`
  return isDay(shifted) ? shifted : `${shifted.slice(0, 4)}-03-01`
}

/** Day of the week, 1 for Monday to 7 for Sunday (ISO 8601). */
export function weekday(day: Day): number {
  return ((((dayNumber(day) + 3) % 7) + 7) % 7) + 1
}
