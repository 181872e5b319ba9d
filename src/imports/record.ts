import { type CsvError, parse } from 'csv-parse/sync'
import { type Flaw, flawed, type Reading } from './fault.ts'
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
 * Splits lines into records from line number `from` on, blank lines left out. A misplaced quote is a fault on the
 * first line of its record, and reading goes on at the next line. Lines without a quote are split here: it is the
 * same result, and csv-parse takes long to say that a row has too few cells.
 */
export function parseRecords(
  lines: readonly string[],
  from: number,
  separator: Separator,
  limits: Limits,
  log: FaultLog,
): CsvRecord[] {
  const records: CsvRecord[] = []
  let broken = 0
  // One more than allowed, plus the header, to know that there are too many.
  for (let line = from; line <= lines.length && records.length < limits.rows + 2; line++) {
    const text = lines[line - 1]!
    if (text.trim() === '') continue
    if (!text.includes('"')) {
      records.push({ line, lastLine: line, cells: text.split(separator) })
      continue
    }
    const lastLine = lastLineOf(lines, line, limits)
    const reading =
      lastLine === undefined ? TOO_LARGE : parseQuoted(lines.slice(line - 1, lastLine), separator)
    if ('flaw' in reading) {
      broken += 1
      log.add({ line, ...(broken === BROKEN_RECORDS ? stopping(reading.flaw) : reading.flaw) })
      if (broken === BROKEN_RECORDS) break
    } else {
      records.push({ line, lastLine: lastLine!, cells: reading.value })
      line = lastLine!
    }
  }
  return records
}

// Quotes open, close and are doubled, so a record ends where their number is even.
function lastLineOf(lines: readonly string[], first: number, limits: Limits): number | undefined {
  let open = false
  let characters = 0
  for (let line = first; line <= lines.length; line++) {
    const text = lines[line - 1]!
    characters += text.length + 1
    if (characters > limits.recordCharacters) return undefined
    for (let at = text.indexOf('"'); at >= 0; at = text.indexOf('"', at + 1)) open = !open
    if (!open) return line
  }
  return lines.length
}

function parseQuoted(lines: readonly string[], separator: Separator): Reading<string[]> {
  try {
    const [cells] = parse(lines.join('\n'), { delimiter: separator, record_delimiter: '\n' })
    return { value: cells ?? [''] }
  } catch (error) {
    if (isCsvError(error)) return quoteFlaw(error)
    throw error
  }
}

function isCsvError(error: unknown): error is CsvError {
  return error instanceof Error && 'code' in error && /^(CSV_|INVALID_)/.test(String(error.code))
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
