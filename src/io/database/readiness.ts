import { setTimeout as delay } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Db } from './schema.ts'
import { errorText } from './unavailable.ts'

const PATIENCE_MILLIS = 2_000

/** Why the database cannot serve now, in a few words for an operator; `undefined` when it can. */
export async function unready(db: Db): Promise<string | undefined> {
  const answer = sql`select from reference_data limit 1`
    .execute(db)
    .then(({ rows }) => (rows.length > 0 ? undefined : 'database without its places'))
    .catch((error: unknown) => `database: ${errorText(error)}`)
  const late = delay(PATIENCE_MILLIS, 'database: no answer in 2 s', { ref: false })
  return Promise.race([answer, late])
}
