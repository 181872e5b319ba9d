import { type Month, monthNumber } from '../../pure/calendar/period.ts'

/** Before this year no cohort can still return in the projected years: cards of 2003 ended in 2013. */
export const FIRST_YEAR = 2004
const FIRST_MONTH = monthNumber(`${FIRST_YEAR}-01`)

/** Index of a month in the arrays of a path. */
export function monthIndex(month: Month): number {
  return monthNumber(month) - FIRST_MONTH
}

/** The month of an index, as counted by `monthNumber`. */
export function monthOfIndex(index: number): number {
  return FIRST_MONTH + index
}
