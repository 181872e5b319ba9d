import type { Db } from '../io/database/schema.ts'
import type { Day } from '../pure/calendar/day.ts'
import type { Title } from '../pure/law/title.ts'

/** A dated fact that bears on delays. */
export interface DatedFact {
  place: string
  title: Title | ''
  from: Day
  until: Day
  nature: string
  files: number | undefined
  label: string
  source: string
}

/** Dated facts of some places, in order of time. */
export async function datedFacts(db: Db, places: readonly string[]): Promise<DatedFact[]> {
  const rows = await db
    .selectFrom('event')
    .innerJoin('release', 'release.id', 'event.release_id')
    .select([
      'event.place as place',
      'event.title as title',
      'event.first_day as from',
      'event.last_day as until',
      'event.nature as nature',
      'event.files as files',
      'event.label as label',
      'event.locator as locator',
      'release.document as document',
    ])
    .where('event.place', 'in', places)
    .orderBy('event.first_day')
    .orderBy('event.id')
    .execute()
  return rows.map(({ document, locator, files, title, ...row }) => ({
    ...row,
    title: title as Title | '',
    files: files ?? undefined,
    source: locator || document,
  }))
}
