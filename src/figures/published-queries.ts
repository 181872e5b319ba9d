import { type Selectable, sql } from 'kysely'
import type { Database, Db } from '../io/database/schema.ts'
import type { Day } from '../pure/calendar/day.ts'
import { groupBy } from '../pure/figures/group-by.ts'
import type { Clock, Measure, Statistic, Status, Unit } from '../pure/figures/measure.ts'
import { type PublishedRow, type ReleaseKind, settle } from '../pure/figures/observation.ts'
import type { Title } from '../pure/law/title.ts'

/** What is known: all of it, or what the world had published by a day (`asOf`) and this service held by another (`recordedBy`). */
export interface Knowledge {
  asOf?: Day | undefined
  recordedBy?: Day | undefined
}

/**
 * Which published values are wanted; an absent member means all. `withoutDays` leaves out what is published day by day,
 * but for the days from `daysFrom` on.
 */
export interface PublishedFilter extends Knowledge {
  measure: Measure
  places: readonly string[]
  titles?: readonly Title[] | undefined
  period?: string | undefined
  withoutDays?: boolean | undefined
  daysFrom?: Day | undefined
  /** Also what files that were withdrawn since said. */
  withWithdrawn?: boolean
}

/** Every value ever published for the figures asked for, in order of publication. */
export async function publishedValues(db: Db, filter: PublishedFilter): Promise<PublishedRow[]> {
  let query = (filter.withWithdrawn ? vintagesOf(db) : historyOf(db))
    .where('measure', '=', filter.measure)
    .where('place', 'in', filter.places)
    .orderBy('title')
    .orderBy('place')
    .orderBy('period')
    .orderBy('published_on')
    .orderBy('release_id')
  if (filter.titles) query = query.where('title', 'in', filter.titles)
  if (filter.period) query = query.where('period', '=', filter.period)
  if (filter.withoutDays)
    query = query.where(one =>
      one.or([one('granularity', '<>', 'day'), one('period', '>=', filter.daysFrom ?? '9999')]),
    )
  if (filter.asOf) query = query.where('published_on', '<=', filter.asOf)
  if (filter.recordedBy)
    query = query.where(sql`(recorded_at at time zone 'Europe/Paris')::date`, '<=', filter.recordedBy)
  const rows = await query.execute()
  return rows.map(publishedRow)
}

/** The value in force of each figure asked for, as it was known. */
export async function knownValues(db: Db, filter: PublishedFilter): Promise<KnownRow[]> {
  const rows = await publishedValues(db, filter)
  const figures = groupBy(rows, row =>
    [row.title, row.place, row.variant, row.clock, row.unit, row.statistic, row.period].join('|'),
  )
  return [...figures.values()].flatMap(said => {
    const current = settle(said)?.current
    return current?.value === undefined ? [] : [{ ...(current as PublishedRow), value: current.value }]
  })
}

/** A published row that has a value. */
export type KnownRow = PublishedRow & { value: number }

function historyOf(db: Db) {
  return db
    .selectFrom('observation_history')
    .selectAll()
    .select([sql<string | null>`null`.as('withdrawn_at'), sql<string | null>`null`.as('withdrawal_reason')])
}

/** The same columns of every value ever published. */
function vintagesOf(db: Db) {
  return db.selectFrom('observation_vintage as observation_history').selectAll() as unknown as ReturnType<
    typeof historyOf
  >
}

/**
 * Figures that some drafts speak of and that were published: the least and the greatest value, whether one of them is
 * unknown, and whether one was declared a revision.
 */
const touched = (releases: readonly number[]) => sql`touched as materialized (
  select h.series_id, h.period, min(h.value) as low, max(h.value) as high, bool_or(h.value is null) as unknown,
         bool_or(h.release_kind <> 'initial') as declared
    from observation_history h
   where h.series_id in (select o.series_id from observation o where o.release_id in (${sql.join(releases)}))
   group by 1, 2)`

/** What a draft says of figures of which nothing is published: how many values, and `most` of them behind those skipped. */
export async function draftedAdditions(
  db: Db,
  release: number,
  { skipped, most }: { skipped: number; most: number },
): Promise<{ count: number; shown: PublishedRow[] }> {
  // Hashed, however many figures were published: the planner expects one.
  const { rows } = await sql<Selectable<Database['draft_observation']> & { added: number }>`
      with ${touched([release])},
           first as materialized (
             select o.release_id, o.series_id, o.period, count(*) over ()::integer as added
               from observation o join series s on s.id = o.series_id
              where o.release_id = ${release} and o.value is not null
                and (o.series_id, o.period) not in (select t.series_id, t.period from touched t)
              order by s.measure, s.title, s.place, o.period limit ${most} offset ${skipped})
      select d.*, f.added from first f
        join draft_observation d
          on d.release_id = f.release_id and d.series_id = f.series_id and d.period = f.period
       order by d.measure, d.title, d.place, d.period`.execute(db)
  if (rows.length === 0 && skipped > 0)
    return { ...(await draftedAdditions(db, release, { skipped: 0, most: 1 })), shown: [] }
  return { count: rows[0]?.added ?? 0, shown: rows.map(publishedRow) }
}

/**
 * What drafts say of figures that were published and that they may change, with what was published of these. A first
 * publication beside another changes nothing where none is declared nor unknown, nor does the same value told again.
 */
export async function draftedRevisions(
  db: Db,
  releases: readonly number[],
): Promise<{ drafted: PublishedRow[]; published: PublishedRow[] }> {
  if (releases.length === 0) return { drafted: [], published: [] }
  const { rows: drafted } = await sql<Selectable<Database['draft_observation']>>`
    with ${touched(releases)}
    select d.* from draft_observation d join touched t on t.series_id = d.series_id and t.period = d.period
     where d.release_id in (${sql.join(releases)})
       and (d.release_kind <> 'initial' or t.declared or t.unknown)
       and (t.unknown or d.value is null or d.value <> t.low or d.value <> t.high)
     order by d.release_id, d.measure, d.title, d.place, d.period`.execute(db)
  if (drafted.length === 0) return { drafted: [], published: [] }
  const { rows: published } = await sql<Selectable<Database['observation_history']>>`
    select h.* from observation_history h
      join (select distinct * from unnest(${drafted.map(row => row.series_id)}::integer[],
                                          ${drafted.map(row => row.period)}::text[])) as k (series_id, period)
        on k.series_id = h.series_id and k.period = h.period`.execute(db)
  return { drafted: drafted.map(publishedRow), published: published.map(publishedRow) }
}

/** A row of the history as the program reads it. */
export function publishedRow(
  row: Selectable<Database['observation_history']> & {
    withdrawn_at?: string | null
    withdrawal_reason?: string | null
  },
): PublishedRow {
  const { withdrawn_at: at, withdrawal_reason: reason } = row
  return {
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
    ...(row.curated ? { curated: true } : {}),
    ...(row.secret ? { secret: true } : {}),
    ...(at ? { withdrawn: { at, reason: reason ?? '' } } : {}),
  }
}
