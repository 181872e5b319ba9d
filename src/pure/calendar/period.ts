import { addDays, type Day, daysBetween } from './day.ts'

/** A month as ISO text, `2022-03`. */
export type Month = string
/** A quarter as text, `2022-Q1`; it sorts by time. Shown to people as `T1 2022`. */
export type Quarter = string

/** Whether a text is a month in ISO form. */
export function isMonth(text: string): boolean {
  return /^(?!0000)\d{4}-(0[1-9]|1[0-2])$/.test(text)
}

/** Whether a text is a quarter in the form `2022-Q1`. */
export function isQuarter(text: string): boolean {
  return /^(?!0000)\d{4}-Q[1-4]$/.test(text)
}

/** Reads a quarter as people write it (`T1 2022`, `t1/2022`, `2022-T1`, `2022-Q1`, `2022Q1`), or `undefined`. */
export function parseQuarter(text: string): Quarter | undefined {
  const compact = text
    .trim()
    .toUpperCase()
    .replace(/[\s\u00a0\u202f]+/g, ' ')
  const yearFirst = /^(\d{4})[ -]?[QT]([1-4])$/.exec(compact)
  if (yearFirst) return `${yearFirst[1]}-Q${yearFirst[2]}`
  const quarterFirst = /^[QT]([1-4])[ /-]?(\d{4})$/.exec(compact)
  return quarterFirst ? `${quarterFirst[2]}-Q${quarterFirst[1]}` : undefined
}

/** Months since year 0, so that differences count months. @throws RangeError if the text is not a month. */
export function monthNumber(month: Month): number {
  if (!isMonth(month)) throw new RangeError(`not a month: ${month}`)
  return Number(month.slice(0, 4)) * 12 + Number(month.slice(5)) - 1
}

/** The month of a number given by `monthNumber`. */
export function monthOfNumber(number: number): Month {
  return `${String(Math.floor(number / 12)).padStart(4, '0')}-${String((number % 12) + 1).padStart(2, '0')}`
}

/** Quarters since year 0. @throws RangeError if the text is not a quarter. */
export function quarterNumber(quarter: Quarter): number {
  if (!isQuarter(quarter)) throw new RangeError(`not a quarter: ${quarter}`)
  return Number(quarter.slice(0, 4)) * 4 + Number(quarter.slice(6)) - 1
}

/** The quarter of a number given by `quarterNumber`. */
export function quarterOfNumber(number: number): Quarter {
  return `${String(Math.floor(number / 4)).padStart(4, '0')}-Q${(number % 4) + 1}`
}

/** The month `months` later: `addMonths('2021-12', 1)` is `2022-01`. */
export function addMonths(month: Month, months: number): Month {
  return monthOfNumber(monthNumber(month) + months)
}

/** The quarter `quarters` later: `addQuarters('2021-Q4', 1)` is `2022-Q1`. */
export function addQuarters(quarter: Quarter, quarters: number): Quarter {
  return quarterOfNumber(quarterNumber(quarter) + quarters)
}

/** The month in which a day falls. */
export function monthOf(day: Day): Month {
  return day.slice(0, 7)
}

/** The quarter in which a month or a day falls. */
export function quarterOf(monthOrDay: Month | Day): Quarter {
  return `${monthOrDay.slice(0, 4)}-Q${Math.ceil(Number(monthOrDay.slice(5, 7)) / 3)}`
}

/** The calendar year of a month, quarter or day. */
export function yearOf(period: Month | Quarter | Day): number {
  return Number(period.slice(0, 4))
}

/** The three months of a quarter, in order. */
export function monthsOfQuarter(quarter: Quarter): [Month, Month, Month] {
  const first = quarterNumber(quarter) * 3
  return [monthOfNumber(first), monthOfNumber(first + 1), monthOfNumber(first + 2)]
}

/** Every month from one to another, both included; empty if they are the wrong way round. */
export function monthsBetween(from: Month, to: Month): Month[] {
  const first = monthNumber(from)
  return Array.from({ length: Math.max(0, monthNumber(to) - first + 1) }, (_, i) => monthOfNumber(first + i))
}

/** Every quarter from one to another, both included; empty if they are the wrong way round. */
export function quartersBetween(from: Quarter, to: Quarter): Quarter[] {
  const first = quarterNumber(from)
  return Array.from({ length: Math.max(0, quarterNumber(to) - first + 1) }, (_, i) =>
    quarterOfNumber(first + i),
  )
}

/** First day of a month or quarter. */
export function firstDay(period: Month | Quarter): Day {
  return isQuarter(period) ? `${monthsOfQuarter(period)[0]}-01` : `${period}-01`
}

/** Last day of a month or quarter. */
export function lastDay(period: Month | Quarter): Day {
  return addDays(firstDay(isQuarter(period) ? addQuarters(period, 1) : addMonths(period, 1)), -1)
}

/** Calendar days of a month or quarter: 28 to 31, 90 to 92. */
export function daysInPeriod(period: Month | Quarter): number {
  return daysBetween(firstDay(period), lastDay(period)) + 1
}
