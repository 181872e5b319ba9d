import { type CsvError, parse } from 'csv-parse/sync'
import { type Flaw, flawed, type Reading } from './cells/fault.ts'
import type { FaultLog } from './fault-log.ts'
import type { Limits } from './limits.ts'

/** One record: its cells as written, and the lines of the file it spans. */
export interface CsvRecord {
  line: number
  lastLine: number
  cells: string[]
}

/** Characters that separate cells. */
export type Separator = ';' | ',' | '\t'

/** After so many misplaced quotes nothing that follows can be trusted. */
const BROKEN_RECORDS = 100

/**
 * Splits lines into records as they come, blank lines left out. A misplaced quote is a fault on the first line of its
 * record, and reading goes on at the next line. Lines without a quote are split here: it is the same result, and
 * csv-parse takes long to say that a row has too few cells.
 */
export class RecordReader {
  readonly #separator: Separator
  readonly #limits: Limits
  readonly #log: FaultLog
  readonly #keep: (record: CsvRecord) => void
  #broken = 0
  #records = 0

  constructor(separator: Separator, limits: Limits, log: FaultLog, keep: (record: CsvRecord) => void) {
    this.#separator = separator
    this.#limits = limits
    this.#log = log
    this.#keep = keep
  }

  /** Whether nothing more will be read: one record more than allowed, plus the header, or too many faults. */
  get done(): boolean {
    return this.#records >= this.#limits.rows + 2 || this.#broken >= BROKEN_RECORDS
  }

  /**
   * Reads lines, the first of which is line number `first` of the file.
   * @param whole whether the file ends with them: a quote left open is then never closed.
   * @returns how many lines were read; the others begin a record that ends after them.
   */
  read(lines: readonly string[], first: number, whole: boolean): number {
    for (let at = 0; at < lines.length; at++) {
      if (this.done) return lines.length
      const text = lines[at]!
      if (!text.includes('"')) {
        if (text.trim() === '') continue
        this.#records += 1
        this.#keep({ line: first + at, lastLine: first + at, cells: text.split(this.#separator) })
        continue
      }
      const end = endOfRecord(lines, at, this.#limits, whole)
      if (end === 'later') return at
      const reading = end === 'too-large' ? TOO_LARGE : parseQuoted(lines.slice(at, end), this.#separator)
      if ('flaw' in reading) {
        this.#broken += 1
        const flaw = this.#broken === BROKEN_RECORDS ? stopping(reading.flaw) : reading.flaw
        this.#log.add({ line: first + at, ...flaw })
      } else {
        this.#records += 1
        const lastLine = first + Number(end) - 1
        this.#keep({ line: first + at, lastLine, cells: reading.value })
        at = Number(end) - 1
      }
    }
    return lines.length
  }
}

/** Splits the lines of a whole file into records from line number `from` on. */
export function parseRecords(
  lines: readonly string[],
  from: number,
  separator: Separator,
  limits: Limits,
  log: FaultLog,
): CsvRecord[] {
  const records: CsvRecord[] = []
  const reader = new RecordReader(separator, limits, log, record => records.push(record))
  reader.read(lines.slice(from - 1), from, true)
  return records
}

// Quotes open, close and are doubled, so a record ends where their number is even.
function endOfRecord(
  lines: readonly string[],
  first: number,
  limits: Limits,
  whole: boolean,
): number | 'later' | 'too-large' {
  let open = false
  let characters = 0
  for (let at = first; at < lines.length; at++) {
    const text = lines[at]!
    characters += text.length + 1
    if (characters > limits.recordCharacters) return 'too-large'
    for (let i = text.indexOf('"'); i >= 0; i = text.indexOf('"', i + 1)) open = !open
    if (!open) return at + 1
  }
  return whole ? lines.length : 'later'
}

function parseQuoted(lines: readonly string[], separator: Separator): Reading<string[]> {
  try {
    const [cells] = parse(lines.join('\n'), { delimiter: separator, record_delimiter: '\n' })
    return { value: cells! }
  } catch (error) {
    // A text that holds a quote is never empty, and only its quotes can be wrong.
    return quoteFlaw(error as CsvError)
  }
}

const REMEDY =
  'Un texte entre guillemets commence et finit avec sa cellule ; doublez ("") les guillemets du texte même.'

const TOO_LARGE = flawed(
  'record-too-large',
  'Enregistrement trop long : un guillemet ouvert ici n’est peut-être jamais fermé.',
  REMEDY,
)

function stopping(flaw: Flaw): Flaw {
  return { ...flaw, message: `${flaw.message} La lecture s’arrête là : trop de guillemets sont mal placés.` }
}

function quoteFlaw(error: CsvError) {
  return error.code === 'CSV_QUOTE_NOT_CLOSED'
    ? flawed('unclosed-quote', 'Un guillemet ouvert ici n’est jamais fermé.', REMEDY)
    : flawed('stray-quote', 'Un guillemet (") est mal placé sur cette ligne.', REMEDY)
}
