import { sql } from 'kysely'
import type pg from 'pg'
import type PgBoss from 'pg-boss'
import { poolOf } from '../database/bulk.ts'
import type { Db } from '../database/schema.ts'
import { holding } from '../database/session-lock.ts'

/** Schema of the queue in the database, apart from what is published. */
export const QUEUE_SCHEMA = 'queue'

/** Seconds after which a job without an end is given to another worker, though its own may still be connected. */
const EXPIRE_SECONDS = 120
/** Seconds between two looks at expired jobs. */
const SUPERVISE_SECONDS = 5

const MAKING_LOCK = 7_216_005

/**
 * Makes what the queue stands on, one process after the other: pg-boss makes tables under locks that two processes
 * which start together would wait for in a ring.
 */
export function inTurn<T>(db: Db, make: () => Promise<T>): Promise<T> {
  return holding(db, { kind: MAKING_LOCK }, make)
}

/** Opens the queue beside a database, on connections of its own; any number of processes may. `schedule`: it also looks at the clock for what is to be done at some hours. */
export async function openQueue(db: Db, { schedule = false } = {}): Promise<PgBoss> {
  const { host, port, user, password, database, connectionString, ssl } = poolOf(db).options as pg.PoolConfig
  const given = Object.entries({ host, port, user, password, database, connectionString, ssl })
  const { default: Queue } = await import('pg-boss')
  const queue = new Queue({
    ...Object.fromEntries(given.filter(([, value]) => value !== undefined)),
    application_name: 'vigie-titres queue',
    schema: QUEUE_SCHEMA,
    max: 2,
    schedule,
    expireInSeconds: EXPIRE_SECONDS,
    retryLimit: 5,
    maintenanceIntervalSeconds: SUPERVISE_SECONDS,
    monitorStateIntervalSeconds: SUPERVISE_SECONDS,
  })
  // A lost connection comes back by itself; unheard, it would end the process.
  queue.on('error', () => undefined)
  return inTurn(db, () => queue.start())
}

const WORKER_LOCK = 7_216_022
const EVERY_FEW_MINUTES = '*/5 * * * *'
const BETWEEN_LOOKS_MILLIS = 60_000

/** Does some work every five minutes in this worker or in another one, never in two at once. */
export async function workEveryFewMinutes(
  db: Db,
  queue: PgBoss,
  name: string,
  work: () => Promise<void>,
): Promise<void> {
  await inTurn(db, async () => {
    await queue.createQueue(name, { name, policy: 'short', retryLimit: 0, expireInSeconds: 3_600 })
    await queue.schedule(name, EVERY_FEW_MINUTES, {}, { tz: 'Europe/Paris' })
  })
  await queue.work(name, { batchSize: 1, pollingIntervalSeconds: 5 }, work)
}

/** Says that a worker is there until it is told to stop, or dies. @returns how to stop. */
export function presentAsWorker(db: Db): () => void {
  let leave = () => {}
  const left = new Promise<void>(resolve => {
    leave = resolve
  })
  holding(db, { kind: WORKER_LOCK, subject: String(process.pid) }, () => left).catch(() => undefined)
  return leave
}

/** Does some work every minute while no worker is there to do it. @returns how to stop. */
export function workWithoutWorker(
  db: Db,
  work: () => Promise<void>,
  report: (error: unknown) => void,
  everyMillis = BETWEEN_LOOKS_MILLIS,
): () => void {
  return repeated(
    async () => {
      if (!(await hasWorker(db))) await work()
    },
    { everyMillis, report },
  )
}

/** Does some work again and again, so long after its end; what it fails of is told. @returns how to stop. */
export function repeated(
  work: () => Promise<unknown>,
  { everyMillis, report }: { everyMillis: number; report: (error: unknown) => void },
): () => void {
  let isStopped = false
  const again = () =>
    setTimeout(async () => {
      await work().catch(report)
      if (!isStopped) timer = again()
    }, everyMillis).unref()
  let timer = again()
  return () => {
    isStopped = true
    clearTimeout(timer)
  }
}

async function hasWorker(db: Db): Promise<boolean> {
  const { rows } = await sql<{ there: boolean }>`
    select exists (
      select from pg_locks
       where locktype = 'advisory' and granted and classid::bigint = ${WORKER_LOCK}
         and database = (select oid from pg_database where datname = current_database())) as there`.execute(
    db,
  )
  return rows[0]!.there
}
