import { createHash } from 'node:crypto'
import { type Kysely, sql, type Transaction } from 'kysely'
import { Refusal } from '../errors.ts'
import { IMPORT_LOCK } from '../io/database/publication.ts'
import type { Database } from '../io/database/schema.ts'
import { type KnownPlace, placesByCode } from '../places/place-queries.ts'
import { answersFor, type Identity } from '../pure/access/identity.ts'
import { smallestPlace } from '../pure/access/reach.ts'
import type { Day } from '../pure/calendar/day.ts'
import { isPlaceCode } from '../pure/figures/place-code.ts'
import { communesByName } from './cells/commune-name.ts'
import { departmentsByName } from './cells/department-name.ts'
import { type FaultReport, refusedFor } from './fault-log.ts'
import type { FileSetting } from './file-setting.ts'
import type { FrontMatter } from './front-matter.ts'
import { type ImportedFile, isRefused } from './imported-file.ts'
import { CONTOURS, type KnownPosition, readContours } from './kinds/contour-file.ts'
import { rememberedMappings, rememberMapping } from './mapping-queries.ts'
import {
  insertRelease,
  isDraft,
  knownRelease,
  publishUnlessDraft,
  type ReceivedFile,
  requireBrought,
  type StoredRelease,
  storedRelease,
  unableToWait,
} from './release-queries.ts'
import { storeRows, toldColumns } from './store-queries.ts'
import { isUntouched, UNTOUCHED_TEMPLATE } from './template.ts'
import { finished, readAnyFile } from './workbook-work.ts'

/** Who brings the files of the program. */
export const SHIPPED = 'vigie-titres'

/**
 * Reads a file and stores the whole of it in one transaction, or nothing. The same file for the same kind and place is
 * a no-op. @returns the release, or every fault of the file.
 */
export async function importFile(
  db: Kysely<Database>,
  file: ReceivedFile,
  today: Day,
): Promise<StoredRelease | FaultReport> {
  return importKnowing(db, file, today, await placesByCode(db))
}

/** What a received file is read with. */
export function readingSetting(
  file: Omit<ReceivedFile, 'bytes'>,
  today: Day,
  places: ReadonlyMap<string, KnownPlace>,
): FileSetting {
  const { name, sender, receivedFrom, ...said } = file
  // The page takes a name as well.
  const code = said.place?.toUpperCase() ?? ''
  if (isPlaceCode(code) && !places.has(code))
    throw new Refusal('place-not-found', `Aucun lieu n’a le code « ${code} ».`)
  return {
    ...said,
    fileName: name,
    today,
    shipped: receivedFrom === SHIPPED,
    knownCommunes: code => communeState(places, code),
    knownCerts: code => places.get(code)?.kind === 'cert',
    ...namesAmong(places),
    answersFor: placesOf(sender, places),
  }
}

type PlaceNames = Pick<FileSetting, 'communesNamed' | 'departmentNamed'>

const indexes = new WeakMap<ReadonlyMap<string, KnownPlace>, PlaceNames>()

function namesAmong(places: ReadonlyMap<string, KnownPlace>): PlaceNames {
  const known = indexes.get(places)
  if (known) return known
  const all = [...places.values()]
  const index = {
    communesNamed: communesByName(
      all.flatMap(({ kind, code, name, parent = '', mergedInto }) =>
        kind === 'commune' ? [{ code, name, department: parent, merged: mergedInto !== undefined }] : [],
      ),
    ),
    departmentNamed: departmentsByName(all.filter(({ kind }) => kind === 'department')),
  }
  indexes.set(places, index)
  return index
}

/** Imports a file among known places; `ready` when it was read before. */
export async function importKnowing(
  db: Kysely<Database>,
  file: ReceivedFile,
  today: Day,
  places: ReadonlyMap<string, KnownPlace>,
  ready?: ImportedFile,
): Promise<StoredRelease | FaultReport> {
  const remembered = await rememberedMappings(db, file)
  const setting = () => ({ ...readingSetting(file, today, places), remembered })
  const read = ready ?? (await readAnyFile(file.bytes, setting(), file.signal))
  if (isRefused(read)) return read
  requireBrought(file.sender, read.kind)
  if (isUntouched(read.kind, file.bytes)) return refusedFor(UNTOUCHED_TEMPLATE)
  const { frontMatter } = read
  const unable = unableToWait(file, { frontMatter, hasFigures: read.rows.some(row => 'measure' in row) })
  if (unable) return refusedFor(unable)
  const stored = await db.transaction().execute(trx => storeRead(db, trx, file, read, places, today))
  if (read.about) await rememberMapping(db, file, read.about.header)
  return { ...stored, remarks: read.remarks }
}

/** Stores a file that was read, inside a transaction. */
export async function storeRead(
  db: Kysely<Database>,
  trx: Transaction<Database>,
  file: ReceivedFile,
  read: ImportedFile,
  places: ReadonlyMap<string, KnownPlace>,
  today: Day,
): Promise<StoredRelease> {
  const reach = smallestPlace(
    read.rows.flatMap(row => placeOfRow(row) ?? []),
    code => departmentOf(places, code),
  )
  const fields = read.about?.fields ?? read.about?.mapping.flatMap(({ field }) => field ?? []) ?? []
  const kept = { ...file, bytes: read.content ?? file.bytes }
  return storeOnce(db, trx, kept, { ...read, fields, reach }, today)
}

interface Described {
  kind: string
  frontMatter: FrontMatter
  rows: readonly object[]
  /** Fields of the columns that the file has. */
  fields: readonly string[]
  /** The smallest place that holds every row; that of the sender when rows name none. */
  reach: string | undefined
}

/** Stores a file under the import lock, unless the same bytes of the same kind stand and nothing replaced them. */
async function storeOnce(
  db: Kysely<Database>,
  trx: Transaction<Database>,
  file: ReceivedFile,
  { kind, frontMatter, rows, fields, reach = file.defaultPlace }: Described,
  today: Day,
): Promise<StoredRelease> {
  await sql`select pg_advisory_xact_lock(${IMPORT_LOCK})`.execute(trx)
  const sha256 = sha256Of(file.bytes)
  const before = await knownRelease(trx, { kind, sha256, frontMatter }, file, today)
  if (before) return before
  await trx
    .insertInto('stored_file')
    .values({ sha256, content: Buffer.from(file.bytes) })
    .onConflict(conflict => conflict.doNothing())
    .execute()
  const release = await insertRelease(
    trx,
    file,
    {
      kind,
      frontMatter,
      sha256,
      rowCount: rows.length,
      reach,
      toldColumns: toldColumns(kind, new Set(fields)),
    },
    today,
  )
  await publishUnlessDraft(trx, file, frontMatter, release)
  const series = await storeRows(trx, release, kind, rows)
  await series?.putInForce(db, trx, release, isDraft(file, frontMatter))
  return storedRelease(trx, release)
}

/** Whether a file is a GeoJSON, as outlines are. */
export function isGeoJson(bytes: Uint8Array): boolean {
  const start = new TextDecoder('utf-8').decode(bytes.subarray(0, 2_000)).trimStart()
  return start.startsWith('{') && /"type"\s*:\s*"(FeatureCollection|Feature)"/.test(start)
}

/** The outlines of a GeoJSON of communes, or every fault. */
export async function outlinesIn(
  db: Kysely<Database>,
  { bytes, sender, signal }: Omit<ReceivedFile, 'kind'>,
  places: ReadonlyMap<string, KnownPlace>,
) {
  requireBrought(sender, CONTOURS)
  const positions = await communePositions(db)
  const reading = readContours(bytes, {
    knownCommunes: code => communeState(places, code),
    positionOf: code => positions.get(code),
  })
  const contours = await finished(reading, signal)
  return 'faults' in contours ? contours : { kind: CONTOURS, rows: contours, remarks: [], about: undefined }
}

/** Reads a GeoJSON of communes and stores all its outlines, or nothing. @returns the release, or every fault. */
export async function importContours(
  db: Kysely<Database>,
  file: Omit<ReceivedFile, 'kind'>,
  today: Day,
): Promise<StoredRelease | FaultReport> {
  const places = await placesByCode(db)
  const outlines = await outlinesIn(db, file, places)
  if ('faults' in outlines) return outlines
  const { rows, kind } = outlines
  const reach = smallestPlace(
    rows.map(({ insee }) => insee),
    code => departmentOf(places, code),
  )
  const read = {
    kind,
    frontMatter: { notes: [], lines: {} },
    rows,
    fields: ['insee', 'rings'],
    reach,
  }
  return db.transaction().execute(trx => storeOnce(db, trx, file, read, today))
}

/** How far from its known position a commune may be drawn, in degrees, by what is known: a degree is about 100 km. */
const DRAWN_WITHIN = {
  place: 0.3,
  arrondissement: 0.3,
  'postal-code': 0.4,
  intercommunality: 0.7,
  department: 1.5,
} as const

async function communePositions(db: Kysely<Database>): Promise<Map<string, KnownPosition>> {
  const rows = await db
    .selectFrom('place')
    .select(['code', 'lat', 'lon', 'position_origin as origin'])
    .where('kind', '=', 'commune')
    .execute()
  return new Map(
    rows.flatMap(({ code, lat, lon, origin }) =>
      lat === null || lon === null || origin === null
        ? []
        : [[code, { lat, lon, within: DRAWN_WITHIN[origin] }]],
    ),
  )
}

/** The places that a sender answers for; `undefined` when it is all of them. */
export function placesOf(sender: Identity | undefined, places: ReadonlyMap<string, KnownPlace>) {
  if (sender === undefined || sender.role === 'administrator') return undefined
  return (code: string) => answersFor(sender, code, places.get(code)?.parent)
}

/** The digest under which the bytes of a file are kept. */
export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/** What the geographic code says of a commune. */
export function communeState(places: ReadonlyMap<string, KnownPlace>, code: string) {
  const place = places.get(code)
  if (place?.kind !== 'commune') return { state: 'unknown' } as const
  if (place.mergedInto === undefined) return { state: 'current' } as const
  const successor = places.get(place.mergedInto)!
  return {
    state: 'merged',
    name: place.name,
    successor: successor.code,
    successorName: successor.name,
  } as const
}

/** The department of a commune, or of a centre (CERT). */
export function departmentOf(places: ReadonlyMap<string, KnownPlace>, code: string): string | undefined {
  const place = places.get(code)
  return place?.kind === 'commune' || place?.kind === 'cert' ? place.parent : undefined
}

function placeOfRow(row: ImportedFile['rows'][number]): string | undefined {
  if ('place' in row) return row.place
  return 'commune' in row ? row.commune : undefined
}
