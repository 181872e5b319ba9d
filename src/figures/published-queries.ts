import { type Kysely, type Selectable, sql } from 'kysely'
import type { Database } from '../io/database/schema.ts'
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
 * Which published values are wanted; an absent member means all. `withoutDays` leaves out what is published day by day.
 */
export interface PublishedFilter extends Knowledge {
  measure: Measure
  places: readonly string[]
  titles?: readonly Title[] | undefined
  period?: string | undefined
  withoutDays?: boolean | undefined
  /** Also what files that were withdrawn since said. */
  withWithdrawn?: boolean
}

/** Every value ever published for the figures asked for, in order of publication. */
export async function publishedValues(
  db: Kysely<Database>,
  filter: PublishedFilter,
): Promise<PublishedRow[]> {
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
  if (filter.withoutDays) query = query.where('granularity', '<>', 'day')
  if (filter.asOf) query = query.where('published_on', '<=', filter.asOf)
  if (filter.recordedBy)
    query = query.where(sql`(recorded_at at time zone 'Europe/Paris')::date`, '<=', filter.recordedBy)
  const rows = await query.execute()
  return rows.map(publishedRow)
}

/** The value in force of each figure asked for, as it was known. */
export async function knownValues(db: Kysely<Database>, filter: PublishedFilter): Promise<KnownRow[]> {
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

function historyOf(db: Kysely<Database>) {
  return db
    .selectFrom('observation_history')
    .selectAll()
    .select([sql<string | null>`null`.as('withdrawn_at'), sql<string | null>`null`.as('withdrawal_reason')])
}

/** The same columns of every value ever published. */
function vintagesOf(db: Kysely<Database>) {
  return db.selectFrom('observation_vintage as observation_history').selectAll() as unknown as ReturnType<
    typeof historyOf
  >
}

/** What is still to be published of some releases, as `publishedValues` will give it. */
export async function draftedValues(
  db: Kysely<Database>,
  releases: readonly number[],
): Promise<PublishedRow[]> {
  if (releases.length === 0) return []
  const rows = await db
    .selectFrom('draft_observation')
    .selectAll()
    .where('release_id', 'in', releases)
    .orderBy('release_id')
    .orderBy('measure')
    .orderBy('title')
    .orderBy('place')
    .orderBy('period')
    .execute()
  return rows.map(publishedRow)
}

/** What anybody reads of the figures that some releases speak of. */
export async function publishedBeside(
  db: Kysely<Database>,
  releases: readonly number[],
): Promise<PublishedRow[]> {
  if (releases.length === 0) return []
  const rows = await db
    .selectFrom('observation_history')
    .selectAll()
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('observation')
          .select('observation.release_id')
          .where('observation.release_id', 'in', releases)
          .whereRef('observation.series_id', '=', 'observation_history.series_id')
          .whereRef('observation.period', '=', 'observation_history.period'),
      ),
    )
    .execute()
  return rows.map(publishedRow)
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
