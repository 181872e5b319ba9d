import { daysBetween } from '../pure/calendar/day.ts'
import {
  firstDay,
  lastDay,
  type Month,
  type Quarter,
  quarterOf,
  quartersBetween,
} from '../pure/calendar/period.ts'

/** Days of a run that fall in a quarter, counted from its first day; both included. */
export interface Span {
  quarter: Quarter
  first: number
  last: number
}

/** The quarters touched by consecutive months, with their days in a run that starts with the first month. */
export function quarterSpans(months: readonly Month[]): Span[] {
  const [head] = months
  const tail = months.at(-1)
  if (head === undefined || tail === undefined) return []
  const from = firstDay(head)
  return quartersBetween(quarterOf(head), quarterOf(tail)).map(quarter => ({
    quarter,
    first: Math.max(0, daysBetween(from, firstDay(quarter))),
    last: Math.min(daysBetween(from, lastDay(tail)), daysBetween(from, lastDay(quarter))),
  }))
}

/** Requests of each month spread evenly over its days, written into `daily`; `lengths` are the days of each month. */
export function dailyDemand(
  counts: ArrayLike<number>,
  lengths: readonly number[],
  daily: Float64Array,
): Float64Array {
  let day = 0
  for (const [month, length] of lengths.entries()) {
    const perDay = counts[month]! / length
    // A loop beats `fill` on some thirty days, and a sheet asks for fifty thousand months.
    for (const end = day + length; day < end; day++) daily[day] = perDay
  }
  return daily
}

/** Mean of a daily series over a span. */
export function meanIn(values: Float64Array, { first, last }: Span): number {
  let sum = 0
  for (let t = first; t <= last; t++) sum += values[t]!
  return sum / (last - first + 1)
}
