import type { z } from '@hono/zod-openapi'
import { type Kysely, sql, type Transaction } from 'kysely'
import { Refusal } from '../errors.ts'
import { withinAsOwner } from '../io/database/acting.ts'
import { IMPORT_LOCK, publishRelease } from '../io/database/publication.ts'
import type { Database } from '../io/database/schema.ts'
import { placeOf } from '../places/place-queries.ts'
import { sourceSpokenFor, unnamedPublisher } from '../publications/speaker-queries.ts'
import { answersFor, type Identity, ROLE_NAMES } from '../pure/access/identity.ts'
import { KINDS_BROUGHT } from '../pure/access/kinds-brought.ts'
import type { Day } from '../pure/calendar/day.ts'
import { frenchInstant } from '../pure/french/french.ts'
import type { Fault } from './cells/fault.ts'
import type { Effect } from './effect.ts'
import type { SaidBeside } from './file-setting.ts'
import type { FrontMatter } from './front-matter.ts'
import type { storedSchema } from './import-answer.ts'
import { type AnyVersionStore, storeOf } from './store-queries.ts'

/** A file as it was received, with what its sender said of it. What the file says of itself wins. */
export interface ReceivedFile extends SaidBeside {
  bytes: Uint8Array
  name: string
  /** Calls off its reading. */
  signal?: AbortSignal | undefined
  source?: string | undefined
  defaultPlace: string
  receivedFrom: string
  /** In whose name; of the service itself when absent, which answers for every place. */
  sender?: Identity | undefined
  /** Whether it waits for somebody to publish it. */
  draft?: boolean | undefined
}

/** A file that was stored, now or already before. */
export interface StoredRelease extends Omit<z.infer<typeof storedSchema>, 'effect'> {
  /** What it changed of what is known, when it was stored now and is short enough to be compared. */
  effect?: Effect
}

/** Where a release stands: anybody reads it, it waits for somebody or for the end of its embargo, it was taken back. */
export type Standing = StoredRelease['standing']

/** SQL for where a release stands. */
export const STANDING = sql<Standing>`
  case when exists (select from withdrawal w where w.release_id = release.id) then 'withdrawn'
       when release_is_public(release.id) then 'public'
       when exists (select from publication p where p.release_id = release.id) then 'embargo'
       else 'draft' end`

/** Whether a file waits for somebody to publish it: what it says of itself wins over what its sender said. */
export function isDraft(file: Pick<ReceivedFile, 'draft'>, { draft }: FrontMatter): boolean {
  return draft ?? file.draft ?? false
}

/** The fault of a file that asks to wait in vain: only figures do, and a draft waits for a person, who then tells its embargo. */
export function unableToWait(
  file: Omit<ReceivedFile, 'bytes'>,
  { frontMatter, hasFigures }: { frontMatter: FrontMatter; hasFigures: boolean },
): Fault | undefined {
  const draft = isDraft(file, frontMatter)
  const { embargo, lines } = frontMatter
  const fault = (message: string, remedy: string): Fault => ({
    line: lines.embargo ?? lines.draft ?? 1,
    code: 'cannot-wait',
    message,
    remedy,
  })
  if (draft && embargo !== undefined) {
    return fault(
      'Ce fichier est à la fois un brouillon et sous embargo.',
      'Gardez l’un des deux : l’embargo d’un brouillon se donne à sa publication.',
    )
  }
  if ((!draft && embargo === undefined) || hasFigures) return undefined
  return fault(
    'Ce fichier demande à attendre (brouillon ou embargo), mais il ne porte pas de chiffres publiés.',
    'Retirez « # brouillon », « # embargo » ou « draft » : seuls les délais, attentes, demandes, titres et indicateurs attendent.',
  )
}

/** @throws Refusal when files of this kind are brought by others. */
export function requireBrought(sender: Identity | undefined, kind: string): void {
  const brought: readonly string[] | undefined = sender && KINDS_BROUGHT[sender.role]
  if (sender === undefined || brought === undefined || brought.includes(kind)) return
  throw new Refusal(
    'forbidden',
    `Le rôle ${ROLE_NAMES[sender.role]} n’importe pas les fichiers ${kind} : il importe ${brought.join(', ')}.`,
  )
}

/** What is kept of a file besides its content. */
export interface ReleaseNote {
  kind: string
  frontMatter: FrontMatter
  sha256: string
  /** 0 while the rows are not counted yet. */
  rowCount: number
  /** Smallest place that holds every row; FR while they are not read yet. */
  reach: string
  /** Columns of its table that a reference file has. */
  toldColumns?: string[]
}

/** Day on which a file says that it was published, or its sender, or else today. */
function publishedOnOf(file: Omit<ReceivedFile, 'bytes'>, frontMatter: FrontMatter, today: Day): Day {
  return frontMatter.publishedOn ?? file.publishedOn ?? today
}

/**
 * The release of bytes that were stored before, for the same kind and place, and need not be stored again: all that they
 * say is in force, or waits, or could not be in force again. `undefined` when there is none: what was taken back, or
 * replaced by what was published before today, is in force again when it is sent again.
 */
export async function knownRelease(
  trx: Transaction<Database>,
  { kind, sha256, frontMatter }: Pick<ReleaseNote, 'kind' | 'sha256' | 'frontMatter'>,
  file: Omit<ReceivedFile, 'bytes'>,
  today: Day,
): Promise<StoredRelease | undefined> {
  const before = await trx
    .selectFrom('release')
    .select('id')
    .where('import_kind', '=', kind)
    .where('sha256', '=', sha256)
    .where('default_place', '=', file.defaultPlace)
    .where(eb =>
      eb.not(
        eb.exists(eb.selectFrom('withdrawal').whereRef('release_id', '=', 'release.id').select('release_id')),
      ),
    )
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (before === undefined) return undefined
  const known = { ...(await storedRelease(trx, before.id)), alreadyKnown: true }
  if (known.replacedBy.length === 0) return known
  const declared = storeOf(kind) !== 'figures' || (frontMatter.nature ?? 'initial') !== 'initial'
  const day = publishedOnOf(file, frontMatter, today)
  return declared && known.replacedBy.every(({ publishedOn }) => publishedOn <= day) ? undefined : known
}

/** What is told of a stored release. */
export async function storedRelease(trx: Transaction<Database>, release: number): Promise<StoredRelease> {
  const stored = await trx
    .selectFrom('release')
    .select(['id as release', 'import_kind as kind', 'row_count as rows'])
    .select(STANDING.as('standing'))
    .where('id', '=', release)
    .executeTakeFirstOrThrow()
  return {
    ...stored,
    alreadyKnown: false,
    public: stored.standing === 'public',
    replacedBy: stored.standing === 'public' ? await replacedBy(trx, release, stored.kind) : [],
  }
}

/** The releases that hold instead of what a public release says, oldest first. */
async function replacedBy(
  trx: Transaction<Database>,
  release: number,
  kind: string,
): Promise<StoredRelease['replacedBy']> {
  const store = storeOf(kind)
  if (store === undefined) return []
  const ids = store === 'figures' ? figuresReplacedBy(release) : versionsReplacedBy(release, store)
  const { rows } = await sql<StoredRelease['replacedBy'][number]>`
    select r.id as release, r.document, r.published_on as "publishedOn"
      from published_release r
     where r.id in (${ids})
     order by r.published_on, r.id`.execute(trx)
  return rows
}

function figuresReplacedBy(release: number) {
  // From the few releases that declare a change: those of many figures are not gone through to find none.
  return sql`
    with follower as materialized (
      select its.id from published_release its, published_release mine
       where mine.id = ${release} and its.declared and (its.published_on, its.id) > (mine.published_on, mine.id)
    ), told as materialized (
      select n.series_id, n.period, n.release_id, n.value
        from observation n where n.release_id in (select id from follower)
    )
    select distinct n.release_id
      from told n
      join observation o on o.series_id = n.series_id and o.period = n.period and o.release_id = ${release}
     where n.value is distinct from o.value
       and exists (
         select from current_observation c
          where c.series_id = n.series_id and c.period = n.period and c.release_id = n.release_id)`
}

/** Columns that say where a row comes from, not what it says. */
const ORIGIN = sql`array['release_id', 'id', 'locator']`

/** Columns of subjects that may be empty; the others are compared so that an index serves. */
const EMPTY_ABLE = ['valid_from', 'valid_to']

function versionsReplacedBy(release: number, { table, subject, span }: AnyVersionStore) {
  const same = (columns: readonly string[]) =>
    sql.join(
      columns.map(column =>
        EMPTY_ABLE.includes(column)
          ? sql`l.${sql.ref(column)} is not distinct from v.${sql.ref(column)}`
          : sql`l.${sql.ref(column)} = v.${sql.ref(column)}`,
      ),
      sql` and `,
    )
  const said = (alias: 'v' | 'l' | 'k') => sql`jsonb_strip_nulls(to_jsonb(${sql.ref(alias)}) - ${ORIGIN})`
  const later = (about: ReturnType<typeof sql>) => sql`
    select l.release_id, ${said('v')} as mine, ${said('l')} as its
      from ${sql.table(table)} v
      join published_release r on r.id = v.release_id
      join ${sql.table(table)} l on ${about}
      join published_release t on t.id = l.release_id
     where v.release_id = ${release} and (t.published_on, t.id) > (r.published_on, r.id)`
  const overlapping = (days: NonNullable<typeof span>) => sql`
    union all
    ${later(sql`${same(days.within)}
      and l.${sql.ref(days.first)} <= v.${sql.ref(days.last)} and v.${sql.ref(days.first)} <= l.${sql.ref(days.last)}`)}
       and t.declared and t.source_id = r.source_id`
  return sql`
    select release_id
      from (${later(same(subject))} ${span === undefined ? sql`` : overlapping(span)}) other
     where exists (select from jsonb_each(mine) a join jsonb_each(its) b using (key) where a.value <> b.value)
       and not exists (select from ${sql.table(table)} k where k.release_id = other.release_id and ${said('k')} @> mine)`
}

/** Writes the release of a file whose content is stored. @returns its number. */
export async function insertRelease(
  trx: Transaction<Database>,
  file: Omit<ReceivedFile, 'bytes'>,
  { kind, frontMatter, sha256, rowCount, reach, toldColumns = [] }: ReleaseNote,
  today: Day,
): Promise<number> {
  const publisher = frontMatter.source || file.source || unnamedPublisher(file.sender)
  const source = await sourceSpokenFor(trx, publisher)
  const release = await trx
    .insertInto('release')
    .values({
      source_id: source,
      import_kind: kind,
      kind: frontMatter.nature ?? 'initial',
      document: frontMatter.document || file.name,
      address: frontMatter.address ?? null,
      file_name: file.name,
      sha256,
      default_place: file.defaultPlace,
      reach,
      published_on: publishedOnOf(file, frontMatter, today),
      recorded_by: file.receivedFrom,
      reason: frontMatter.reason ?? null,
      notes: notesOf(frontMatter),
      row_count: rowCount,
      told_columns: toldColumns,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return release.id
}

function notesOf({ notes, licence }: FrontMatter): string | null {
  const lines = licence === undefined ? notes : [`Licence : ${licence}`, ...notes]
  return lines.length > 0 ? lines.join('\n') : null
}

/** Publishes a stored file at once or at the end of its embargo, unless it is a draft. */
export async function publishUnlessDraft(
  trx: Transaction<Database>,
  file: Omit<ReceivedFile, 'bytes'>,
  frontMatter: FrontMatter,
  release: number,
): Promise<void> {
  if (isDraft(file, frontMatter)) return
  const { embargo } = frontMatter
  await publishRelease(trx, { release, by: file.receivedFrom, embargoUntil: embargo, reason: undefined })
}

/** Whether somebody may take a file back: who may bring its kind and answers for every place in it. */
export function mayWithdraw(
  by: Identity,
  { kind, place, standing }: { kind: string; place: string; standing: Standing },
  parent: string | undefined,
): boolean {
  const brought: readonly string[] | undefined = KINDS_BROUGHT[by.role]
  return standing !== 'withdrawn' && answersFor(by, place, parent) && (brought?.includes(kind) ?? true)
}

/** A file that was taken back. */
export interface Withdrawn {
  release: number
  kind: string
  withdrawnAt: string
  reason: string
}

/**
 * Takes back a file: nothing of it is in force any more, what it replaced is again, and the history still tells it. Whoever
 * may publish a file may withdraw it. @throws Refusal `release-not-found`, `already-withdrawn` or `forbidden`.
 */
export async function withdraw(
  db: Kysely<Database>,
  { release, by, reason }: { release: number; by: Identity; reason: string },
): Promise<Withdrawn> {
  return db.transaction().execute(async trx => {
    await sql`select pg_advisory_xact_lock(${IMPORT_LOCK})`.execute(trx)
    const known = await trx
      .selectFrom('release')
      .leftJoin('withdrawal', 'withdrawal.release_id', 'release.id')
      .select([
        'release.import_kind as kind',
        'release.reach as place',
        'withdrawal.withdrawn_at as withdrawnAt',
      ])
      .where('release.id', '=', release)
      .executeTakeFirst()
    if (known === undefined) {
      throw new Refusal('release-not-found', `Aucun import ne porte le n° ${release}.`, { release })
    }
    if (known.withdrawnAt !== null) {
      throw new Refusal(
        'already-withdrawn',
        `L’import n° ${release} est déjà retiré, depuis le ${frenchInstant(known.withdrawnAt)} : pour le remettre en vigueur, envoyez de nouveau son fichier.`,
        { release, withdrawnAt: known.withdrawnAt },
      )
    }
    requireBrought(by, known.kind)
    const parent = (await placeOf(trx, known.place))?.parent
    if (!answersFor(by, known.place, parent)) {
      throw new Refusal(
        'forbidden',
        `L’import n° ${release} parle d’un lieu dont votre compte ne répond pas (${known.place}) : demandez à qui en répond.`,
        { release },
      )
    }
    // Never before the withdrawal that came first, whatever was done to the clock since.
    await sql`
      insert into withdrawal (release_id, withdrawn_by, reason, withdrawn_at)
      select ${release}::integer, ${by.account}::text, ${reason}::text, greatest(clock_timestamp(), max(withdrawn_at))
        from withdrawal`.execute(trx)
    await withinAsOwner(trx, async () => {
      await sql`select take_back(${release}::integer)`.execute(trx)
    })
    return trx
      .selectFrom('withdrawal')
      .innerJoin('release', 'release.id', 'withdrawal.release_id')
      .select([
        'release.id as release',
        'import_kind as kind',
        'withdrawn_at as withdrawnAt',
        'withdrawal.reason as reason',
      ])
      .where('release_id', '=', release)
      .executeTakeFirstOrThrow()
  })
}
