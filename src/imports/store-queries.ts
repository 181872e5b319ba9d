import type { Insertable, Transaction } from 'kysely'
import type { Database } from '../io/database/schema.ts'
import type { Columns } from './cells/column.ts'
import { type StoredSeries, storeFigures } from './figure-store-queries.ts'
import { CONTOURS, type Contour } from './kinds/contour-file.ts'
import type { ObservationRow } from './kinds/observation-row.ts'
import { isKind, KINDS, type Kind, type RowOf } from './kinds.ts'

/** Tables in which files say something of places, version by version; the view of each, without `_version`, settles it. */
export type VersionTable =
  | 'town_hall_version'
  | 'opening_hours_version'
  | 'closure_version'
  | 'cert_capacity_version'
  | 'cert_perimeter_version'
  | 'event_version'
  | 'commune_contour_version'
  | 'committee_entry_version'

type Told<T extends VersionTable> = Exclude<keyof Insertable<Database[T]> & string, 'release_id' | 'id'>

/** Where the rows of a reference file go: every column of the table with the field that fills it. */
interface VersionStore<T extends VersionTable, R> {
  table: T
  columns: Record<Told<T>, keyof R & string>
  /** What a row is about: a later row about the same replaces what it says. */
  subject: readonly Told<T>[]
  /** Days that a correction replaces where it overlaps them, among rows that agree on `within`. */
  span?: { within: readonly Told<T>[]; first: Told<T>; last: Told<T> }
}

/** Where the rows of a kind go: among the figures, or in a table of versions. */
export type Store<R> = R extends ObservationRow
  ? 'figures'
  : { [T in VersionTable]: VersionStore<T, R> }[VersionTable]

type Camel<S extends string> = S extends `${infer A}_${infer B}` ? `${A}${Capitalize<Camel<B>>}` : S

/** Columns that fields of the same names fill: `opened_on` is filled by `openedOn`. */
function named<N extends string>(...columns: N[]): { [C in N]: Camel<C> } {
  const fields = columns.map(column => [column, column.replace(/_(.)/g, (_, letter) => letter.toUpperCase())])
  return Object.fromEntries(fields) as { [C in N]: Camel<C> }
}

/** The store of each kind of file. A kind that has none does not compile. */
export const STORES = {
  'issuance-delays': 'figures',
  'appointment-waits': 'figures',
  applications: 'figures',
  'titles-issued': 'figures',
  indicators: 'figures',
  grants: 'figures',
  appointments: 'figures',
  'town-halls': {
    table: 'town_hall_version',
    subject: ['insee'],
    columns: {
      insee: 'commune',
      lat: 'latitude',
      lon: 'longitude',
      ...named(
        'name',
        'stations',
        'opened_on',
        'closed_on',
        'status',
        'without_appointment',
        'ugf',
        'locator',
      ),
    },
  },
  'opening-hours': {
    table: 'opening_hours_version',
    subject: ['insee', 'weekday', 'valid_from', 'valid_to'],
    columns: {
      insee: 'commune',
      valid_from: 'from',
      valid_to: 'until',
      ...named('weekday', 'opens', 'closes', 'stations'),
    },
  },
  closures: {
    table: 'closure_version',
    subject: ['insee', 'first_day'],
    span: { within: ['insee'], first: 'first_day', last: 'last_day' },
    columns: { insee: 'commune', first_day: 'from', last_day: 'until', reason: 'reason' },
  },
  certs: {
    table: 'cert_perimeter_version',
    subject: ['cert', 'title', 'department', 'since'],
    columns: { cert: 'code', ...named('name', 'title', 'department', 'since', 'until', 'locator') },
  },
  'cert-capacity': {
    table: 'cert_capacity_version',
    subject: ['cert', 'title', 'since'],
    columns: named('cert', 'code', 'title', 'since', 'etpo', 'files_per_agent_day', 'locator'),
  },
  events: {
    table: 'event_version',
    subject: ['place', 'title', 'first_day', 'nature', 'label'],
    span: { within: ['place', 'title', 'nature'], first: 'first_day', last: 'last_day' },
    columns: {
      first_day: 'from',
      last_day: 'until',
      ...named('place', 'title', 'nature', 'files', 'label', 'locator'),
    },
  },
  'committee-register': {
    table: 'committee_entry_version',
    subject: ['place', 'held_on', 'code'],
    columns: {
      said_by: 'by',
      measure: 'shownBy',
      measure_page: 'shownAt',
      ...named(
        'place',
        'held_on',
        'code',
        'kind',
        'subject',
        'speaks_for',
        'said',
        'locator',
        'replied_by',
        'reply',
      ),
      ...named('due_by', 'due_words', 'followed_on', 'follow_up', 'follow_up_source', 'settled_on'),
    },
  },
} as const satisfies { [K in Kind]: Store<RowOf<K>> }

/** The store of outlines, which no table brings. */
export const CONTOUR_STORE = {
  table: 'commune_contour_version',
  subject: ['insee'],
  columns: { insee: 'insee', rings: 'rings' },
} as const satisfies VersionStore<'commune_contour_version', Contour>

/** A store of versions, whichever. */
export interface AnyVersionStore {
  table: VersionTable
  columns: Readonly<Record<string, string>>
  subject: readonly string[]
  span?: { within: readonly string[]; first: string; last: string }
}

/** The store of a kind of file by its code in the database; `undefined` for one that this program does not know. */
export function storeOf(kind: string): 'figures' | AnyVersionStore | undefined {
  if (kind === CONTOURS) return CONTOUR_STORE
  return Object.hasOwn(STORES, kind) ? STORES[kind as Kind] : undefined
}

/** Columns of the table of versions of a kind in French, as its files head them. */
export function factNames(kind: string): Readonly<Record<string, string>> {
  const store = storeOf(kind)
  if (store === undefined || store === 'figures') return {}
  const columns: Columns = isKind(kind) ? KINDS[kind].columns : {}
  return Object.fromEntries(
    Object.entries(store.columns).map(([column, field]) => [column, columns[field]?.name ?? 'tracé']),
  )
}

/** The columns of a table of versions that a file speaks of, of the fields that it has. */
export function toldColumns(kind: string, fields: ReadonlySet<string>): string[] {
  const store = storeOf(kind)
  if (store === undefined || store === 'figures') return []
  return Object.entries(store.columns).flatMap(([column, field]) => (fields.has(field) ? [column] : []))
}

const CHUNK = 5_000
/** An outline has a thousand points: to write them out holds everybody else. */
const OUTLINE_CHUNK = 50

/** Stores the rows of a release where its kind says. @returns the series that they speak of, when they are figures. */
export async function storeRows(
  trx: Transaction<Database>,
  release: number,
  kind: string,
  rows: readonly object[],
): Promise<StoredSeries | undefined> {
  const store = storeOf(kind)
  if (store === undefined) throw new Error(`no store for ${kind}`)
  // The table of stores pairs each kind with its rows, which the compiler cannot follow through a union.
  if (store === 'figures') return storeFigures(trx, release, rows as readonly ObservationRow[])
  const columns = Object.entries(store.columns)
  const chunk = kind === CONTOURS ? OUTLINE_CHUNK : CHUNK
  for (let i = 0; i < rows.length; i += chunk) {
    const values = rows.slice(i, i + chunk).map(row => ({
      release_id: release,
      ...Object.fromEntries(columns.map(([column, field]) => [column, cellOf(Reflect.get(row, field))])),
    }))
    await trx
      .insertInto(store.table)
      .values(values as never)
      .execute()
  }
  return undefined
}

/** Outlines are JSON; what a row does not say is what the table holds by itself: null, or an empty text. */
function cellOf(value: unknown): unknown {
  return Array.isArray(value) ? JSON.stringify(value) : value
}
