import { type Kysely, sql } from 'kysely'
import type { Database } from '../io/database/schema.ts'
import { type Day, daysBetween } from '../pure/calendar/day.ts'
import { groupBy } from '../pure/figures/group-by.ts'

import { CAUSES, type Cause, DOCUMENTS_NUMBER, REASON_CODES } from './collector.ts'
import type { Reading, ReadingState } from './collector-answer.ts'
import { type CollectorToRead, summaryOf } from './collector-queries.ts'
import { type DailyWait, FIGURE_REASON, type PointDay } from './daily-wait.ts'
import { type KnownPoint, type MeetingPoint, recognise } from './meeting-point.ts'
import { knownPoints } from './point-queries.ts'
import type { EditorReading } from './slot-count.ts'
import { horizonOf } from './slot-count.ts'

/** Notes that a reading begins. @returns its number. */
export async function beginReading(
  db: Kysely<Database>,
  { collector, day, askedBy }: { collector: number; day: Day; askedBy: string },
): Promise<number> {
  const { id } = await db
    .insertInto('collector_reading')
    .values({ collector_id: collector, day, asked_by: askedBy })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** What is noted of a reading at its end. */
export interface ReadingEnd {
  state: Exclude<ReadingState, 'running'>
  cause?: Cause | undefined
  outcome?: object
}

/** Notes how a reading ended. */
export async function endReading(db: Kysely<Database>, id: number, end: ReadingEnd): Promise<void> {
  await db
    .updateTable('collector_reading')
    .set({
      state: end.state,
      cause: end.cause ?? null,
      ended_at: sql<string>`clock_timestamp()`,
      ...(end.outcome === undefined ? {} : { outcome: JSON.stringify(end.outcome) }),
    })
    .where('id', '=', id)
    .execute()
}

/** Says of the readings of a collector, but one, that their process died. The collector must be held. */
export async function interruptOthers(
  db: Kysely<Database>,
  { collector, reading }: { collector: number; reading?: number },
): Promise<void> {
  await db
    .updateTable('collector_reading')
    .set({ state: 'interrupted', ended_at: sql<string>`clock_timestamp()` })
    .where('collector_id', '=', collector)
    .$if(reading !== undefined, query => query.where('id', '<', reading!))
    .where('state', '=', 'running')
    .execute()
}

/** Collectors of which a reading goes on, or seems to since its process died. */
export async function collectorsBeingRead(
  db: Kysely<Database>,
): Promise<Pick<CollectorToRead, 'id' | 'kind' | 'address'>[]> {
  return db
    .selectFrom('collector_reading as r')
    .innerJoin('collector as c', 'c.id', 'r.collector_id')
    .select(['c.id', 'c.kind', 'c.address'])
    .distinct()
    .where('r.state', '=', 'running')
    .execute()
}

/** Stores what an editor told, whole or not at all; points seen before keep their number and their hall. */
export async function storeEditorReading(
  db: Kysely<Database>,
  { collector, reading, day }: { collector: number; reading: number; day: Day },
  told: EditorReading,
): Promise<void> {
  await db.transaction().execute(async trx => {
    const known = await knownPoints(trx, collector)
    const numbers = new Map<string, number>()
    for (const { point, seen } of recognise(known, told.read.points)) {
      const row = { ...pointRow(seen), last_seen: day }
      const stored = await (point === undefined
        ? trx
            .insertInto('collector_point')
            .values({ ...row, collector_id: collector, first_seen: day })
            .returning('id')
        : trx
            .updateTable('collector_point')
            .set({ ...row, ugf: seen.ugf ?? sql<string | null>`ugf` })
            .where('id', '=', point)
            .returning('id')
      ).executeTakeFirstOrThrow()
      numbers.set(seen.editorId, stored.id)
    }
    const { cause } = told
    const counts =
      cause === undefined
        ? told.counts.map(one => ({ ...one, point: numbers.get(one.editorId)! }))
        : unread(known, day, cause)
    const rows = counts.map(({ point, reason, count }) => ({
      reading_id: reading,
      point_id: point,
      reason,
      state: count.state,
      cause: count.cause ?? null,
      first_slot_days: count.firstSlotDays ?? null,
      within7: count.open[0] ?? null,
      within30: count.open[1] ?? null,
      within90: count.open[2] ?? null,
    }))
    for (let i = 0; i < rows.length; i += CHUNK)
      await trx
        .insertInto('collector_slot_count')
        .values(rows.slice(i, i + CHUNK))
        .execute()
    await trx
      .updateTable('collector_reading')
      .set({
        horizon: horizonOf(day),
        documents_number: DOCUMENTS_NUMBER,
        calls: told.calls,
        invalid_points: told.read.invalid,
      })
      .where('id', '=', reading)
      .execute()
  })
}

const CHUNK = 1_000
/** Days after which a point that its editor no longer tells of is not said to be unread. */
const FORGOTTEN_DAYS = 30

/** The points of an editor that did not answer at all: each day is a gap with its cause. */
function unread(
  known: readonly (KnownPoint & { lastSeen: Day })[],
  day: Day,
  cause: Cause,
): (EditorReading['counts'][number] & { point: number })[] {
  const count = { state: CAUSES[cause].state, cause, firstSlotDays: undefined, open: [] }
  return known
    .filter(point => daysBetween(point.lastSeen, day) <= FORGOTTEN_DAYS)
    .flatMap(({ point, editorId }) => REASON_CODES.map(reason => ({ point, editorId, reason, count })))
}

function pointRow(seen: MeetingPoint) {
  return {
    editor_id: seen.editorId,
    ugf: seen.ugf ?? null,
    name: seen.name,
    address: seen.address,
    zip_code: seen.zipCode,
    city: seen.city,
    lat: seen.lat,
    lon: seen.lon,
  }
}

/** Which readings are wanted: the last ones, or one alone. */
export interface ReadingRequest {
  collector: number
  limit: number
  reading?: number
}

/** The readings of a collector with what each told, newest first. */
export async function readings(
  db: Kysely<Database>,
  { collector, limit, reading }: ReadingRequest,
): Promise<Reading[]> {
  const rows = await db
    .selectFrom('collector_reading')
    .selectAll()
    .where('collector_id', '=', collector)
    .$if(reading !== undefined, query => query.where('id', '=', reading!))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  if (rows.length === 0) return []
  const counts = await db
    .selectFrom('collector_slot_count as c')
    .innerJoin('collector_point as p', 'p.id', 'c.point_id')
    .select([
      'c.reading_id as reading',
      'p.editor_id as editorId',
      'p.name',
      'p.hall',
      'c.reason',
      'c.state',
      'c.cause',
      'c.first_slot_days as firstSlotDays',
      'c.within7',
      'c.within30',
      'c.within90',
    ])
    .where(
      'c.reading_id',
      'in',
      rows.map(row => row.id),
    )
    .orderBy('p.id')
    .orderBy('c.reason')
    .execute()
  const byReading = groupBy(counts, row => row.reading)
  return rows.map(row => ({
    ...summaryOf({
      id: row.id,
      day: row.day,
      startedAt: row.started_at,
      endedAt: row.ended_at,
      state: row.state,
      cause: row.cause as Cause | null,
      invalidPoints: row.invalid_points,
    }),
    horizon: row.horizon,
    documentsNumber: row.documents_number,
    calls: row.calls,
    outcome: row.outcome as Record<string, unknown>,
    points: (byReading.get(row.id) ?? []).map(({ reading: _, within7, within30, within90, ...count }) => ({
      ...count,
      cause: count.cause as Cause | null,
      slots: { within7, within30, within90 },
    })),
  }))
}

/** What readings told of the points whose hall is known, for the figures of these halls; since a day when it is given. */
export async function pointDays(db: Kysely<Database>, collector: number, since?: Day): Promise<PointDay[]> {
  const { rows } = await sql<Omit<PointDay, 'firstSlotDays'> & { firstSlotDays: number | null }>`
    select p.hall, r.day, r.id as reading, c.state, c.first_slot_days as "firstSlotDays",
           r.horizon - r.day as "horizonDays"
      from collector_reading r
      join collector_slot_count c on c.reading_id = r.id and c.reason = ${FIGURE_REASON}
      join collector_point p on p.id = c.point_id
     where r.collector_id = ${collector} and p.hall is not null and r.day >= ${since ?? '0001-01-01'}::date
     order by r.id`.execute(db)
  return rows.map(row => ({ ...row, firstSlotDays: row.firstSlotDays ?? undefined }))
}

/** The waits already published from the readings of a collector; since a day when it is given. */
export async function publishedWaits(
  db: Kysely<Database>,
  collector: number,
  since?: Day,
): Promise<DailyWait[]> {
  return db
    .selectFrom('collector_figure')
    .select(['hall', 'day', 'days', 'status'])
    .where('collector_id', '=', collector)
    .$if(since !== undefined, query => query.where('day', '>=', since!))
    .orderBy('day')
    .execute()
}

/** Notes which waits were published, and which were taken back, by an import. */
export async function noteFigures(
  db: Kysely<Database>,
  about: { collector: number; release: number },
  waits: readonly DailyWait[],
  withdrawn: readonly { hall: string; day: Day }[] = [],
): Promise<void> {
  await db.transaction().execute(async trx => {
    for (const { hall, day } of withdrawn)
      await trx
        .deleteFrom('collector_figure')
        .where('collector_id', '=', about.collector)
        .where('hall', '=', hall)
        .where('day', '=', day)
        .execute()
    for (let i = 0; i < waits.length; i += CHUNK)
      await trx
        .insertInto('collector_figure')
        .values(
          waits
            .slice(i, i + CHUNK)
            .map(wait => ({ ...wait, collector_id: about.collector, release_id: about.release })),
        )
        .onConflict(conflict =>
          conflict.columns(['collector_id', 'hall', 'day']).doUpdateSet(eb => ({
            days: eb.ref('excluded.days'),
            status: eb.ref('excluded.status'),
            release_id: eb.ref('excluded.release_id'),
          })),
        )
        .execute()
  })
}
