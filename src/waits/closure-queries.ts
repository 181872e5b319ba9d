import { sql } from 'kysely'
import type { Knowledge } from '../figures/published-queries.ts'
import type { Db } from '../io/database/schema.ts'
import type { Closure } from './hall-capacity.ts'

/** Closures of some halls, past and to come, as files published by a day and recorded here by another tell them. */
export async function closuresOf(
  db: Db,
  halls: readonly string[],
  { asOf = 'infinity', recordedBy = 'infinity' }: Knowledge,
): Promise<Closure[]> {
  if (halls.length === 0) return []
  const { rows } = await sql<Closure>`
    select insee as hall, first_day as "from", last_day as "to", 1 as share
      from closures_known(${asOf}::date, ${recordedBy}::date)
     where insee = any (${halls}::text[])
     order by insee, first_day`.execute(db)
  return rows
}
