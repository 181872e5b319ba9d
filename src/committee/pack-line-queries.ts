import { createHmac, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { Refusal } from '../errors.ts'
import { actAsOwner } from '../io/database/acting.ts'
import { PUBLISHED_STATE } from '../io/database/publication.ts'
import type { Db } from '../io/database/schema.ts'
import { ANYBODY, type Identity, LOCAL_ADMINISTRATOR } from '../pure/access/identity.ts'
import type { Day } from '../pure/calendar/day.ts'

/** What a pack holds: the briefs of a meeting, or the kits that mayors hand out. */
export type PackContent = 'briefs' | 'kits'

/** A pack asked for, as who asked follows it. */
export interface PackJob {
  id: string
  state: 'waiting' | 'making' | 'ready' | 'failed'
  /** Packs made before it, and itself; null once it is made. */
  place: number | null
  department: string
  asOf: Day | null
  content: PackContent
  halls: number
  sheets: number
}

/** A pack to make, and in whose name. */
export interface PackToMake {
  id: string
  reader: Identity
  department: string
  asOf: Day | undefined
  content: PackContent
}

/** Packs in the line, those of one asker among them, and archives kept for who comes back for them. */
export const PACK_LINE = { most: 20, perAsker: 2, kept: 20, keptMinutes: 60, attempts: 3 }
/** A pack being made says a sheet at a time that it lives. */
const SILENT_SECONDS = 60
const RETRY_SECONDS = 20

// Dies with the process: nobody finds an address again from its digest.
const salt = randomBytes(32)

/**
 * Puts a pack in the line, or finds the one that answers the same question of the same reader.
 * @param address network of who asks. @throws Refusal when the line, or their part of it, is full.
 */
export async function askForPack(
  db: Db,
  reader: Identity,
  address: string,
  asked: {
    department: string
    asOf?: Day | undefined
    halls: number
    today: Day
    content?: PackContent | undefined
  },
): Promise<string> {
  const asker = reader.account || createHmac('sha256', salt).update(address).digest('base64url')
  const { department, halls, today, asOf = null, content = 'briefs' } = asked
  return actAsOwner(async () => {
    await forgetOldPacks(db)
    // Found, counted and written by one statement, one question after the other.
    const { rows } = await sql<{ id: string }>`
      with turn as materialized (select pg_advisory_xact_lock(hashtext('pack_job'))),
      question as materialized (
        select ${readerKept(reader)} as reader, ${knownOn(today)} as known from turn),
      same as (
        select id from pack_job join question using (reader, known)
         where department = ${department} and as_of is not distinct from ${asOf}::date and content = ${content} and state <> 'failed' limit 1),
      added as (
        insert into pack_job (asker, reader, department, as_of, known, halls, content)
        select ${asker}, reader, ${department}, ${asOf}::date, known, ${halls}::integer, ${content}::text from question
         where not exists (select from same)
           and (select count(*) from pack_job where state in ('waiting', 'making')) < ${PACK_LINE.most}
           and (select count(*) from pack_job where state in ('waiting', 'making') and asker = ${asker}) < ${PACK_LINE.perAsker}
        returning id)
      select id from same union all select id from added`.execute(db)
    if (rows[0] !== undefined) return rows[0].id
    const { own } = await db
      .selectFrom('pack_job')
      .select(eb => eb.fn.countAll<number>().as('own'))
      .where('asker', '=', asker)
      .where('state', 'in', ['waiting', 'making'])
      .executeTakeFirstOrThrow()
    throw Number(own) >= PACK_LINE.perAsker
      ? new Refusal(
          'too-many-requests',
          `${PACK_LINE.perAsker} de vos dossiers attendent déjà : suivez-les, et redemandez quand l’un est prêt.`,
          { retryAfter: RETRY_SECONDS },
        )
      : new Refusal('service-busy', 'La file des dossiers est pleine : redemandez un peu plus tard.', {
          retryAfter: RETRY_SECONDS,
        })
  })
}

const readerKept = ({ name: _, ...kept }: Identity) => sql`${JSON.stringify(kept)}::jsonb`

/** What a pack rests on besides its question: the day, and what is published. */
const knownOn = (today: Day) =>
  sql<string>`concat_ws('.', ${today}::text, ${sql.raw(PUBLISHED_STATE)}, (select coalesce(max(id), 0) from release))`

/** The archive of the briefs that answers the same question of the same reader, when one is ready. */
export async function readyPack(
  db: Db,
  reader: Identity,
  { department, asOf, today }: { department: string; asOf?: Day | undefined; today: Day },
): Promise<Buffer | undefined> {
  const job = await actAsOwner(() =>
    db
      .selectFrom('pack_job')
      .select('archive')
      .where('state', '=', 'ready')
      .where('content', '=', 'briefs')
      .where('department', '=', department)
      .where('as_of', 'is not distinct from', asOf ?? null)
      .where('reader', '=', readerKept(reader))
      .where('known', '=', knownOn(today))
      .executeTakeFirst(),
  )
  return job?.archive ?? undefined
}

async function forgetOldPacks(db: Db): Promise<void> {
  await sql`
    delete from pack_job where state in ('ready', 'failed')
       and (updated_at < now() - make_interval(mins => ${PACK_LINE.keptMinutes}) or id not in (
         select id from pack_job where state in ('ready', 'failed') order by updated_at desc limit ${PACK_LINE.kept}))`.execute(
    db,
  )
}

/** A pack that somebody asked for and its place in the line. @throws Refusal for another reader's, or an unknown one. */
export async function packJob(db: Db, id: string, reader: Identity): Promise<PackJob> {
  const job = await actAsOwner(() =>
    db
      .selectFrom('pack_job as job')
      .select(['id', 'state', 'department', 'as_of as asOf', 'content', 'halls', 'sheets'])
      .select(
        sql<number | null>`case when state in ('waiting', 'making') then (
          select count(*)::integer from pack_job before
           where before.state in ('waiting', 'making') and (before.asked_at, before.id) <= (job.asked_at, job.id)) end`.as(
          'place',
        ),
      )
      .where('id', '=', id)
      .where(readBy(reader))
      .executeTakeFirst(),
  )
  return job ?? unknownPack()
}

/** The archive of a pack that is ready. @throws Refusal while there is none. */
export async function packArchive(db: Db, id: string, reader: Identity): Promise<Buffer> {
  const job = await actAsOwner(() =>
    db.selectFrom('pack_job').select('archive').where('id', '=', id).where(readBy(reader)).executeTakeFirst(),
  )
  return job?.archive ?? unknownPack()
}

const readBy = (reader: Identity) =>
  sql<boolean>`reader->>'account' = ${reader.account} and reader->>'role' = ${reader.role}`

function unknownPack(): never {
  throw new Refusal(
    'pack-not-found',
    'Aucun dossier prêt sous ce numéro : il n’est pas fini, n’est plus gardé (une heure), ou n’est pas à vous. Redemandez-le.',
  )
}

/** Takes the pack that has waited longest, or one whose process died; none when the line is empty. */
export async function takePack(db: Db): Promise<PackToMake | undefined> {
  await sql`update pack_job set state = 'failed' where state = 'making' and attempts >= ${PACK_LINE.attempts}
    and updated_at < now() - make_interval(secs => ${SILENT_SECONDS})`.execute(db)
  const { rows } = await sql<{
    id: string
    reader: Omit<Identity, 'name'>
    department: string
    asOf: Day | null
    content: PackContent
  }>`
    update pack_job set state = 'making', attempts = attempts + 1, sheets = 0, updated_at = clock_timestamp()
     where id = (
       select id from pack_job
        where (state = 'waiting' and not exists (
                select from pack_job busy where busy.state = 'making'
                   and busy.updated_at >= now() - make_interval(secs => ${SILENT_SECONDS})))
           or (state = 'making' and attempts < ${PACK_LINE.attempts} and updated_at < now() - make_interval(secs => ${SILENT_SECONDS}))
        order by asked_at, id limit 1 for update skip locked)
    returning id, reader, department, as_of as "asOf", content`.execute(db)
  const job = rows[0]
  return job && { ...job, asOf: job.asOf ?? undefined, reader: readerOf(job.reader) }
}

/** The two whose connections are their own are known by themselves, not by what they are called. */
function readerOf(kept: Omit<Identity, 'name'>): Identity {
  if (kept.role === 'public') return ANYBODY
  return kept.account === LOCAL_ADMINISTRATOR.account ? LOCAL_ADMINISTRATOR : { ...kept, name: '' }
}

/** Tells how far a pack is. */
export async function tellPack(
  db: Db,
  id: string,
  told: { sheets?: number; state?: 'ready' | 'failed'; archive?: Buffer },
): Promise<void> {
  await db
    .updateTable('pack_job')
    .set({ ...told, updated_at: sql<string>`clock_timestamp()` })
    .where('id', '=', id)
    .execute()
}
