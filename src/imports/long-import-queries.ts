import { createHash } from 'node:crypto'
import { finished } from 'node:stream/promises'
import { createGzip, type Gzip } from 'node:zlib'
import { type Kysely, sql, type Transaction } from 'kysely'
import { type Copy, copyText, inBulk } from '../io/database/bulk.ts'
import { IMPORT_LOCK } from '../io/database/publication.ts'
import type { Database } from '../io/database/schema.ts'
import { othersFirst } from '../io/others-first.ts'
import { type KnownPlace, placesByCode } from '../places/place-queries.ts'
import { smallestPlace } from '../pure/access/reach.ts'
import type { Day } from '../pure/calendar/day.ts'
import type { Flaw } from './cells/fault.ts'
import { COPIED_COLUMNS, CopiedRows } from './copied-rows-queries.ts'
import { fileTooLarge } from './csv.ts'
import { type CsvFile, figureFile } from './csv-file.ts'
import { type Encoding, EncodingFinder, pieceDecoder } from './encoding.ts'
import { FAULTS_LISTED, FaultLog, type FaultReport, refusedFor } from './fault-log.ts'
import { StoredSeries } from './figure-store-queries.ts'
import { repeatedFlaw } from './file-kind.ts'
import type { FileSetting } from './file-setting.ts'
import { foreignFormat } from './file-signature.ts'
import { departmentOf, readingSetting } from './import-queries.ts'
import { KINDS } from './kinds.ts'
import { LONG_LIMITS } from './limits.ts'
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
// Soon, so that the database has work from the start.
const FIRST_BATCH = 4_000
const SLICE_BYTES = 1 << 15
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
  if ('code' in facts) return refusedFor(facts)
  const places = await placesByCode(db)
  const setting: FileSetting = { ...readingSetting(file, today, places), limits: LONG_LIMITS }
  try {
    return await inBulk(db, (trx, copy) =>
      store({ db, file, facts, setting, places, today, watch, trx, copy }),
    )
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

interface Storing {
  db: Kysely<Database>
  file: LongSource
  facts: Facts
  setting: FileSetting
  places: ReadonlyMap<string, KnownPlace>
  today: Day
  watch: Watch
  trx: Transaction<Database>
  copy: Copy
}

async function store(storing: Storing): Promise<StoredRelease> {
  const { db, file, facts, setting, places, today, watch, trx, copy } = storing
  await sql`select pg_advisory_xact_lock(${IMPORT_LOCK})`.execute(trx)
  const batch = new CopiedRows()
  const reading = figureFile(setting, row => batch.add(row))
  const kept = new KeptParts(facts.sha256)
  const series = new StoredSeries()
  let release: number | undefined
  let copying: Promise<void> = Promise.resolve()
  const flush = async (): Promise<StoredRelease | undefined> => {
    await copying
    if (release === undefined) {
      // A table without a fault is of a kind, even where none of its figures is known.
      const kind = reading.kind!
      const { frontMatter } = reading
      const known = await knownRelease(trx, { kind, sha256: facts.sha256, frontMatter }, file, today)
      if (known) return known
      requireBrought(file.sender, kind)
      if (unableToWait(file, { frontMatter, hasFigures: true })) throw new Faulty()
      await kept.begin(trx)
      release = await insertRelease(
        trx,
        file,
        { kind, frontMatter, sha256: facts.sha256, rowCount: 0, reach: 'FR' },
        today,
      )
    }
    await series.learn(trx, batch.takeUnknown())
    await kept.store(trx)
    copying = copy('observation', COPIED_COLUMNS, batch.take(release))
    // Waited for at the next batch, which is read in the meantime.
    copying.catch(() => undefined)
    return undefined
  }
  for await (const text of textOf(file, facts, watch, reading, bytes => kept.keep(bytes))) {
    reading.read(text)
    if (reading.faults > 0) throw new Faulty()
    if (batch.size < (release === undefined ? FIRST_BATCH : BATCH)) continue
    const known = await flush()
    if (known) return known
  }
  const end = reading.end()
  if ('faults' in end) throw new Faulty()
  const known = await flush()
  if (known) return known
  await copying
  // What is not known had a release made for its first rows.
  const made = release!
  await kept.end(trx)
  const reach = smallestPlace(series.places, code => departmentOf(places, code)) ?? 'FR'
  await trx.updateTable('release').set({ row_count: end.rows, reach }).where('id', '=', made).execute()
  // What follows, and whoever asks next, would otherwise be planned for the table as it was, and read it whole.
  await sql`analyze observation, series, release`.execute(trx)
  // At the end, so that whoever asks what was published since a moment finds it there and not before.
  await publishUnlessDraft(trx, file, reading.frontMatter, made)
  await series.putInForce(db, trx, made, isDraft(file, reading.frontMatter))
  await sql`analyze sole_release, settled_value`.execute(trx)
  return storedRelease(trx, made)
}

async function* textOf(
  file: LongSource,
  { encoding }: Facts,
  { signal, progress }: Watch,
  reading: CsvFile,
  also?: (bytes: Uint8Array) => Promise<void>,
): AsyncGenerator<string> {
  const decode = pieceDecoder(encoding)
  let bytesRead = 0
  for await (const bytes of file.open()) {
    signal?.throwIfAborted()
    await also?.(bytes)
    for (let at = 0; at < bytes.length; at += SLICE_BYTES) {
      yield decode(bytes.subarray(at, at + SLICE_BYTES))
      // What was read before leaves for the database between two slices.
      await othersFirst()
    }
    bytesRead += bytes.length
    progress?.({ bytesRead, rows: reading.rows })
  }
  yield decode()
}

/** Keeps a file byte for byte beside its rows, compressed, in parts that fit in memory. */
class KeptParts {
  readonly #sha256: string
  readonly #gzip: Gzip = createGzip({ level: 1 })
  #pieces: Buffer[] = []
  #bytes = 0
  #part = 0
  #known = true
  readonly #compressed = finished(this.#gzip)

  constructor(sha256: string) {
    this.#sha256 = sha256
    this.#gzip.on('data', (piece: Buffer) => {
      this.#pieces.push(piece)
      this.#bytes += piece.length
    })
    // Told at the end.
    this.#compressed.catch(() => undefined)
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
    this.#gzip.end()
    await this.#compressed
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
    const reading = figureFile(setting, (row, kind) => {
      const { subject, content } = KINDS[kind]
      const { key, words } = subject(row)
      text += `${row.line}\t${copyText(key)}\t${copyText(words)}\t${copyText(JSON.stringify(content(row)))}\n`
      rows += 1
    })
    const flush = async () => {
      if (rows > 0) await copy('read_row', 'line, key, words, content', [text])
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
    if (end.total === 0 && unable) return refusedFor(unable)
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
