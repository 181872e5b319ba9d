import type { Day } from '../calendar/day.ts'

/** Where a value of the law was read: the text first, a page that quotes it otherwise. */
export interface Source {
  title: string
  href?: string
}

/** One value and the first day on which it holds. It cannot be written without its source. */
export interface DatedValue<T> {
  from: Day
  value: T
  source: Source
  note?: string
}

/** A value of the law through time, newest first, and the day on which somebody last compared it with its sources. */
export interface Dated<T> {
  label: string
  unit: string
  checked: Day
  values: readonly [DatedValue<T>, ...DatedValue<T>[]]
}

/** A rule that has had one value since its day. */
export function ruleSince<T>(label: string, unit: string, checked: Day, value: DatedValue<T>): Dated<T> {
  return { label, unit, checked, values: [value] }
}

/** The value that holds on a day, with its source; `undefined` before the first value. */
export function ruleAt<T>(dated: Dated<T>, day: Day): DatedValue<T> | undefined {
  return dated.values.find(value => value.from <= day)
}

/** The value that holds on a day, with its source. @throws RangeError before the first value. */
export function ruleInForce<T>(dated: Dated<T>, day: Day): DatedValue<T> {
  const rule = ruleAt(dated, day)
  if (rule === undefined) throw new RangeError(`${dated.label}: no value recorded on ${day}`)
  return rule
}

/** The value that holds on a day. @throws RangeError before the first value. */
export function inForce<T>(dated: Dated<T>, day: Day): T {
  return ruleInForce(dated, day).value
}
