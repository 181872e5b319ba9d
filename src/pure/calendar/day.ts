/** A calendar day as ISO text (`2026-03-29`). Text sorts by time and has no time zone to be wrong in. */
export type Day = string

/** Whether a text is an existing calendar day in ISO form; `2026-02-30` is not, nor any day of a year 0, which never was. */
export function isDay(text: string): boolean {
  if (!/^(?!0000)\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const [year, month, day] = partsOf(text)
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month)
}

function partsOf(text: Day): [year: number, month: number, day: number] {
  return [Number(text.slice(0, 4)), Number(text.slice(5, 7)), Number(text.slice(8))]
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

// Howard Hinnant, *chrono-Compatible Low-Level Date Algorithms* (2013): years begin on 1 March, eras last 400 years. Queues
// ask millions of days, and a `Date` takes thirty times longer to be made.
const DAYS_AN_ERA = 146_097
const DAYS_TO_1970 = 719_468

/** Whole days since 1970-01-01. @throws RangeError if the text is not a day. */
export function dayNumber(day: Day): number {
  if (!isDay(day)) throw new RangeError(`not a calendar day: ${day}`)
  const [calendarYear, month, ofMonth] = partsOf(day)
  const year = calendarYear - (month <= 2 ? 1 : 0)
  const era = Math.floor(year / 400)
  const ofEra = year - 400 * era
  const ofYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + ofMonth - 1
  return (
    DAYS_AN_ERA * era + 365 * ofEra + Math.floor(ofEra / 4) - Math.floor(ofEra / 100) + ofYear - DAYS_TO_1970
  )
}

/** The day that many days after 1970-01-01. @throws RangeError outside the years 0 to 9999. */
export function dayOfNumber(days: number): Day {
  const shifted = Math.floor(days) + DAYS_TO_1970
  const era = Math.floor(shifted / DAYS_AN_ERA)
  const ofEra = shifted - DAYS_AN_ERA * era
  const yearOfEra = Math.floor(
    (ofEra - Math.floor(ofEra / 1_460) + Math.floor(ofEra / 36_524) - Math.floor(ofEra / 146_096)) / 365,
  )
  const ofYear = ofEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const fromMarch = Math.floor((5 * ofYear + 2) / 153)
  const day = ofYear - Math.floor((153 * fromMarch + 2) / 5) + 1
  const month = fromMarch + (fromMarch < 10 ? 3 : -9)
  const year = yearOfEra + 400 * era + (month <= 2 ? 1 : 0)
  if (!(year >= 0 && year <= 9_999)) throw new RangeError(`no calendar day: ${days} days after 1970-01-01`)
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
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
