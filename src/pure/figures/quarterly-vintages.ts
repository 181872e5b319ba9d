import { type Quarter, quarterOf, yearOf } from '../calendar/period.ts'
import type { PublishedRow } from './observation.ts'
import {
  type QuarterlySeries,
  quarterlySeries,
  type SeriesRow,
  seriesKey,
  type Weights,
} from './quarterly-series.ts'
import { figureKey, type Notice, notices, type Vintage, vintages } from './vintage.ts'

/** Which part of the published delays is wanted; an absent member means all. */
export interface VintageRange {
  from?: Quarter | undefined
  to?: Quarter | undefined
  /** Only figures of which something was shown after this instant. */
  updatedAfter?: string | undefined
}

/** Delays by quarter, with every change made to them and every value ever published of them. */
export interface QuarterlyVintages {
  series: QuarterlySeries[]
  notices: Notice[]
  history: Vintage[]
}

/**
 * Published delays as quarterly series, their changes and their history; `means` are the months of what is published
 * day by day. With `updatedAfter`, a point is kept when a
 * value of its quarter was shown since; a figure taken back since has no point any more, and its notice says so.
 */
export function quarterlyVintages(
  rows: readonly PublishedRow[],
  weights: Weights,
  range: VintageRange = {},
  means: readonly SeriesRow[] = [],
): QuarterlyVintages {
  const { updatedAfter, ...quarters } = range
  const inRange = rows.filter(row => isIn(row, quarters))
  const series = quarterlySeries([...rows, ...means], weights, quarters)
  if (updatedAfter === undefined) return { series, notices: notices(inRange), history: vintages(inRange) }
  const since = Date.parse(updatedAfter)
  const updated = new Set(inRange.filter(row => Date.parse(row.shownAt) > since).map(figureKey))
  const changed = inRange.filter(row => updated.has(figureKey(row)))
  const points = new Set(changed.filter(isBelowYear).map(row => cellKey(row, quarterWith(row))))
  const years = new Set(changed.map(row => cellKey(row, String(yearOf(row.period)))))
  return {
    series: series
      .map(one => ({
        ...one,
        points: one.points.filter(point => points.has(cellKey(one, point.quarter))),
        years: one.years.filter(({ year }) => years.has(cellKey(one, String(year)))),
      }))
      .filter(one => one.points.length > 0 || one.years.length > 0),
    notices: notices(changed),
    history: vintages(changed),
  }
}

function isBelowYear(row: PublishedRow): boolean {
  return row.granularity !== 'year'
}

function quarterWith({ granularity, period }: PublishedRow): Quarter {
  return granularity === 'quarter' ? period : quarterOf(period)
}

function isIn(
  row: PublishedRow,
  { from, to }: { from?: Quarter | undefined; to?: Quarter | undefined },
): boolean {
  const [first, last] = isBelowYear(row)
    ? [quarterWith(row), quarterWith(row)]
    : [`${row.period}-Q1`, `${row.period}-Q4`]
  return (from === undefined || first >= from) && (to === undefined || last <= to)
}

function cellKey(row: Parameters<typeof seriesKey>[0], span: string): string {
  return `${seriesKey(row)}|${span}`
}
