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
