import { copyText } from '../io/database/bulk.ts'
import { type Subject, Subjects } from './figure-store-queries.ts'
import type { ObservationRow } from './kinds/observation-row.ts'

/** Columns of `observation` that rows are copied into. */
export const COPIED_COLUMNS = 'series_id, release_id, period, value, status, target, locator'
const BATCH_BYTES = 1 << 21
const SENT_BYTES = 1 << 18
const DIGITS = 10
const HEAD_BYTES = 2 * (DIGITS + 1)
const TAB = 9
const ZERO = 48

/**
 * Rows read and not yet copied, as COPY reads them. The numbers of their series and of their release, known later, are
 * written over the head of each row, so that no row is kept as a text: collecting them took a third of the reading.
 */
export class CopiedRows {
  readonly #about = new Subjects()
  #bytes = Buffer.allocUnsafe(BATCH_BYTES)
  #spare = Buffer.allocUnsafe(BATCH_BYTES)
  #length = 0
  #starts: number[] = []
  #subjects: Subject[] = []
  get size(): number {
    return this.#starts.length
  }

  add(row: ObservationRow): void {
    const text = `${row.period}\t${row.value ?? '\\N'}\t${row.status}\t${row.targetDays ?? '\\N'}\t${copyText(row.locator)}\n`
    this.#reserve(HEAD_BYTES + 3 * text.length)
    this.#starts.push(this.#length)
    this.#subjects.push(this.#about.of(row))
    this.#length += HEAD_BYTES
    this.#length += this.#bytes.write(text, this.#length)
  }

  /** The series that the database has to number before the rows can be taken. */
  takeUnknown(): readonly Subject[] {
    return this.#about.takeUnknown()
  }

  /** The rows as COPY reads them, piece by piece, to be sent before those of the next batch are taken. */
  take(release: number): Iterable<Buffer> {
    const filled = this.#bytes
    const pieces = piecesOf(filled.subarray(0, this.#length), this.#starts, this.#subjects, release)
    this.#bytes = this.#spare
    this.#spare = filled
    this.#length = 0
    this.#starts = []
    this.#subjects = []
    return pieces
  }

  #reserve(bytes: number): void {
    if (this.#length + bytes <= this.#bytes.length) return
    const larger = Buffer.allocUnsafe(2 * this.#bytes.length + bytes)
    this.#bytes.copy(larger, 0, 0, this.#length)
    this.#bytes = larger
  }
}

function writeNumber(bytes: Buffer, start: number, value: number): void {
  let rest = value
  for (let at = start + DIGITS - 1; at >= start; at--) {
    const tens = Math.floor(rest / 10)
    bytes[at] = ZERO + rest - 10 * tens
    rest = tens
  }
  bytes[start + DIGITS] = TAB
}

/** Numbers the rows of a piece when it is asked for: the database works on those before in the meantime. */
function* piecesOf(
  bytes: Buffer,
  starts: readonly number[],
  subjects: readonly Subject[],
  release: number,
): Generator<Buffer> {
  let sent = 0
  for (const [i, start] of starts.entries()) {
    if (start - sent >= SENT_BYTES) {
      yield bytes.subarray(sent, start)
      sent = start
    }
    writeNumber(bytes, start, subjects[i]!.id)
    writeNumber(bytes, start + DIGITS + 1, release)
  }
  yield bytes.subarray(sent)
}
