import { sql } from 'kysely'
import { Refusal } from '../../errors.ts'
import { actAsOwner } from '../../io/database/acting.ts'
import type { Db } from '../../io/database/schema.ts'
import { SECURITY_LOG_MONTHS } from '../lifetime.ts'
import { pseudonyms } from './journal-queries.ts'

/** What a reader says of a page. */
export interface Remark {
  kind: 'wrong-figure' | 'not-found'
  page: string
  words: string
}

/** Remarks of one network address in an hour, and of everybody in a day: beyond, a reader is asked to come back. */
export const MOST_REMARKS = { anHour: 5, aDay: 200 }

/** Keeps what a reader says, and forgets what is older than a year. @throws Refusal beyond the bounds. */
export async function keepRemark(db: Db, remark: Remark, address: string): Promise<void> {
  await actAsOwner(async () => {
    const author = (await pseudonyms(db))(address)
    await sql`delete from remark where at < now() - make_interval(months => ${SECURITY_LOG_MONTHS})`.execute(
      db,
    )
    // Counted and written by one statement: two remarks at once do not both pass for the last one.
    const kept = await sql`
      insert into remark (kind, page, words, author)
      select ${remark.kind}, ${remark.page}, ${remark.words}, ${author}
       where (select count(*) from remark where author = ${author} and at > now() - interval '1 hour') < ${MOST_REMARKS.anHour}
         and (select count(*) from remark where at > now() - interval '1 day') < ${MOST_REMARKS.aDay}`.execute(
      db,
    )
    if (kept.numAffectedRows === 0n)
      throw new Refusal(
        'too-many-requests',
        'Beaucoup de signalements viennent d’arriver : gardez vos mots, et renvoyez-les dans une heure.',
      )
  })
}

/** The last remarks of readers, newest first. */
export async function remarks(db: Db, limit: number): Promise<(Remark & { at: string })[]> {
  const rows = await actAsOwner(() =>
    db
      .selectFrom('remark')
      .select(['at', 'kind', 'page', 'words'])
      .orderBy('id', 'desc')
      .limit(limit)
      .execute(),
  )
  return rows.map(row => ({ ...row, kind: row.kind as Remark['kind'] }))
}
