import { sql } from 'kysely'
import type { Db, Trx } from './schema.ts'

/** Imports and publications take turns, so that the order of their numbers is the order in which they became visible. */
export const IMPORT_LOCK = 7_216_001

/** A release to make public: by whom, from when (on French clocks, `2026-12-01T08:00`), and why. */
export interface PublicationOrder {
  release: number
  by: string
  embargoUntil: string | undefined
  reason: string | undefined
}

/** Makes a stored release public, at once or at the end of its embargo. The import lock must be held. */
export async function publishRelease(
  trx: Trx,
  { release, by, embargoUntil, reason }: PublicationOrder,
): Promise<void> {
  // Never before the publication that came first, whatever was done to the clock since.
  await sql`
    insert into publication (release_id, published_by, embargo_until, reason, published_at)
    select ${release}::integer, ${by}::text, ${embargoUntil ?? null}::timestamp at time zone 'Europe/Paris',
           ${reason ?? null}::text, greatest(clock_timestamp(), max(published_at))
      from publication`.execute(trx)
}

/**
 * What anybody may read, as a text that never comes twice: publications are numbered in the order in which they were
 * made, an embargo ends without anybody writing, a withdrawal takes back, and a decision on a threshold hides what was read
 * before. What waits for its publication or for the end of its embargo changes nothing of it.
 */
export const PUBLISHED_STATE = `
  concat_ws('.', (select coalesce(max(id), 0) from publication where embargo_until is null),
            (select count(*) from publication where embargo_until <= now()),
            (select coalesce(max(id), 0) from withdrawal), (select coalesce(max(id), 0) from public_threshold))`

/** `PUBLISHED_STATE` at this moment. */
export async function publishedState(db: Db): Promise<string> {
  const { rows } = await sql<{ state: string }>`select ${sql.raw(PUBLISHED_STATE)} as state`.execute(db)
  return rows[0]!.state
}

/** What anybody may read and what was projected on it, as a text that never comes twice: runs are only ever added. */
export const KNOWN_STATE = `concat_ws('.', ${PUBLISHED_STATE}, (select count(*) from projection_run))`
