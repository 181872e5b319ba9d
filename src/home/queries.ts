import type { Kysely } from 'kysely'
import type { Database } from '../io/database/schema.ts'
import type { Day } from '../pure/calendar/day.ts'

/** The last document published with an observation of a department or of its communes. */
export async function lastPublished(
  db: Kysely<Database>,
  department: string,
): Promise<{ day: Day; document: string } | undefined> {
  return db
    .selectFrom('release')
    .select(['published_on as day', 'document'])
    .where(eb =>
      eb.exists(
        eb
          .selectFrom('observation')
          .innerJoin('series', 'series.id', 'observation.series_id')
          .innerJoin('place', 'place.code', 'series.place')
          .select('observation.series_id')
          .whereRef('observation.release_id', '=', 'release.id')
          .where(or => or.or([or('place.code', '=', department), or('place.parent', '=', department)])),
      ),
    )
    .orderBy('published_on', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
}
