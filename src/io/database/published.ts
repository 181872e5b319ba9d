import type { Kysely } from 'kysely'
import type { Day } from '../../pure/calendar/day.ts'
import type { Clock, Measure, Statistic, Status, Unit } from '../../pure/figures/measure.ts'
import type { PublishedRow, ReleaseKind } from '../../pure/figures/observation.ts'
import type { Title } from '../../pure/law/title.ts'
import type { Database } from './schema.ts'

/** Which published values are wanted; an absent member means all. `asOf` keeps what was published by that day. */
export interface PublishedFilter {
  measure: Measure
  places: readonly string[]
  titles?: readonly Title[]
  asOf?: Day
}

/** Every value ever published for the figures asked for, in order of publication. */
export async function publishedValues(
  db: Kysely<Database>,
  filter: PublishedFilter,
): Promise<PublishedRow[]> {
  let query = db
    .selectFrom('observation_history')
    .selectAll()
    .where('measure', '=', filter.measure)
    .where('place', 'in', filter.places)
    .orderBy('title')
    .orderBy('place')
    .orderBy('period')
    .orderBy('published_on')
    .orderBy('release_id')
  if (filter.titles) query = query.where('title', 'in', filter.titles)
  if (filter.asOf) query = query.where('published_on', '<=', filter.asOf)
  const rows = await query.execute()
  return rows.map(row => ({
    measure: row.measure as Measure,
    title: row.title as Title | '',
    place: row.place,
    variant: row.variant,
    statistic: row.statistic as Statistic,
    unit: row.unit as Unit,
    clock: row.clock as Clock,
    granularity: row.granularity as PublishedRow['granularity'],
    period: row.period,
    value: row.value ?? undefined,
    status: row.status as Status,
    target: row.target ?? undefined,
    locator: row.locator,
    release: row.release_id,
    kind: row.release_kind as ReleaseKind,
    reason: row.reason ?? undefined,
    publishedOn: row.published_on,
    recordedAt: row.recorded_at,
    shownAt: row.shown_at,
    source: row.publisher,
    document: row.document,
  }))
}
