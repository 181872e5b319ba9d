import { type Quarter, yearOf } from '../calendar/period.ts'
import { groupBy } from './group-by.ts'

/** The points of each year of which all four quarters are there, in order of appearance. */
export function wholeYears<Point extends { quarter: Quarter }>(
  points: Iterable<Point>,
): { year: number; points: Point[] }[] {
  return [...groupBy(points, point => yearOf(point.quarter))]
    .filter(([, some]) => new Set(some.map(point => point.quarter)).size === 4)
    .map(([year, some]) => ({ year, points: some }))
}

/** Sum of the means of a year; `undefined` where one of its quarters is missing. */
export function meanOfYear(
  points: Iterable<{ quarter: Quarter; mean: number }>,
  year: number,
): number | undefined {
  const whole = wholeYears(points).find(one => one.year === year)
  return whole?.points.reduce((sum, point) => sum + point.mean, 0)
}
