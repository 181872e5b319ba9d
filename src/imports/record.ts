import { type Flaw, flawed, type Reading } from './cells/fault.ts'
import type { FaultLog } from './fault-log.ts'
import type { Limits } from './limits.ts'
import type { TableRow } from './table/row.ts'

/** Characters that separate cells. */
export type Separator = ';' | ',' | '\t' | '|'

/** After so many misplaced quotes nothing that follows can be trusted. */
const BROKEN_RECORDS = 100

/**
 * Splits lines into records as they come, blank lines left out. A misplaced quote is a fault on the first line of its
 * record, and reading goes on at the next line. Lines without a quote are split at once, and most of the time
 * there is none.
 */
export class RecordReader {
  readonly #separator: Separator
  readonly #limits: Limits
  readonly #log: FaultLog
  readonly #keep: (record: TableRow) => void
  #broken = 0
  #records = 0

  constructor(separator: Separator, limits: Limits, log: FaultLog, keep: (record: TableRow) => void) {
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

/** Splits a text that holds quotes (RFC 4180): they open and close a whole cell, and are doubled inside it. */
function parseQuoted(lines: readonly string[], separator: Separator): Reading<string[]> {
  const text = lines.join('\n')
  const cells: string[] = []
  let at = 0
  for (;;) {
    let end: number
    if (text[at] === '"') {
      let close = text.indexOf('"', at + 1)
      while (close >= 0 && text[close + 1] === '"') close = text.indexOf('"', close + 2)
      if (close < 0) return UNCLOSED
      end = close + 1
      if (end < text.length && text[end] !== separator) return STRAY
      cells.push(text.slice(at + 1, close).replaceAll('""', '"'))
    } else {
      const next = text.indexOf(separator, at)
      end = next < 0 ? text.length : next
      const cell = text.slice(at, end)
      if (cell.includes('"')) return STRAY
      cells.push(cell)
    }
    if (end >= text.length) return { value: cells }
    at = end + 1
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

const UNCLOSED = flawed('unclosed-quote', 'Un guillemet ouvert ici n’est jamais fermé.', REMEDY)
const STRAY = flawed('stray-quote', 'Un guillemet (") est mal placé sur cette ligne.', REMEDY)
