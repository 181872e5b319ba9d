import { type Kysely, sql } from 'kysely'

/** An advisory lock of PostgreSQL: one of a kind, or one for each subject of its kind. */
export interface SessionLock {
  kind: number
  subject?: string
  /** Waits longer than a statement may last. */
  patient?: boolean
}

/**
 * Does some work while a connection of this process holds a lock, once whoever held it has let go. It is dropped with
 * the connection: when the process dies, by whatever death, the others know.
 */
export async function holding<DB, T>(
  db: Kysely<DB>,
  { kind, subject, patient = false }: SessionLock,
  work: (connection: Kysely<DB>) => Promise<T>,
): Promise<T> {
  const key = subject === undefined ? sql`${kind}::bigint` : sql`${kind}::integer, hashtext(${subject})`
  return db.connection().execute(async connection => {
    const take = () => sql`select pg_advisory_lock(${key})`.execute(connection)
    for (let isHeld = false; !isHeld; )
      isHeld = await take().then(
        () => true,
        (error: unknown) => {
          if (patient && isTimeout(error)) return false
          throw error
        },
      )
    try {
      return await work(connection)
    } finally {
      await sql`select pg_advisory_unlock(${key})`.execute(connection)
    }
  })
}

function isTimeout(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '57014'
}

/** Does some work in a transaction, under a lock that nobody holds; nothing when somebody does. */
export async function ifFree<DB>(
  db: Kysely<DB>,
  { kind, subject }: SessionLock & { subject: string },
  work: (trx: Kysely<DB>) => Promise<void>,
): Promise<void> {
  await db.transaction().execute(async trx => {
    const { rows } = await sql<{ free: boolean }>`
      select pg_try_advisory_xact_lock(${kind}::integer, hashtext(${subject})) as free`.execute(trx)
    if (rows[0]?.free) await work(trx)
  })
}
