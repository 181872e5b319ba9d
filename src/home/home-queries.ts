import { sql } from 'kysely'
import type { Db } from '../io/database/schema.ts'
import type { Day } from '../pure/calendar/day.ts'
import type { Measure } from '../pure/figures/measure.ts'

/** Until when one measure is known locally. */
export interface Freshness {
  measure: Measure
  /** Last period with a value in force: `2022-Q1`, `2022-03`, `2022-03-14` or `2022`. */
  lastPeriod: string
  publishedOn: Day
}

/**
 * For each measure of a department, its last period and the document that gave it. Requests are counted at town halls, and
 * its centres tell its delays; any other figure of one town hall says nothing of how far the department is known.
 */
export async function freshness(
  db: Db,
  department: string,
  delaysOf: readonly string[],
): Promise<Freshness[]> {
  const rows = await db
    .selectFrom('current_observation')
    .innerJoin('series', 'series.id', 'current_observation.series_id')
    .innerJoin('place', 'place.code', 'series.place')
    .innerJoin('release', 'release.id', 'current_observation.release_id')
    .select([
      'series.measure as measure',
      'current_observation.period as lastPeriod',
      'release.published_on as publishedOn',
    ])
    .distinctOn('series.measure')
    .where(eb =>
      eb.or([
        eb('place.code', '=', department),
        eb.and([eb('place.parent', '=', department), eb('series.measure', '=', 'applications')]),
        eb.and([eb('place.code', 'in', delaysOf), eb('series.measure', '=', 'issuance-delay')]),
      ]),
    )
    .orderBy('series.measure')
    .orderBy(sql`left(current_observation.period, 4)`, 'desc')
    .orderBy('release.published_on', 'desc')
    .orderBy('current_observation.period', 'desc')
    .execute()
  return rows.map(row => ({ ...row, measure: row.measure as Measure }))
}

/** A file that came in, as the home page tells it. */
export interface Arrival {
  publisher: string
  document: string
  publishedOn: Day
  recordedAt: string
  rows: number
}

/** The last files that speak of a department, of its towns or of the nation, newest first; what is taken back is not told. */
export async function lastArrivals(db: Db, department: string, limit: number): Promise<Arrival[]> {
  return db
    .selectFrom('release')
    .innerJoin('source', 'source.id', 'release.source_id')
    .leftJoin('withdrawal', 'withdrawal.release_id', 'release.id')
    .leftJoin('place', 'place.code', 'release.reach')
    .select([
      'source.publisher as publisher',
      'release.document as document',
      'release.published_on as publishedOn',
      'release.recorded_at as recordedAt',
      'release.row_count as rows',
    ])
    .where('withdrawal.id', 'is', null)
    .where(eb => eb.or([eb('release.reach', 'in', [department, 'FR']), eb('place.parent', '=', department)]))
    .orderBy('release.id', 'desc')
    .limit(limit)
    .execute()
}
