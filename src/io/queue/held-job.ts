import { sql } from 'kysely'
import type PgBoss from 'pg-boss'
import type { Db } from '../database/schema.ts'
import { holding } from '../database/session-lock.ts'
import { QUEUE_SCHEMA, repeated } from './queue.ts'

const JOB_LOCK = 7_216_003
const TURN_LOCK = 7_216_004
/** Between the moment when a worker takes a job and the one when it holds its lock. */
const GRACE_SECONDS = 2
const WATCH_MILLIS = 1_000

/** Does the work of a job while this process holds the lock of that job, which its death drops. */
export function whileHeld<T>(db: Db, job: string, work: () => Promise<T>): Promise<T> {
  return holding(db, { kind: JOB_LOCK, subject: job }, work)
}

/** Gives back to the queue the jobs that were begun and that no living process holds. @returns how many. */
export async function giveBackAbandoned(db: Db, queue: PgBoss, names: readonly string[]): Promise<number> {
  return db.transaction().execute(async trx => {
    const { rows: turn } = await sql<{ mine: boolean }>`
      select pg_try_advisory_xact_lock(${TURN_LOCK}) as mine`.execute(trx)
    if (!turn[0]?.mine) return 0
    // PostgreSQL shows the two keys of a lock as identifiers, which have no sign.
    const { rows: abandoned } = await sql<{ id: string; name: string }>`
      select id::text, name from ${sql.id(QUEUE_SCHEMA, 'job')}
       where state = 'active' and name = any(${[...names]}::text[])
         and started_on < now() - make_interval(secs => ${GRACE_SECONDS})
         and not exists (
           select from pg_locks
            where locktype = 'advisory' and granted and objsubid = 2 and classid::bigint = ${JOB_LOCK}
              and database = (select oid from pg_database where datname = current_database())
              and objid::bigint = hashtext(id::text)::bigint & 4294967295)`.execute(trx)
    for (const { id, name } of abandoned) await queue.fail(name, id, { message: 'its worker left' })
    return abandoned.length
  })
}

/** Gives back abandoned jobs every second until the queue stops; a database that is away is asked again. */
export function watchAbandoned(db: Db, queue: PgBoss, names: readonly string[]): void {
  const look = () => giveBackAbandoned(db, queue, names)
  queue.once('stopped', repeated(look, { everyMillis: WATCH_MILLIS, report: () => undefined }))
}
