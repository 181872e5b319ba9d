import { createHash } from 'node:crypto'
import { readFile as readBytes, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { type Kysely, sql, type Transaction } from 'kysely'
import { Refusal } from '../errors.ts'
import { publishedValues } from '../figures/published-queries.ts'
import { actAsOwner } from '../io/database/acting.ts'
import { IMPORT_LOCK, publishRelease } from '../io/database/publication.ts'
import type { Database } from '../io/database/schema.ts'
import {
  GEOGRAPHY_PACKAGE,
  geographyVersion,
  type OfficialPlace,
  officialPlaces,
} from '../io/official-geography.ts'
import { type KnownPlace, placesByCode } from '../places/place-queries.ts'
import { hideSecrets } from '../publications/secret-queries.ts'
import { sourceSpokenFor, unnamedPublisher } from '../publications/speaker-queries.ts'
import { answersFor, type Identity, ROLE_NAMES } from '../pure/access/identity.ts'
import { KINDS_BROUGHT } from '../pure/access/kinds-brought.ts'
import { smallestPlace } from '../pure/access/reach.ts'
import type { Day } from '../pure/calendar/day.ts'
import { groupBy } from '../pure/figures/group-by.ts'
import { MEASURES, type Measure } from '../pure/figures/measure.ts'
import type { ReleaseKind } from '../pure/figures/observation.ts'
import { figureKey, type Vintage, vintages } from '../pure/figures/vintage.ts'
import { TITLES, type Title } from '../pure/law/title.ts'
import { type CommunesNamed, communesByName } from './cells/commune-name.ts'
import type { Fault } from './cells/fault.ts'
import type { Remark } from './cells/remark.ts'
import type { FaultReport } from './fault-log.ts'
import type { FileSetting } from './file-setting.ts'
import type { FrontMatter } from './front-matter.ts'
import { type ImportedFile, isRefused } from './imported-file.ts'
import { CONTOURS, readContours } from './kinds/contour-file.ts'
import type { ObservationRow } from './kinds/observation-row.ts'
import type { Kind } from './kinds.ts'
import { rememberedMappings, rememberMapping } from './mapping-queries.ts'
import { isUntouched, UNTOUCHED_TEMPLATE } from './template.ts'
import { readAnyFile } from './workbook-work.ts'

/** A file as it was received, with what its sender said of it. What the file says of itself wins. */
export interface ReceivedFile {
  bytes: Uint8Array
  name: string
  kind?: Kind | undefined
  /** Title and place of all its figures, when it does not say them. */
  title?: string | undefined
  place?: string | undefined
  /** Sheet of a workbook. */
  sheet?: string | undefined
  /** Fields of columns chosen by hand, by what identifies their names. */
  mapping?: ReadonlyMap<string, string> | undefined
  /** Calls off its reading. */
  signal?: AbortSignal | undefined
  source?: string | undefined
  publishedOn?: Day | undefined
  defaultPlace: string
  receivedFrom: string
  /** In whose name; of the service itself when absent, which answers for every place. */
  sender?: Identity | undefined
  /** Whether it waits for somebody to publish it. */
  draft?: boolean | undefined
}

/** A file that was stored, now or already before. */
export interface StoredRelease {
  release: number
  kind: string
  rows: number
  /** The same file had been imported before: nothing was written. */
  alreadyKnown: boolean
  /** What is told of the file without refusing it. */
  remarks?: Remark[]
  /** Whether anybody can read it now: a draft waits for its publication, an embargo for its end. */
  public: boolean
}

const CHUNK = 5_000

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
      { ...file, defaultPlace: 'FR', receivedFrom: 'vigie-titres' },
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
  const { kind, title, place, sheet, mapping, name, defaultPlace, sender } = file
  return {
    kind,
    title,
    place,
    sheet,
    mapping,
    fileName: name,
    today,
    defaultPlace,
    knownCommunes: code => communeState(places, code),
    communesNamed: communesNamedAmong(places),
    answersFor: placesOf(sender, places),
  }
}

const indexes = new WeakMap<ReadonlyMap<string, KnownPlace>, CommunesNamed>()

function communesNamedAmong(places: ReadonlyMap<string, KnownPlace>): CommunesNamed {
  const known = indexes.get(places)
  if (known) return known
  const index = communesByName(
    [...places.values()].flatMap(({ kind, code, name, parent, mergedInto }) =>
      kind === 'commune' && mergedInto === undefined ? [{ code, name, department: parent ?? '' }] : [],
    ),
  )
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
  const reach = smallestPlace(
    read.rows.flatMap(row => placeOfRow(row) ?? []),
    code => departmentOf(places, code),
  )
  const stored = await storeOnce(db, file, { ...read, reach }, today, (trx, release) =>
    insertRows(trx, release, read),
  )
  if (read.about) await rememberMapping(db, file, read.about.header)
  return { ...stored, remarks: read.remarks }
}

interface Described {
  kind: string
  frontMatter: FrontMatter
  rows: readonly unknown[]
  /** The smallest place that holds every row; that of the sender when rows name none. */
  reach: string | undefined
}

/** Stores a file under the import lock, unless the same bytes of the same kind were stored before. */
async function storeOnce(
  db: Kysely<Database>,
  file: ReceivedFile,
  read: Described,
  today: Day,
  insert: (trx: Transaction<Database>, release: number) => Promise<void>,
): Promise<StoredRelease> {
  return db.transaction().execute(async trx => {
    await sql`select pg_advisory_xact_lock(${IMPORT_LOCK})`.execute(trx)
    const sha256 = sha256Of(file.bytes)
    const before = await knownRelease(trx, { kind: read.kind, sha256 }, file.defaultPlace)
    if (before) return before
    await trx
      .insertInto('stored_file')
      .values({ sha256, content: Buffer.from(file.bytes) })
      .onConflict(conflict => conflict.doNothing())
      .execute()
    const { kind, frontMatter, rows, reach = file.defaultPlace } = read
    const release = await insertRelease(
      trx,
      file,
      { kind, frontMatter, sha256, rowCount: rows.length, reach },
      today,
    )
    await publishUnlessDraft(trx, file, frontMatter, release)
    await insert(trx, release)
    if (!isDraft(file, frontMatter)) await hideSecrets(db, trx, [release])
    return storedRelease(trx, release)
  })
}

const isPublic = sql<boolean>`release_is_public(release.id)`.as('public')

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

/** Reads a GeoJSON of communes and stores all its outlines, or nothing. @returns the release, or every fault. */
export async function importContours(
  db: Kysely<Database>,
  file: Omit<ReceivedFile, 'kind'>,
  today: Day,
): Promise<StoredRelease | FaultReport> {
  const places = await placesByCode(db)
  requireBrought(file.sender, CONTOURS)
  const contours = readContours(file.bytes, code => communeState(places, code))
  if ('faults' in contours) return contours
  const reach = smallestPlace(
    contours.map(({ insee }) => insee),
    code => departmentOf(places, code),
  )
  const read = { kind: CONTOURS, frontMatter: { notes: [], lines: {} }, rows: contours, reach }
  return storeOnce(db, file, read, today, (trx, release) =>
    inChunks(contours, rows =>
      trx
        .insertInto('commune_contour')
        .values(
          rows.map(({ insee, rings }) => ({ insee, release_id: release, rings: JSON.stringify(rings) })),
        )
        .execute(),
    ),
  )
}

/** The places that a sender answers for; `undefined` when it is all of them. */
export function placesOf(sender: Identity | undefined, places: ReadonlyMap<string, KnownPlace>) {
  if (sender === undefined || sender.role === 'administrator') return undefined
  return (code: string) => answersFor(sender, code, places.get(code)?.parent)
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

/** What is kept of a file besides its content. */
export interface ReleaseNote {
  kind: string
  frontMatter: FrontMatter
  sha256: string
  /** 0 while the rows are not counted yet. */
  rowCount: number
  /** Smallest place that holds every row; FR while they are not read yet. */
  reach: string
}

/** The release of a file that was already stored as the same kind and for the same place. */
export async function knownRelease(
  trx: Transaction<Database>,
  { kind, sha256 }: Pick<ReleaseNote, 'kind' | 'sha256'>,
  defaultPlace: string,
): Promise<StoredRelease | undefined> {
  const before = await trx
    .selectFrom('release')
    .select('id')
    .where('import_kind', '=', kind)
    .where('sha256', '=', sha256)
    .where('default_place', '=', defaultPlace)
    .executeTakeFirst()
  return before && { ...(await storedRelease(trx, before.id)), alreadyKnown: true }
}

/** What is told of a release that was just stored. */
export async function storedRelease(trx: Transaction<Database>, release: number): Promise<StoredRelease> {
  const stored = await trx
    .selectFrom('release')
    .select(['id as release', 'import_kind as kind', 'row_count as rows', isPublic])
    .where('id', '=', release)
    .executeTakeFirstOrThrow()
  return { ...stored, alreadyKnown: false }
}

/** Writes the release of a file whose content is stored. @returns its number. */
export async function insertRelease(
  trx: Transaction<Database>,
  file: Omit<ReceivedFile, 'bytes'>,
  { kind, frontMatter, sha256, rowCount, reach }: ReleaseNote,
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
      published_on: frontMatter.publishedOn ?? file.publishedOn ?? today,
      recorded_by: file.receivedFrom,
      reason: frontMatter.reason ?? null,
      notes: notesOf(frontMatter),
      row_count: rowCount,
    })
    .returning('id')
    .executeTakeFirstOrThrow()
  return release.id
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

function notesOf({ notes, licence }: FrontMatter): string | null {
  const lines = licence === undefined ? notes : [`Licence : ${licence}`, ...notes]
  return lines.length > 0 ? lines.join('\n') : null
}

async function insertRows(trx: Transaction<Database>, release: number, file: ImportedFile): Promise<void> {
  switch (file.kind) {
    case 'issuance-delays':
    case 'appointment-waits':
    case 'applications':
    case 'titles-issued':
    case 'indicators':
    case 'grants':
      return insertObservations(trx, release, file.rows)
    case 'town-halls':
      return inChunks(file.rows, rows =>
        trx
          .insertInto('town_hall_version')
          .values(
            rows.map(row => ({
              insee: row.commune,
              release_id: release,
              name: row.name ?? null,
              stations: row.stations ?? null,
              opened_on: row.openedOn ?? null,
              closed_on: row.closedOn ?? null,
              lat: row.latitude ?? null,
              lon: row.longitude ?? null,
              status: row.status,
              without_appointment: row.withoutAppointment,
              locator: row.locator,
            })),
          )
          .execute(),
      )
    case 'opening-hours':
      return inChunks(file.rows, rows =>
        trx
          .insertInto('opening_hours')
          .values(
            rows.map(row => ({
              insee: row.commune,
              weekday: row.weekday,
              opens: row.opens,
              closes: row.closes,
              valid_from: row.from ?? null,
              valid_to: row.until ?? null,
              stations: row.stations ?? null,
              release_id: release,
            })),
          )
          .execute(),
      )
    case 'closures':
      return inChunks(file.rows, rows =>
        trx
          .insertInto('closure')
          .values(
            rows.map(row => ({
              insee: row.commune,
              first_day: row.from,
              last_day: row.until,
              reason: row.reason ?? null,
              release_id: release,
            })),
          )
          .execute(),
      )
    case 'certs':
      return inChunks(file.rows, rows =>
        trx
          .insertInto('cert_perimeter')
          .values(
            rows.map(row => ({
              cert: row.code,
              name: row.name,
              title: row.title,
              department: row.department,
              since: row.since,
              until: row.until ?? null,
              locator: row.locator,
              release_id: release,
            })),
          )
          .execute(),
      )
    case 'cert-capacity':
      return inChunks(file.rows, rows =>
        trx
          .insertInto('cert_capacity')
          .values(
            rows.map(row => ({
              cert: row.cert,
              code: row.code ?? null,
              title: row.title,
              since: row.since,
              etpo: row.etpo,
              files_per_agent_day: row.filesPerAgentDay ?? null,
              locator: row.locator,
              release_id: release,
            })),
          )
          .execute(),
      )
    case 'events':
      return inChunks(file.rows, rows =>
        trx
          .insertInto('event')
          .values(
            rows.map(row => ({
              place: row.place,
              title: row.title ?? '',
              first_day: row.from,
              last_day: row.until,
              nature: row.nature,
              files: row.files ?? null,
              label: row.label,
              locator: row.locator,
              release_id: release,
            })),
          )
          .execute(),
      )
  }
}

async function insertObservations(
  trx: Transaction<Database>,
  release: number,
  all: readonly ObservationRow[],
): Promise<void> {
  const touched = new Set<number>()
  await inChunks(all, async rows => {
    const column = <T>(of: (row: ObservationRow) => T) => rows.map(of)
    const subject = sql`
      ${column(row => row.measure)}::text[], ${column(row => row.title ?? '')}::text[],
      ${column(row => row.place)}::text[], ${column(row => row.variant)}::text[],
      ${column(row => row.statistic)}::text[], ${column(row => row.unit)}::text[],
      ${column(row => row.clock)}::text[], ${column(row => row.granularity)}::text[]`
    await sql`
      insert into series (measure, title, place, variant, statistic, unit, clock, granularity)
      select distinct * from unnest(${subject})
      on conflict do nothing`.execute(trx)
    const inserted = await sql<{ series_id: number }>`
      with incoming as (
        select * from unnest(${subject},
          ${column(row => row.period)}::text[], ${column(row => row.value ?? null)}::double precision[],
          ${column(row => row.status)}::text[], ${column(row => row.targetDays ?? null)}::double precision[],
          ${column(row => row.locator)}::text[])
        as t(measure, title, place, variant, statistic, unit, clock, granularity, period, value, status, target, locator)
      ), stored as (
        insert into observation (series_id, period, release_id, value, status, target, locator)
        select s.id, i.period, ${release}::integer, i.value, i.status, i.target, i.locator
          from incoming i
          join series s using (measure, title, place, variant, statistic, unit, clock, granularity)
        returning series_id
      )
      select distinct series_id from stored`.execute(trx)
    for (const row of inserted.rows) touched.add(row.series_id)
  })
  await sql`select put_in_force(${release}::integer, ${[...touched]}::integer[])`.execute(trx)
}

async function inChunks<Row>(rows: readonly Row[], store: (chunk: Row[]) => Promise<unknown>): Promise<void> {
  for (let i = 0; i < rows.length; i += CHUNK) await store(rows.slice(i, i + CHUNK))
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
  /** Whether anybody can read it: neither a draft nor under embargo. */
  public: boolean
}

/** Past imports, newest first. */
export async function pastImports(db: Kysely<Database>, limit: number): Promise<PastImport[]> {
  return db
    .selectFrom('release')
    .innerJoin('source', 'source.id', 'release.source_id')
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
      isPublic,
    ])
    .orderBy('release.id', 'desc')
    .limit(limit)
    .execute()
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

/** When figures of one kind were last brought up to date. */
export interface LastUpdate {
  kind: string
  files: number
  publishedOn: Day
  recordedAt: string
}

/** The last publication and the last import of each kind of file, the most recent first. */
export async function lastUpdates(db: Kysely<Database>): Promise<LastUpdate[]> {
  const rows = await db
    .selectFrom('published_release')
    .select(eb => [
      'import_kind as kind',
      eb.fn.countAll<string>().as('files'),
      eb.fn.max('published_on').as('publishedOn'),
      eb.fn.max('recorded_at').as('recordedAt'),
    ])
    .groupBy('import_kind')
    .orderBy('publishedOn', 'desc')
    .execute()
  return rows.map(row => ({ ...row, files: Number(row.files) }))
}
