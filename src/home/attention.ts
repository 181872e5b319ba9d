import type { Day } from '../pure/calendar/day.ts'
import { addMonths, addQuarters, type Quarter } from '../pure/calendar/period.ts'
import type { QuarterlySeries, QuarterPoint } from '../pure/figures/quarterly-series.ts'

/** A delay above its target at the last quarter published. */
export interface Breach {
  series: QuarterlySeries
  last: QuarterPoint
  target: number
  /** Days above the target. */
  gap: number
  /** First quarter of the unbroken run above the target. */
  since: Quarter
  /** Days gained or lost since the quarter before; `undefined` when that quarter is not published. */
  change: number | undefined
}

/** The delays above their target at their last published quarter, the widest gap first. */
export function breaches(all: readonly QuarterlySeries[]): Breach[] {
  return all.flatMap(series => breachOf(series) ?? []).sort((a, b) => b.gap - a.gap)
}

function breachOf(series: QuarterlySeries): Breach | undefined {
  const { points, targetDays: target } = series
  const last = points.at(-1)
  if (last === undefined || target === null || last.days <= target) return undefined
  const known = new Map(points.map(point => [point.quarter, point.days]))
  let since = last.quarter
  while ((known.get(addQuarters(since, -1)) ?? 0) > target) since = addQuarters(since, -1)
  const before = known.get(addQuarters(last.quarter, -1))
  return {
    series,
    last,
    target,
    gap: last.days - target,
    since,
    change: before === undefined ? undefined : last.days - before,
  }
}

/** Four months before a day, as text: a quarterly figure published earlier is old, for a newer one is due. */
export function oldBefore(today: Day): Day {
  return `${addMonths(today.slice(0, 7), -4)}${today.slice(7)}`
}

/** A delay of one title over the last year published for it. */
export interface YearDelay {
  title: QuarterlySeries['title']
  year: number
  days: number
}

/** The last published year of the delay of each title, cards and passports first as they are listed. */
export function lastYears(all: readonly QuarterlySeries[]): YearDelay[] {
  return all.flatMap(({ title, years }) => {
    const last = years.at(-1)
    return last === undefined ? [] : [{ title, year: last.year, days: last.days }]
  })
}
