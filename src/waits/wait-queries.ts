import { monthMeans } from '../figures/month-mean-queries.ts'
import { type Knowledge, type PublishedFilter, publishedValues } from '../figures/published-queries.ts'
import type { Db } from '../io/database/schema.ts'
import type { Day } from '../pure/calendar/day.ts'
import { groupBy } from '../pure/figures/group-by.ts'
import type { PublishedRow } from '../pure/figures/observation.ts'
import { type QuarterlySeries, quarterlySeries, type SeriesRow } from '../pure/figures/quarterly-series.ts'
import {
  type QuarterlyVintages,
  quarterlyVintages,
  type VintageRange,
} from '../pure/figures/quarterly-vintages.ts'

/** Which appointment waits are wanted: a department, a town hall or the nation. */
export interface WaitRequest extends VintageRange {
  place: string
  asOf?: Day | undefined
  recordedBy?: Day | undefined
}

/** Appointment waits of a place by quarter, one series per measuring clock. */
export async function appointmentWaits(db: Db, request: WaitRequest): Promise<QuarterlySeries[]> {
  const { place, updatedAfter } = request
  if (updatedAfter !== undefined) return (await waitVintages(db, request)).series
  return quarterlySeries(await waitRows(db, [place], request), () => undefined, request)
}

/** The same for several places, read at once, by place; a place for which nothing was published is absent. */
export async function waitsByPlace(
  db: Db,
  places: readonly string[],
  known?: Knowledge,
): Promise<Map<string, QuarterlySeries[]>> {
  const rows = await waitRows(db, places, known)
  return new Map(
    [...groupBy(rows, row => row.place)].map(([place, own]) => [
      place,
      quarterlySeries(own, () => undefined),
    ]),
  )
}

/** Appointment waits of a place with every change made to them, and every value ever published of them. */
export async function waitVintages(
  db: Db,
  request: WaitRequest,
): Promise<QuarterlyVintages & { rows: PublishedRow[] }> {
  const filter = waitFilter([request.place], request)
  const [rows, means] = await Promise.all([publishedValues(db, filter), monthMeans(db, filter)])
  return { ...quarterlyVintages(rows, () => undefined, request, means), rows }
}

/** What quarterly waits are made of, for some places: what is published, and months of what is published by day. */
async function waitRows(db: Db, places: readonly string[], known: Knowledge = {}): Promise<SeriesRow[]> {
  const filter = waitFilter(places, known)
  const [rows, means] = await Promise.all([
    publishedValues(db, { ...filter, withoutDays: true }),
    monthMeans(db, filter),
  ])
  return [...rows, ...means]
}

function waitFilter(places: readonly string[], { asOf, recordedBy }: Knowledge): PublishedFilter {
  return { measure: 'appointment-wait', places, asOf, recordedBy }
}
