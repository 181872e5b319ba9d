import { type Kysely, sql } from 'kysely'
import type { Database } from '../io/database/schema.ts'
import type { Day } from '../pure/calendar/day.ts'

/** What a source published of one kind of file, as far as anybody may read it. */
export interface PublishedSource {
  publisher: string
  kind: string
  files: number
  /** Days of its publications, the oldest first. */
  days: readonly Day[]
  /** When the last file came here. */
  recordedAt: string
}

/** Every source with the days of its publications, by kind of file, the last published first. */
export async function publishedSources(db: Kysely<Database>): Promise<PublishedSource[]> {
  const rows = await db
    .selectFrom('published_release')
    .innerJoin('source', 'source.id', 'published_release.source_id')
    .select(eb => [
      'source.publisher',
      'published_release.import_kind as kind',
      eb.fn.countAll<string>().as('files'),
      sql<Day[]>`array_agg(distinct published_release.published_on::text)`.as('days'),
      eb.fn.max('published_release.recorded_at').as('recordedAt'),
    ])
    .groupBy(['source.publisher', 'published_release.import_kind'])
    .orderBy(eb => eb.fn.max('published_release.published_on'), 'desc')
    .orderBy('source.publisher')
    .orderBy('kind')
    .execute()
  return rows.map(row => ({ ...row, files: Number(row.files), days: row.days.toSorted() }))
}
