import { createHash } from 'node:crypto'
import { createGzip, type Gzip } from 'node:zlib'
import { type Kysely, sql, type Transaction } from 'kysely'
import { type Copy, copyText, inBulk } from '../../io/database/bulk.ts'
import { placesByCode } from '../../io/database/places.ts'
import { IMPORT_LOCK } from '../../io/database/publication.ts'
import type { Database } from '../../io/database/schema.ts'
import { hideSecrets } from '../../io/database/secret.ts'
import type { Day } from '../../pure/calendar/day.ts'
import { fileTooLarge } from '../csv.ts'
import { type Encoding, EncodingFinder, pieceDecoder } from '../encoding.ts'
import type { Fault, Flaw } from '../fault.ts'
import { FAULTS_LISTED, FaultLog, type FaultReport } from '../fault-log.ts'
import { repeatedFlaw } from '../file-kind.ts'
import { foreignFormat } from '../file-signature.ts'
import { KINDS } from '../kinds.ts'
import { LONG_LIMITS } from '../limits.ts'
import { LongFile, type LongKind } from '../long-file.ts'
import type { ObservationRow } from '../observation-row.ts'
import {
  communeState,
  insertRelease,
  isDraft,
  knownRelease,
  placesOf,
  publishUnlessDraft,
  type ReceivedFile,
  requireBrought,
  type StoredRelease,
  storedRelease,
  unableToWait,
} from '../queries.ts'
import type { FileSetting } from '../read-file.ts'

/** A file that may be longer than memory: it can be opened again, and comes in pieces. */
export interface LongSource extends Omit<ReceivedFile, 'bytes'> {
  bytes: number
  open(): AsyncIterable<Uint8Array>
}

/** How far an import is. */
export interface Progress {
  bytesRead: number
  rows: number
}

/** Who looks at an import, and may call it off. */
export interface Watch {
  signal?: AbortSignal | undefined
  progress?: ((progress: Progress) => void) | undefined
}

const BATCH = 40_000
const PART_BYTES = 1 << 20
const UNIQUE_VIOLATION = '23505'

/**
 * Imports a file of figures of any length in bounded memory: read, checked and copied piece by piece in one
 * transaction, so that all of it is stored or nothing. A file with a fault is read again to tell all of them. Called
 * off or cut, it leaves nothing: sent again, it starts from its first line, as no line counts before the last is checked.
 *
 * @returns the release, or every fault. @throws the reason of `signal`.
 */
export async function importLongFile(
  db: Kysely<Database>,
  file: LongSource,
  today: Day,
  watch: Watch = {},
): Promise<StoredRelease | FaultReport> {
  const facts = await factsOf(file, watch)
  if ('code' in facts) return refusalOf(facts)
  const places = await placesByCode(db)
  const setting: FileSetting = {
    kind: file.kind,
    today,
    defaultPlace: file.defaultPlace,
    knownCommunes: code => communeState(places, code),
    answersFor: placesOf(file.sender, places),
    limits: LONG_LIMITS,
  }
  try {
    return await inBulk(db, (trx, copy) => store({ db, file, facts, setting, today, watch, trx, copy }))
  } catch (error) {
    if (!(error instanceof Faulty) && !isRepeatedFigure(error)) throw error
  }
  return allFaults(db, file, facts, setting, watch)
}

/** The file has a fault: what was copied is taken back, and all the faults are looked for. */
class Faulty extends Error {}

function isRepeatedFigure(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === UNIQUE_VIOLATION
}

interface Facts {
  sha256: string
  encoding: Encoding
}

/** Reads the bytes once for their digest and their encoding, or for what makes them no CSV. */
async function factsOf(file: LongSource, { signal }: Watch): Promise<Facts | Flaw> {
  if (file.bytes > LONG_LIMITS.bytes) return fileTooLarge(file.bytes, LONG_LIMITS.bytes)
  const hash = createHash('sha256')
  const finder = new EncodingFinder()
  let first = true
  for await (const bytes of file.open()) {
    signal?.throwIfAborted()
    const foreign = first ? foreignFormat(bytes) : undefined
    if (foreign) return foreign
    first = false
    hash.update(bytes)
    finder.push(bytes)
  }
  const encoding = finder.end()
  return 'flaw' in encoding ? encoding.flaw : { sha256: hash.digest('hex'), encoding: encoding.value }
}

function refusalOf(flaw: Flaw | Fault): FaultReport {
  const log = new FaultLog()
  log.add({ line: 1, ...flaw })
  return log.report()
}

interface Storing {
  db: Kysely<Database>
  file: LongSource
  facts: Facts
  setting: FileSetting
  today: Day
  watch: Watch
  trx: Transaction<Database>
  copy: Copy
}

async function store(storing: Storing): Promise<StoredRelease> {
  const { db, file, facts, setting, today, watch, trx, copy } = storing
  await sql`select pg_advisory_xact_lock(${IMPORT_LOCK})`.execute(trx)
  const batch = new Batch()
  const reading = new LongFile(setting, (row, kind) => batch.add(row, kind))
  const kept = new KeptParts(facts.sha256)
  const series = new SeriesIds()
  let release: number | undefined
  let copying: Promise<void> = Promise.resolve()
  const flush = async (): Promise<StoredRelease | undefined> => {
    if (reading.faults > 0) throw new Faulty()
    await copying
    const { kind } = batch
    if (kind === undefined) return undefined
    if (release === undefined) {
      const known = await knownRelease(trx, { kind, sha256: facts.sha256 }, file.defaultPlace)
      if (known) return known
      const { frontMatter } = reading
      requireBrought(file.sender, kind)
      if (unableToWait(file, { frontMatter, hasFigures: true })) throw new Faulty()
      await kept.begin(trx)
      release = await insertRelease(
        trx,
        file,
        { kind, frontMatter, sha256: facts.sha256, rowCount: 0 },
        today,
      )
    }
    const { subjects, texts, unknown } = batch.take()
    await series.learn(trx, unknown)
    await kept.store(trx)
    copying = copy('observation', OBSERVATION_COLUMNS, observationText(subjects, texts, release))
    // Waited for at the next batch, which is read in the meantime.
    copying.catch(() => undefined)
    return undefined
  }
  for await (const text of textOf(file, facts, watch, reading, bytes => kept.keep(bytes))) {
    reading.read(text)
    if (reading.faults > 0) throw new Faulty()
    if (batch.size < BATCH) continue
    const known = await flush()
    if (known) return known
  }
  const end = reading.end()
  if ('faults' in end) throw new Faulty()
  const known = await flush()
  if (known) return known
  await copying
  if (release === undefined) throw new Faulty()
  await kept.end(trx)
  await trx.updateTable('release').set({ row_count: end.rows }).where('id', '=', release).execute()
  // At the end, so that whoever asks what was published since a moment finds it there and not before.
  await publishUnlessDraft(trx, file, reading.frontMatter, release)
  if (!isDraft(file, reading.frontMatter)) await hideSecrets(db, trx, [release])
  await series.putInForce(trx, release)
  // Whoever asks next would otherwise be planned for the table as it was, and read it whole.
  await sql`analyze observation, sole_release, settled_value`.execute(trx)
  return storedRelease(trx, release)
}

async function* textOf(
  file: LongSource,
  { encoding }: Facts,
  { signal, progress }: Watch,
  reading: LongFile,
  also?: (bytes: Uint8Array) => Promise<void>,
): AsyncGenerator<string> {
  const decode = pieceDecoder(encoding)
  let bytesRead = 0
  for await (const bytes of file.open()) {
    signal?.throwIfAborted()
    await also?.(bytes)
    bytesRead += bytes.length
    yield decode(bytes)
    progress?.({ bytesRead, rows: reading.rows })
  }
  yield decode()
}

/** A series of the file; its number is 0 until the database gives it. */
interface Subject {
  id: number
  row: ObservationRow
}

/** Rows read and not yet copied, each as its series and the text of its other values. */
class Batch {
  readonly #known = new Map<string, Subject>()
  #subjects: Subject[] = []
  #texts: string[] = []
  #unknown: Subject[] = []
  kind: LongKind | undefined

  get size(): number {
    return this.#texts.length
  }

  add(row: ObservationRow, kind: LongKind): void {
    this.kind = kind
    const key = `${row.place}|${row.title ?? ''}|${row.measure}|${row.variant}|${row.statistic}|${row.unit}|${row.clock}|${row.granularity}`
    let subject = this.#known.get(key)
    if (subject === undefined) {
      subject = { id: 0, row }
      this.#known.set(key, subject)
      this.#unknown.push(subject)
    }
    this.#subjects.push(subject)
    this.#texts.push(
      `${row.period}\t${row.value ?? '\\N'}\t${row.status}\t${row.targetDays ?? '\\N'}\t${copyText(row.locator)}\n`,
    )
  }

  take(): { subjects: Subject[]; texts: string[]; unknown: Subject[] } {
    const taken = { subjects: this.#subjects, texts: this.#texts, unknown: this.#unknown }
    this.#subjects = []
    this.#texts = []
    this.#unknown = []
    return taken
  }
}

const OBSERVATION_COLUMNS = 'series_id, release_id, period, value, status, target, locator'

function observationText(subjects: readonly Subject[], texts: readonly string[], release: number): string {
  let text = ''
  for (let i = 0; i < texts.length; i++) text += `${subjects[i]!.id}\t${release}\t${texts[i]}`
  return text
}

/** The series of a file, found or made, and which of them are new. */
class SeriesIds {
  readonly #made: number[] = []
  readonly #old: number[] = []

  async learn(trx: Transaction<Database>, unknown: readonly Subject[]): Promise<void> {
    if (unknown.length === 0) return
    const column = (of: (row: ObservationRow) => string) => unknown.map(subject => of(subject.row))
    const columns = sql`
      ${unknown.map((_, i) => i)}::integer[],
      ${column(row => row.measure)}::text[], ${column(row => row.title ?? '')}::text[],
      ${column(row => row.place)}::text[], ${column(row => row.variant)}::text[],
      ${column(row => row.statistic)}::text[], ${column(row => row.unit)}::text[],
      ${column(row => row.clock)}::text[], ${column(row => row.granularity)}::text[]`
    const { rows: found } = await sql<{ i: number; id: number; made: boolean }>`
      with wanted as (
        select * from unnest(${columns})
          as t(i, measure, title, place, variant, statistic, unit, clock, granularity)
      ), made as (
        insert into series (measure, title, place, variant, statistic, unit, clock, granularity)
        select measure, title, place, variant, statistic, unit, clock, granularity from wanted
        on conflict do nothing
        returning *
      )
      select w.i, coalesce(m.id, s.id) as id, m.id is not null as made
        from wanted w
        left join made m using (measure, title, place, variant, statistic, unit, clock, granularity)
        left join series s using (measure, title, place, variant, statistic, unit, clock, granularity)`.execute(
      trx,
    )
    for (const { i, id, made } of found) {
      unknown[i]!.id = id
      if (made) this.#made.push(id)
      else this.#old.push(id)
    }
  }

  /** Puts the values of the release in force, if it is published. */
  async putInForce(trx: Transaction<Database>, release: number): Promise<void> {
    await sql`
      select put_in_force(${release}::integer, ${this.#old}::integer[], ${this.#made}::integer[])`.execute(
      trx,
    )
  }
}

/** Keeps a file byte for byte beside its rows, compressed, in parts that fit in memory. */
class KeptParts {
  readonly #sha256: string
  readonly #gzip: Gzip = createGzip({ level: 1 })
  #pieces: Buffer[] = []
  #bytes = 0
  #part = 0
  #known = true
  #failure: unknown

  constructor(sha256: string) {
    this.#sha256 = sha256
    this.#gzip.on('data', (piece: Buffer) => {
      this.#pieces.push(piece)
      this.#bytes += piece.length
    })
    this.#gzip.on('error', error => {
      this.#failure = error
    })
  }

  async begin(trx: Transaction<Database>): Promise<void> {
    const made = await trx
      .insertInto('stored_file')
      .values({ sha256: this.#sha256, content: null })
      .onConflict(conflict => conflict.doNothing())
      .returning('sha256')
      .executeTakeFirst()
    this.#known = made === undefined
  }

  async keep(bytes: Uint8Array): Promise<void> {
    if (!this.#gzip.write(bytes)) await new Promise<void>(resolve => this.#gzip.once('drain', resolve))
  }

  async store(trx: Transaction<Database>, least = PART_BYTES): Promise<void> {
    if (this.#bytes < least || this.#bytes === 0) return
    const content = Buffer.concat(this.#pieces)
    this.#pieces = []
    this.#bytes = 0
    if (this.#known) return
    await trx
      .insertInto('stored_file_part')
      .values({ sha256: this.#sha256, part: this.#part, content })
      .execute()
    this.#part += 1
  }

  async end(trx: Transaction<Database>): Promise<void> {
    await new Promise<void>(resolve => {
      this.#gzip.once('end', resolve)
      this.#gzip.end()
    })
    if (this.#failure !== undefined) throw this.#failure
    await this.store(trx, 1)
  }
}

/** Reads a faulty file whole: rows about the same thing meet in a table of the database, however far apart. */
function allFaults(
  db: Kysely<Database>,
  file: LongSource,
  facts: Facts,
  setting: FileSetting,
  watch: Watch,
): Promise<FaultReport> {
  return inBulk(db, async (trx, copy) => {
    await sql`create temporary table read_row (line integer, key text, words text, content text) on commit drop`.execute(
      trx,
    )
    let text = ''
    let rows = 0
    const reading = new LongFile(setting, (row, kind) => {
      const { subject, content } = KINDS[kind]
      const { key, words } = subject(row)
      text += `${row.line}\t${copyText(key)}\t${copyText(words)}\t${copyText(JSON.stringify(content(row)))}\n`
      rows += 1
    })
    const flush = async () => {
      if (rows > 0) await copy('read_row', 'line, key, words, content', text)
      text = ''
      rows = 0
    }
    for await (const piece of textOf(file, facts, watch, reading)) {
      reading.read(piece)
      if (rows >= BATCH) await flush()
    }
    reading.end()
    await flush()
    const end = reading.reportWith(await repeatedRows(trx))
    const unable = unableToWait(file, { frontMatter: reading.frontMatter, hasFigures: true })
    if (end.total === 0 && unable) return refusalOf(unable)
    if (end.total === 0) throw new Error(`${file.name}: refused at first, sound when read again`)
    return end
  })
}

async function repeatedRows(trx: Transaction<Database>): Promise<FaultLog> {
  const repeated = sql`
    select line, first, words, same
      from (select line, words, first_value(line) over w as first, content = first_value(content) over w as same
              from read_row window w as (partition by key order by line)) seen
     where line > first`
  await sql`create temporary table repeated_row on commit drop as ${repeated}`.execute(trx)
  const counts = await sql<{ same: boolean; count: number }>`
    select same, count(*) as count from repeated_row group by same`.execute(trx)
  const listed = await sql<{ line: number; first: number; words: string; same: boolean }>`
    select * from repeated_row order by line limit ${FAULTS_LISTED}`.execute(trx)
  const log = new FaultLog()
  for (const { line, first, words, same } of listed.rows)
    log.add({ line, ...repeatedFlaw(words, first, line, same) })
  for (const { same, count } of counts.rows) {
    const told = listed.rows.filter(row => row.same === same).length
    if (count > told) log.count(same ? 'duplicate-row' : 'contradiction', count - told)
  }
  return log
}
