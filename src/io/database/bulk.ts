import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import type { Database, Db, Trx } from './schema.ts'

const pools = new WeakMap<object, pg.Pool>()

/** Remembers the connections of a database, so that long work can open one of its own to the same place. */
export function knowPool(db: Db, pool: pg.Pool): void {
  pools.set(db, pool)
}

/** Lets another view of a database, such as the one that requests reach, know its connections. */
export function sharePool(from: object, to: object): void {
  const pool = pools.get(from)
  if (pool !== undefined) pools.set(to, pool)
}

/** The connections of a database. @throws Error for a database that `openDatabase` did not open. */
export function poolOf(db: Db): pg.Pool {
  const pool = pools.get(db)
  if (pool === undefined) throw new Error('this database was not opened here')
  return pool
}

/** Sends rows in the text format of COPY, piece by piece, to a table, as `series_id, period, …` lists its columns. */
export type Copy = (table: string, columns: string, pieces: Iterable<string | Buffer>) => Promise<void>

/**
 * One transaction on a connection of its own, without limit of time for its statements: what copies millions of rows
 * would otherwise be cut, and hold back those who wait for a connection.
 */
export async function inBulk<T>(db: Db, work: (trx: Trx, copy: Copy) => Promise<T>): Promise<T> {
  const { options } = poolOf(db)
  const pool = new pg.Pool({
    ...options,
    // Not listed by the options of a pool, which hides it.
    password: (options as { password?: string }).password,
    max: 1,
    statement_timeout: 0,
    query_timeout: 0,
    application_name: 'vigie-titres import',
  } as pg.PoolConfig)
  pool.on('error', () => undefined)
  let client: pg.PoolClient | undefined
  pool.on('connect', connected => {
    client = connected
    connected.on('error', () => undefined)
  })
  try {
    const alone = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) })
    return await alone.transaction().execute(async trx => {
      // Triggers look at what was copied together, which would be written to disk first.
      await sql`set local work_mem = '16MB'`.execute(trx)
      return await work(trx, async (table, columns, pieces) => {
        if (client === undefined) throw new Error('COPY before the transaction began')
        const target = client.query(copyFrom(`copy ${table} (${columns}) from stdin`))
        await pipeline(Readable.from(pieces, { objectMode: false }), target)
      })
    })
  } finally {
    await pool.end()
  }
}

/** A text as a value of COPY in the text format: what would end a value or a row is escaped. */
export function copyText(text: string): string {
  return /[\\\t\n\r]/.test(text)
    ? text.replace(/[\\\t\n\r]/g, character => ESCAPES[character] ?? character)
    : text
}

const ESCAPES: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' }
