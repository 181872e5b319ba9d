import { type Kysely, sql } from 'kysely'
import type { Database } from '../io/database/schema.ts'
import type { Day } from '../pure/calendar/day.ts'
import type { Cause, CollectorKind } from './collector.ts'
import type { Collector, ReadingSummary } from './collector-answer.ts'
import { remedyWords } from './words.ts'

interface KeptOrder {
  name: string
  kind: CollectorKind
  address: string
  department: string
  token: Buffer | null
  hour: string
}

/** The collectors that the present request may see, by name; one of them when its number is given. */
export async function collectors(db: Kysely<Database>, id?: number): Promise<Collector[]> {
  const rows = await db
    .selectFrom('collector')
    .leftJoinLateral(
      eb =>
        eb
          .selectFrom('collector_reading')
          .selectAll()
          .whereRef('collector_id', '=', 'collector.id')
          .orderBy('id', 'desc')
          .limit(1)
          .as('last'),
      join => join.onTrue(),
    )
    .select([
      'collector.id',
      'collector.name',
      'collector.kind',
      'collector.address',
      'collector.department',
      'collector.hour',
      'collector.paused',
      'collector.created_at as createdAt',
      'collector.has_token as hasToken',
      'last.id as reading',
      'last.day',
      'last.started_at as startedAt',
      'last.ended_at as endedAt',
      'last.state',
      'last.cause',
      'last.invalid_points as invalidPoints',
    ])
    .select(eb =>
      eb
        .selectFrom('collector_reading as r')
        .select(one => one.fn.max('r.ended_at').as('at'))
        .whereRef('r.collector_id', '=', 'collector.id')
        .where('r.state', 'in', ['read', 'partial'])
        .as('lastRead'),
    )
    .where('collector.closed_at', 'is', null)
    .$if(id !== undefined, query => query.where('collector.id', '=', id!))
    .orderBy('collector.name')
    .orderBy('collector.id')
    .execute()
  return rows.map(({ reading, day, startedAt, endedAt, state, cause, invalidPoints, ...row }) => ({
    ...row,
    lastReading:
      reading === null || day === null || startedAt === null || state === null
        ? null
        : summaryOf({
            id: reading,
            day,
            startedAt,
            endedAt,
            state,
            cause: cause as Cause | null,
            invalidPoints: invalidPoints ?? 0,
          }),
  }))
}

/** A reading with what was amiss and what to do about it. */
export function summaryOf(row: Omit<ReadingSummary, 'message'>): ReadingSummary {
  return { ...row, message: remedyWords(row) ?? null }
}

/** Creates a collector. @returns its number. */
export async function createCollector(db: Kysely<Database>, order: KeptOrder): Promise<number> {
  const { id } = await db.insertInto('collector').values(order).returning('id').executeTakeFirstOrThrow()
  return id
}

type Change = { [Name in keyof KeptOrder]?: KeptOrder[Name] | undefined } & { paused?: boolean | undefined }

/** Changes a collector. @returns whether the present request may, and there is one. */
export async function changeCollector(db: Kysely<Database>, id: number, change: Change): Promise<boolean> {
  const row = await db
    .updateTable('collector')
    // Something is always set, so that an empty change is one.
    .set({ paused: sql<boolean>`paused`, ...change })
    .where('id', '=', id)
    .where('closed_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Gives a collector up; its readings and its figures stay. @returns whether there was one. */
export async function closeCollector(db: Kysely<Database>, id: number): Promise<boolean> {
  const row = await db
    .updateTable('collector')
    .set({ closed_at: sql<string>`now()` })
    .where('id', '=', id)
    .where('closed_at', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** A collector with its sealed token, for whoever reads it. */
export interface CollectorToRead {
  id: number
  name: string
  kind: CollectorKind
  address: string
  department: string
  token: Buffer | undefined
  remembered: unknown
}

/** A collector to be read now; `undefined` once it was given up. */
export async function collectorToRead(
  db: Kysely<Database>,
  id: number,
): Promise<CollectorToRead | undefined> {
  const row = await db
    .selectFrom('collector')
    .select(['id', 'name', 'kind', 'address', 'department', 'token', 'remembered'])
    .where('id', '=', id)
    .where('closed_at', 'is', null)
    .executeTakeFirst()
  return row && { ...row, token: row.token ?? undefined }
}

/** Keeps what the kind of a collector remembers from one reading to the next. */
export async function remember(db: Kysely<Database>, id: number, remembered: object): Promise<void> {
  await db
    .updateTable('collector')
    .set({ remembered: JSON.stringify(remembered) })
    .where('id', '=', id)
    .execute()
}

/** Collectors whose hour has come on a day in Paris and that were not read since, nor found away within the last hour. */
export async function dueCollectors(
  db: Kysely<Database>,
  { day, hour }: { day: Day; hour: string },
): Promise<number[]> {
  const rows = await db
    .selectFrom('collector')
    .select('id')
    .where('closed_at', 'is', null)
    .where('paused', '=', false)
    .where('hour', '<=', hour)
    .where(eb =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('collector_reading as r')
            .select('r.id')
            .whereRef('r.collector_id', '=', 'collector.id')
            .where('r.day', '=', day)
            .where(one =>
              one.or([
                one('r.state', 'in', ['read', 'partial', 'refused']),
                one('r.started_at', '>', sql<string>`clock_timestamp() - interval '1 hour'`),
              ]),
            ),
        ),
      ),
    )
    .orderBy('id')
    .execute()
  return rows.map(row => row.id)
}

const CALL_LOCK = 7_216_021
/** A little more than a minute: calls do not travel all at the same speed. */
const WINDOW_SECONDS = 61

/**
 * Takes one of the calls that an origin takes in a minute, among all processes.
 * @returns 0 when it may be made now, or the time to wait before asking again.
 */
export async function takeCall(db: Kysely<Database>, origin: string, aMinute: number): Promise<number> {
  return db.transaction().execute(async trx => {
    await sql`select pg_advisory_xact_lock(${CALL_LOCK}, hashtext(${origin}))`.execute(trx)
    await sql`delete from collector_call where at < clock_timestamp() - make_interval(secs => ${WINDOW_SECONDS})`.execute(
      trx,
    )
    const { rows } = await sql<{ made: number; wait: number }>`
      select count(*) as made,
             coalesce(extract(epoch from min(at) + make_interval(secs => ${WINDOW_SECONDS}) - clock_timestamp()), 0)::double precision as wait
        from collector_call where origin = ${origin}`.execute(trx)
    const { made, wait } = rows[0]!
    if (made >= aMinute) return Math.max(50, Math.ceil(wait * 1_000))
    await trx.insertInto('collector_call').values({ origin }).execute()
    return 0
  })
}
