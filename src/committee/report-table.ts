import { monthsBetween } from '../pure/calendar/period.ts'
import type { Status } from '../pure/figures/measure.ts'
import type { PublishedRow } from '../pure/figures/observation.ts'
import type { Quantity } from '../pure/french/french.ts'

/** One number of a report: what was published or computed for a period; `null` when nothing was. */
export interface ReportValue {
  period: string
  value: number | null
  status: Status | null
  /** Other values published for the same figure, that nothing replaced. */
  others: number[]
}

/** A line of a table of the report. */
export interface ReportLine {
  label: string
  /** `published`: as printed by a source; `other`: what another source prints; `computed`: made here from the lines above. */
  kind: 'published' | 'other' | 'computed'
  unit: Quantity
  decimals: number
  target: number | null
  values: ReportValue[]
  /** Value of the whole year, printed or computed. */
  year: number | null
}

/** A table of the report, one column for each period. */
export interface ReportTable {
  code: string
  caption: string
  periods: string[]
  lines: ReportLine[]
  /** Whether the year has a column. */
  yearly: boolean
  note: string | null
}

/** What a committee that meets in spring speaks of: its year, and the first quarter of the next one. */
export function inReport(row: PublishedRow, year: number): boolean {
  return row.period.startsWith(String(year)) || earlyNextYear(year).includes(row.period)
}

/** The first quarter of the year after a report's, and its first months. */
export function earlyNextYear(year: number): string[] {
  const months = monthsBetween(`${year + 1}-01`, `${year + 1}-04`)
  return [`${year + 1}-Q1`, ...months]
}
