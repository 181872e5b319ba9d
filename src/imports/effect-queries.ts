import { type Kysely, sql, type Transaction } from 'kysely'
import { actAsOwner } from '../io/database/acting.ts'
import { IMPORT_LOCK } from '../io/database/publication.ts'
import type { Database } from '../io/database/schema.ts'
import type { Identity } from '../pure/access/identity.ts'
import type { Measure, Unit } from '../pure/figures/measure.ts'
import type { Title } from '../pure/law/title.ts'
import {
  changeOf,
  type Effect,
  type FactRow,
  type FigureChange,
  type FigureChangeKind,
  factChanges,
  type ProjectionMove,
} from './effect.ts'
import type { Standing, StoredRelease } from './release-queries.ts'
import { type AnyVersionStore, storeOf } from './store-queries.ts'

/** A release whose effect is asked for. */
interface Asked {
  id: number
  kind: string
  standing: Standing
}

/** What projects places from what is known; a slice above gives it, as projections stand on figures. */
export interface Projections<Known = unknown> {
  /** What the projections of some places would stand on. */
  known(db: Kysely<Database>, places: readonly string[]): Promise<Known>
  /** What differs between projections on two states of knowledge. */
  moves(before: Known, after: Known, patience: Patience): Promise<ProjectionMove[] | undefined>
}

/** How long somebody waits for the projections that move: to the end, or briefly, as they can be asked for again. */
export type Patience = 'whole' | 'brief'

/** What projects, and for how long it may. */
export interface Projecting {
  projections: Projections | undefined
  patience: Patience
}

/** Figures told by others too that are compared, and changes that are listed. */
const MOST_COMPARED = 100_000
const MOST_LISTED = 200

/** Undoes what was only tried. */
class Undone extends Error {}

/** What some work finds in a transaction that is always undone. */
export async function tried<T>(
  db: Kysely<Database>,
  work: (trx: Transaction<Database>) => Promise<T>,
): Promise<T> {
  const found: T[] = []
  await actAsOwner(() =>
    db.transaction().execute(async trx => {
      found.push(await work(trx))
      throw new Undone()
    }),
  ).catch(error => {
    if (!(error instanceof Undone)) throw error
  })
  return found[0]!
}

/**
 * What a release changes of what is in force: the difference between what is known with it and without it, now. It is
 * found by trying, in a transaction that is always undone: a draft is published there, then every release withdrawn, and
 * what is in force read under the same rules as ever. A release already withdrawn changes nothing.
 */
export async function effectOf(
  db: Kysely<Database>,
  release: Asked,
  reader: Identity,
  projecting?: Projecting,
): Promise<Effect> {
  if (release.standing === 'withdrawn') return NO_EFFECT
  const found = await tried(db, async trx => {
    // What is in force is settled anew in it, for a moment that nobody else sees.
    await sql`select pg_advisory_xact_lock(${IMPORT_LOCK})`.execute(trx)
    // Somebody may have taken it back while the lock was waited for.
    const taken = await trx
      .selectFrom('withdrawal')
      .select('id')
      .where('release_id', '=', release.id)
      .executeTakeFirst()
    if (taken !== undefined) return { ...NO_EFFECT, moved: undefined }
    return effectWithin(trx, release, reader, projecting)
  })
  return wholeEffect(found)
}

/** Rows beyond which what a file changes is told by its own address alone. */
const MOST_TOLD = 20_000

/** A file just stored, with what it changes: nothing that was known already, and not what takes long. */
export async function withEffect(
  db: Kysely<Database>,
  stored: StoredRelease,
  reader: Identity,
  projections: Projections | undefined,
): Promise<StoredRelease> {
  const { release: id, kind, standing, rows, alreadyKnown } = stored
  if (alreadyKnown || rows > MOST_TOLD) return stored
  const effect = await effectOf(db, { id, kind, standing }, reader, { projections, patience: 'brief' })
  return { ...stored, effect }
}

/** What a file changes, and the projections that its change moves: computed once the transaction is over. */
interface TriedEffect extends Effect {
  moved: (() => Promise<ProjectionMove[] | undefined>) | undefined
}

/** An effect that was tried, with the projections that it moves. */
export async function wholeEffect({ moved, ...effect }: TriedEffect): Promise<Effect> {
  const projections = await moved?.()
  return { ...effect, projections, pending: moved !== undefined && projections === undefined }
}

const COUNTS: Record<FigureChangeKind, number> = {
  added: 0,
  revised: 0,
  contradicted: 0,
  'taken-back': 0,
  unchanged: 0,
}
const NO_EFFECT: Effect = {
  figures: { ...COUNTS, changes: [], partial: false },
  facts: { changed: 0, changes: [] },
}

/** The same inside a transaction that its caller undoes; the release is withdrawn in it. */
export async function effectWithin(
  trx: Transaction<Database>,
  release: Asked,
  reader: Identity,
  projecting?: Projecting,
): Promise<TriedEffect> {
  const store = storeOf(release.kind)
  if (store === undefined) return { ...NO_EFFECT, moved: undefined }
  if (release.standing === 'draft') {
    await sql`insert into publication (release_id, published_by) values (${release.id}, '')`.execute(trx)
    if (store === 'figures')
      await sql`
        select put_in_force(${release.id}::integer,
                            array(select distinct series_id from observation where release_id = ${release.id}))`.execute(
        trx,
      )
  }
  // What is projected is computed for those who bring files: it takes seconds.
  const asked = reader.role === 'public' ? undefined : projecting?.projections
  const places = asked && (await placesOf(trx, release.id, store))
  const known = () => asked?.known(trx, places ?? [])
  const after = await known()
  const withdraw = () =>
    sql`insert into withdrawal (release_id, withdrawn_by, reason) values (${release.id}, '', '-')`.execute(
      trx,
    )
  const effect =
    store === 'figures'
      ? { ...NO_EFFECT, figures: await figureEffect(trx, release, reader, withdraw) }
      : { ...NO_EFFECT, facts: await factEffect(trx, release, store, withdraw) }
  // What is in force was settled when the release came, and is settled anew when it goes.
  if (asked && store === 'figures') await sql`select take_back(${release.id}::integer)`.execute(trx)
  const before = await known()
  return { ...effect, moved: asked && projecting && (() => asked.moves(before, after, projecting.patience)) }
}

/** The places that a release speaks of. */
async function placesOf(
  trx: Transaction<Database>,
  id: number,
  store: 'figures' | AnyVersionStore,
): Promise<string[]> {
  const { rows } = await (store === 'figures'
    ? sql<{ place: string }>`
        select distinct s.place from observation o join series s on s.id = o.series_id where o.release_id = ${id}`
    : sql<{ place: string }>`
        select distinct coalesce(to_jsonb(v)->>'insee', to_jsonb(v)->>'place') as place
          from ${sql.table(store.table)} v where v.release_id = ${id}`
  ).execute(trx)
  return rows.map(({ place }) => place).filter(place => place !== null)
}

interface FigureRow {
  series: number
  measure: Measure
  title: Title | ''
  place: string
  variant: string
  unit: Unit
  period: string
  told: number | null
  secret: boolean
}

async function figureEffect(
  trx: Transaction<Database>,
  { id, standing }: Asked,
  reader: Identity,
  withdraw: () => Promise<unknown>,
): Promise<Effect['figures']> {
  const shown = standing === 'embargo' ? sql`'infinity'::timestamptz` : sql`now()`
  const shared = sql`exists (
    select from observation other
      join told_release t on t.id = other.release_id and t.known_until = 'infinity'
     where other.series_id = o.series_id and other.period = o.period and other.release_id <> o.release_id)`
  const figures = (condition: ReturnType<typeof sql>, limit: number) =>
    sql<FigureRow>`
      select o.series_id as series, s.measure, s.title, s.place, s.variant, s.unit, o.period, o.value as told,
             exists (select from secret_figure f where f.series_id = o.series_id and f.period = o.period) as secret
        from observation o
        join series s on s.id = o.series_id
       where o.release_id = ${id} and ${condition}
       order by o.period desc, o.series_id
       limit ${limit}`.execute(trx)
  const { rows: counted } = await sql<{ alone: number; shared: number }>`
    select count(*) filter (where not shared and value is not null)::integer as alone,
           count(*) filter (where shared)::integer as shared
      from (select o.value, ${shared} as shared from observation o where o.release_id = ${id}) said`.execute(
    trx,
  )
  const [{ rows: lone }, { rows: compared }] = [
    await figures(sql`o.value is not null and not ${shared}`, MOST_LISTED),
    await figures(shared, MOST_COMPARED),
  ]
  const series = [...new Set(compared.map(row => row.series))]
  const inForce = async () => {
    if (series.length === 0) return new Map<string, number>()
    const { rows } = await sql<{ series: number; period: string; value: number }>`
      select series_id as series, period, value
        from values_in_force(${series}::integer[], shown_at => ${shown})`.execute(trx)
    return new Map(rows.map(row => [`${row.series} ${row.period}`, row.value]))
  }
  const after = await inForce()
  await withdraw()
  const before = await inForce()
  const counts = { ...COUNTS, added: counted[0]?.alone ?? 0 }
  const changes: FigureChange[] = []
  const keep = (row: FigureRow, values: Pick<FigureChange, 'before' | 'told' | 'after'>) => {
    const change = changeOf(values)
    if (change === 'unchanged') return change
    const hidden = row.secret && !readsSecretOf(reader, row.place)
    changes.push({
      change,
      ...about(row),
      ...(hidden ? NOTHING : values),
      suppressed: hidden,
    })
    return change
  }
  for (const row of compared) {
    const key = `${row.series} ${row.period}`
    const values = { before: before.get(key) ?? null, told: row.told, after: after.get(key) ?? null }
    counts[keep(row, values)] += 1
  }
  for (const row of lone) keep(row, { before: null, told: row.told, after: row.told })
  return {
    ...counts,
    changes: changes.slice(0, MOST_LISTED),
    partial: (counted[0]?.shared ?? 0) > MOST_COMPARED,
  }
}

const NOTHING = { before: null, told: null, after: null }

function about({ series: _, told: __, secret: ___, ...row }: FigureRow) {
  return row
}

/** The same rule in SQL: `vigie_reads_secret_of`. */
function readsSecretOf({ role, place }: Identity, owner: string): boolean {
  return role === 'town-hall' ? place === owner : role !== 'public'
}

/** What is known of the subjects of a release, with it and without. */
async function factEffect(
  trx: Transaction<Database>,
  { id }: Asked,
  store: AnyVersionStore,
  withdraw: () => Promise<unknown>,
): Promise<Effect['facts']> {
  const view = store.table.replace('_version', '')
  const near = store.span?.within ?? store.subject
  const same = sql.join(
    near.map(column => sql`l.${sql.ref(column)} is not distinct from v.${sql.ref(column)}`),
    sql` and `,
  )
  const known = async () => {
    const { rows } = await sql<{ row: FactRow }>`
      select case when to_jsonb(v) ? 'rings' then to_jsonb(v) || jsonb_build_object('rings', md5(to_jsonb(v)->>'rings'))
                  else to_jsonb(v) end
             - array['release_id', 'id', 'published_on', 'document', 'publisher', 'locator', 'population', 'department'] as row
        from ${sql.table(view)} v
       where exists (select from ${sql.table(store.table)} l where l.release_id = ${id} and ${same})`.execute(
      trx,
    )
    return rows.map(one => one.row)
  }
  const after = await known()
  await withdraw()
  const before = await known()
  const changes = factChanges(before, after, store.subject)
  return { changed: changes.length, changes: changes.slice(0, MOST_LISTED) }
}
