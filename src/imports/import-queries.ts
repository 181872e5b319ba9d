import { createHash } from 'node:crypto'
import { readFile as readBytes, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type Kysely, sql, type Transaction } from 'kysely'
import { Refusal } from '../errors.ts'
import { publishedValues } from '../figures/published-queries.ts'
import { actAsOwner } from '../io/database/acting.ts'
import { IMPORT_LOCK } from '../io/database/publication.ts'
import type { Database } from '../io/database/schema.ts'
import {
  GEOGRAPHY_PACKAGE,
  geographyVersion,
  type OfficialPlace,
  officialPlaces,
} from '../io/official-geography.ts'
import { type KnownPlace, placesByCode } from '../places/place-queries.ts'
import { answersFor, type Identity } from '../pure/access/identity.ts'
import { smallestPlace } from '../pure/access/reach.ts'
import type { Day } from '../pure/calendar/day.ts'
import { groupBy } from '../pure/figures/group-by.ts'
import { MEASURES, type Measure } from '../pure/figures/measure.ts'
import type { ReleaseKind } from '../pure/figures/observation.ts'
import { figureKey, type Vintage, vintages } from '../pure/figures/vintage.ts'
import { TITLES, type Title } from '../pure/law/title.ts'
import { communesByName } from './cells/commune-name.ts'
import { departmentsByName } from './cells/department-name.ts'
import type { FaultReport } from './fault-log.ts'
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
  STANDING,
  type Standing,
  type StoredRelease,
  storedRelease,
  unableToWait,
} from './release-queries.ts'
import { storeRows, toldColumns } from './store-queries.ts'
import { isUntouched, UNTOUCHED_TEMPLATE } from './template.ts'
import { readAnyFile } from './workbook-work.ts'

const CHUNK = 5_000
/** Who brings the files of the program. */
const SHIPPED = 'vigie-titres'

/** Brings the geographic code up to the version of its package, once. */
export async function loadPlaces(db: Kysely<Database>): Promise<void> {
  const version = await geographyVersion()
  const known = await db
    .selectFrom('reference_data')
    .select('version')
    .where('name', '=', GEOGRAPHY_PACKAGE)
    .executeTakeFirst()
  if (known?.version === version) return
  const places = await officialPlaces()
  await db.transaction().execute(async trx => {
    await sql`select pg_advisory_xact_lock(${IMPORT_LOCK})`.execute(trx)
    for (let i = 0; i < places.length; i += CHUNK) await upsertPlaces(trx, places.slice(i, i + CHUNK))
    await trx
      .insertInto('reference_data')
      .values({ name: GEOGRAPHY_PACKAGE, version })
      .onConflict(conflict => conflict.column('name').doUpdateSet({ version }))
      .execute()
  })
}

async function upsertPlaces(trx: Transaction<Database>, places: readonly OfficialPlace[]): Promise<void> {
  const column = <T>(of: (place: OfficialPlace) => T) => places.map(of)
  await sql`
    insert into place (code, kind, name, parent, population, merged_into, lat, lon, position_origin, part_of)
    select * from unnest(
      ${column(place => place.code)}::text[], ${column(place => place.kind)}::text[],
      ${column(place => place.name)}::text[], ${column(place => place.parent ?? null)}::text[],
      ${column(place => place.population ?? null)}::integer[], ${column(place => place.mergedInto ?? null)}::text[],
      ${column(place => place.position?.lat ?? null)}::double precision[],
      ${column(place => place.position?.lon ?? null)}::double precision[],
      ${column(place => place.position?.origin ?? null)}::text[], ${column(place => place.partOf ?? null)}::text[])
    on conflict (code) do update set name = excluded.name, parent = excluded.parent,
      population = excluded.population, merged_into = excluded.merged_into, lat = excluded.lat, lon = excluded.lon,
      position_origin = excluded.position_origin, part_of = excluded.part_of`.execute(trx)
}

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

/**
 * Imports the files of `sql/data` that this database does not hold yet, oldest publication first.
 * @throws Error naming the first fault of a file: these files are part of the program.
 */
export async function importShippedFiles(
  db: Kysely<Database>,
  directory: string,
  today: Day,
): Promise<number> {
  const names = (await readdir(directory)).filter(name => name.endsWith('.csv')).sort()
  const files = await Promise.all(
    names.map(async name => ({ name, bytes: await readBytes(join(directory, name)) })),
  )
  const held = await db.selectFrom('stored_file').select('sha256').execute()
  const known = new Set(held.map(row => row.sha256))
  const missing = files.filter(file => !known.has(sha256Of(file.bytes)))
  if (missing.length === 0) return 0
  const places = await placesByCode(db)
  const published = (bytes: Uint8Array) =>
    /^# publié le : (\S+)/m.exec(new TextDecoder().decode(bytes))?.[1] ?? ''
  for (const file of missing.sort((a, b) => published(a.bytes).localeCompare(published(b.bytes)))) {
    const stored = await importKnowing(
      db,
      { ...file, defaultPlace: 'FR', receivedFrom: SHIPPED },
      today,
      places,
    )
    if ('faults' in stored) {
      const [fault] = stored.faults
      throw new Error(`${file.name}:${fault?.line} ${fault?.message} ${fault?.remedy}`)
    }
  }
  return missing.length
}

/** What a received file is read with. */
export function readingSetting(
  file: Omit<ReceivedFile, 'bytes'>,
  today: Day,
  places: ReadonlyMap<string, KnownPlace>,
): FileSetting {
  const { kind, title, place, sheet, mapping, name, publishedOn, defaultPlace, sender, pilote } = file
  return {
    kind,
    title,
    place,
    sheet,
    mapping,
    pilote,
    fileName: name,
    today,
    publishedOn,
    shipped: file.receivedFrom === SHIPPED,
    defaultPlace,
    knownCommunes: code => communeState(places, code),
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
      all.flatMap(({ kind, code, name, parent, mergedInto }) =>
        kind === 'commune' && mergedInto === undefined ? [{ code, name, department: parent ?? '' }] : [],
      ),
    ),
    departmentNamed: departmentsByName(all.filter(({ kind }) => kind === 'department')),
  }
  indexes.set(places, index)
  return index
}

async function importKnowing(
  db: Kysely<Database>,
  file: ReceivedFile,
  today: Day,
  places: ReadonlyMap<string, KnownPlace>,
): Promise<StoredRelease | FaultReport> {
  const remembered = await rememberedMappings(db, file.source)
  const setting = { ...readingSetting(file, today, places), remembered }
  const read = await readAnyFile(file.bytes, setting, file.signal)
  if (isRefused(read)) return read
  requireBrought(file.sender, read.kind)
  if (isUntouched(read.kind, file.bytes)) {
    return { faults: [UNTOUCHED_TEMPLATE], total: 1, byCode: { 'untouched-template': 1 } }
  }
  const { frontMatter } = read
  const unable = unableToWait(file, { frontMatter, hasFigures: read.rows.some(row => 'measure' in row) })
  if (unable) return { faults: [unable], total: 1, byCode: { 'cannot-wait': 1 } }
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

/** Reads a GeoJSON of communes and stores all its outlines, or nothing. @returns the release, or every fault. */
export async function importContours(
  db: Kysely<Database>,
  file: Omit<ReceivedFile, 'kind'>,
  today: Day,
): Promise<StoredRelease | FaultReport> {
  const places = await placesByCode(db)
  requireBrought(file.sender, CONTOURS)
  const positions = await communePositions(db)
  const contours = readContours(file.bytes, {
    knownCommunes: code => communeState(places, code),
    positionOf: code => positions.get(code),
  })
  if ('faults' in contours) return contours
  const reach = smallestPlace(
    contours.map(({ insee }) => insee),
    code => departmentOf(places, code),
  )
  const read = {
    kind: CONTOURS,
    frontMatter: { notes: [], lines: {} },
    rows: contours,
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

function sha256Of(bytes: Uint8Array): string {
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

/** The department of a commune. */
export function departmentOf(places: ReadonlyMap<string, KnownPlace>, code: string): string | undefined {
  const place = places.get(code)
  return place?.kind === 'commune' ? place.parent : undefined
}

function placeOfRow(row: ImportedFile['rows'][number]): string | undefined {
  if ('place' in row) return row.place
  return 'commune' in row ? row.commune : undefined
}

/** A past import, as the data page lists it. */
export interface PastImport {
  release: number
  kind: string
  releaseKind: ReleaseKind
  publisher: string
  document: string
  fileName: string
  publishedOn: Day
  recordedAt: string
  recordedBy: string
  rows: number
  /** Whether anybody can read it: neither a draft, nor under embargo, nor withdrawn. */
  public: boolean
  standing: Standing
  /** Smallest place that holds every row: who answers for it may publish and withdraw it. */
  place: string
  withdrawnAt: string | null
  withdrawalReason: string | null
}

/** Past imports, newest first. */
export async function pastImports(db: Kysely<Database>, limit: number): Promise<PastImport[]> {
  const rows = await importsAmong(db).orderBy('release.id', 'desc').limit(limit).execute()
  return rows.map(pastImport)
}

/** One past import. @throws Refusal `release-not-found`. */
export async function pastImportOrRefuse(db: Kysely<Database>, release: number): Promise<PastImport> {
  const row = await importsAmong(db).where('release.id', '=', release).executeTakeFirst()
  if (row === undefined) {
    throw new Refusal('release-not-found', `Aucun import ne porte le n° ${release}.`, { release })
  }
  return pastImport(row)
}

function pastImport<Row extends { standing: Standing }>(row: Row) {
  return { ...row, public: row.standing === 'public' }
}

function importsAmong(db: Kysely<Database>) {
  return db
    .selectFrom('release')
    .innerJoin('source', 'source.id', 'release.source_id')
    .leftJoin('withdrawal', 'withdrawal.release_id', 'release.id')
    .select([
      'release.id as release',
      'release.import_kind as kind',
      'release.kind as releaseKind',
      'source.publisher as publisher',
      'release.document as document',
      'release.file_name as fileName',
      'release.published_on as publishedOn',
      'release.recorded_at as recordedAt',
      'release.recorded_by as recordedBy',
      'release.row_count as rows',
      'release.reach as place',
      'withdrawal.withdrawn_at as withdrawnAt',
      'withdrawal.reason as withdrawalReason',
      STANDING.as('standing'),
    ])
}

/** Which published values a reader wants to see the history of; an absent member means all. */
export interface FigureRequest {
  measure: Measure
  title?: Title | undefined
  place?: string | undefined
  period?: string | undefined
}

/** Series beyond which a history is told of one place or one period at a time. */
const MOST_SERIES = 500

/**
 * Every value ever published for some figures, with what became of each, the newest period first; `undefined` when they
 * are so many that a place or a period must be chosen first.
 */
export async function figureVintages(
  db: Kysely<Database>,
  { measure, title, place, period }: FigureRequest,
): Promise<Vintage[] | undefined> {
  const all = place === undefined ? await seriesOf(db, measure) : [{ code: place }]
  if (period === undefined && all.length > MOST_SERIES) return undefined
  const places = [...new Set(all.map(one => one.code))]
  if (places.length === 0) return []
  const rows = await publishedValues(db, {
    measure,
    places,
    withWithdrawn: true,
    ...(title === undefined ? {} : { titles: [title] }),
    ...(period === undefined ? {} : { period }),
  })
  return vintages(rows.toSorted((a, b) => (a.period < b.period ? 1 : a.period > b.period ? -1 : 0)))
}

/** Titles and places for which a measure was told. */
function seriesOf(db: Kysely<Database>, measure: Measure) {
  return db
    .selectFrom('told_series')
    .innerJoin('place', 'place.code', 'told_series.place')
    .select(['told_series.title as title', 'place.code as code', 'place.name as name'])
    .distinct()
    .where('told_series.measure', '=', measure)
    .execute()
}

/** What can be chosen to follow a figure: its titles, its places, its periods. */
export interface FigureChoices {
  measures: Measure[]
  titles: Title[]
  places: { code: string; name: string }[]
  periods: string[]
}

/**
 * The measures that were published, and the titles, places and periods of one of them: the periods of a place, or of all
 * when they are few.
 */
export async function figureChoices(
  db: Kysely<Database>,
  measure: Measure,
  place: string | undefined,
): Promise<FigureChoices> {
  const [measures, series] = await Promise.all([
    sql<{ measure: string }>`
      select measure from unnest(${Object.keys(MEASURES)}::text[]) measure
       where exists (select from told_series t where t.measure = measure.measure)`
      .execute(db)
      .then(({ rows }) => rows),
    seriesOf(db, measure),
  ])
  const told = db
    .selectFrom('observation')
    .innerJoin('series', 'series.id', 'observation.series_id')
    .innerJoin('published_release', 'published_release.id', 'observation.release_id')
    .select('observation.period as period')
    .distinct()
    .where('series.measure', '=', measure)
    .orderBy('period', 'desc')
  const periods =
    place !== undefined
      ? await told.where('series.place', '=', place).execute()
      : series.length > MOST_SERIES
        ? []
        : await told.execute()
  const published = new Set(measures.map(row => row.measure))
  const titles = new Set(series.map(row => row.title))
  const names = new Map(series.map(row => [row.code, row.name]))
  return {
    measures: (Object.keys(MEASURES) as Measure[]).filter(one => published.has(one)),
    titles: TITLES.filter(title => titles.has(title)),
    places: [...names].map(([code, name]) => ({ code, name })),
    periods: periods.map(row => row.period),
  }
}

/**
 * The figures for which several values were published that nothing replaced, each with all its values. They are looked
 * for among those that several releases tell (`settled_value`): a release that stands alone contradicts nobody.
 */
export async function contestedFigures(db: Kysely<Database>): Promise<Vintage[][]> {
  const { rows: keys } = await actAsOwner(() =>
    sql<{ measure: Measure; place: string }>`
      select distinct s.measure, s.place
        from settled_value v
        join series s on s.id = v.series_id
        join observation o on o.series_id = v.series_id and o.period = v.period and o.value <> v.value
        join published_release r on r.id = o.release_id
       where v.told_until = 'infinity' and not exists (
         select from observation later
           join published_release l on l.id = later.release_id
          where later.series_id = o.series_id and later.period = o.period
            and l.source_id = r.source_id and l.kind <> 'initial'
            and (l.published_on, l.id) > (r.published_on, r.id))`.execute(db),
  )
  const byMeasure = groupBy(keys, key => key.measure)
  const rows = await Promise.all(
    [...byMeasure].map(([measure, some]) =>
      publishedValues(db, { measure, places: [...new Set(some.map(key => key.place))] }),
    ),
  )
  return [...groupBy(rows.flat(), figureKey).values()]
    .map(vintages)
    .filter(values => values.some(value => value.state === 'conflict'))
}
