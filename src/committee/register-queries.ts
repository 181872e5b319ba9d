import type { EntryKind } from '../imports/kinds/register-file.ts'
import type { Db } from '../io/database/schema.ts'
import type { RegisterEntry } from './register.ts'

/** What was asked and announced in the committees of a department, in the order of the minutes. */
export async function registerEntries(db: Db, department: string): Promise<RegisterEntry[]> {
  const rows = await db
    .selectFrom('committee_entry as entry')
    .innerJoin('release', 'release.id', 'entry.release_id')
    .innerJoin('source', 'source.id', 'release.source_id')
    .select(['code', 'entry.kind as kind', 'subject', 'said_by as by', 'speaks_for as speaksFor', 'said'])
    .select(['held_on as heldOn', 'locator', 'replied_by as repliedBy', 'reply', 'due_by as dueBy'])
    .select(['due_words as dueWords', 'followed_on as followedOn', 'follow_up as followUp'])
    .select(['follow_up_source as followUpSource', 'settled_on as settledOn', 'measure as shownBy'])
    .select(['measure_page as shownAt', 'source.publisher as publisher', 'release.document as document'])
    .where('entry.place', '=', department)
    .orderBy('held_on')
    .orderBy('entry.id')
    .execute()
  return rows.map(({ publisher, document, locator, kind, ...entry }) => ({
    ...entry,
    kind: kind as EntryKind,
    source: [publisher, document, locator].filter(words => words !== '').join(', '),
  }))
}
