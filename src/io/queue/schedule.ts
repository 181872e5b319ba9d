import { sql } from 'kysely'
import type PgBoss from 'pg-boss'
import type { Db } from '../database/schema.ts'
import { holding } from '../database/session-lock.ts'
import { inTurn } from './queue.ts'

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
  let timer: NodeJS.Timeout
  let isStopped = false
  const look = async () => {
    try {
      if (!(await hasWorker(db))) await work()
    } catch (error) {
      report(error)
    }
    if (!isStopped) timer = setTimeout(look, everyMillis).unref()
  }
  timer = setTimeout(look, everyMillis).unref()
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
