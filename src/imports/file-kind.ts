import { frenchNumber } from '../pure/french/french.ts'
import { type Cells, type Columns, type Context, isMissing } from './cells/column.ts'
import { type Fault, type Flaw, flawed, quoted } from './cells/fault.ts'
import type { Table } from './csv.ts'
import type { FaultLog } from './fault-log.ts'
import { type HeaderMatch, type HeaderRule, matchHeader } from './header.ts'
import type { CsvRecord } from './record.ts'

/** What every row has: the line of the file it comes from. */
export interface Row {
  line: number
}

/** What the rows of a file are read against. */
export type RowSetting = Omit<Context, 'suggesting'>

/** A kind of file that can be imported: its columns, and how its rows are made and checked. */
export interface FileKind<R extends Row> extends HeaderRule {
  label: string
  description: string
  /** Realistic rows for the template, under the names of the fields. */
  examples: readonly Partial<Record<string, string>>[]
  /** Rows of a table; everything wrong goes to the log. */
  readRows(table: Table, setting: RowSetting, log: FaultLog): R[]
  /** How the records under a header become rows, one by one; `undefined` for a faulty one. */
  rowReader(header: RowHeader, setting: RowSetting, log: FaultLog): (record: CsvRecord) => R | undefined
  subject(row: R): { key: string; words: string }
  content(row: R): readonly unknown[]
}

/** Where the columns of a kind stand under the header of a file. */
export interface RowHeader extends HeaderMatch {
  header: readonly string[]
}

/** Tells a fault of the row being made, on one of its columns. */
export type Reject<C extends Columns> = (flaw: Flaw, field: keyof C & string) => void

interface Definition<C extends Columns, R extends Row> extends HeaderRule {
  label: string
  description: string
  columns: C
  examples: readonly Partial<Record<keyof C & string, string>>[]
  /** Makes a row of its cells; a row with a rejection is dropped. */
  row(cells: Cells<C>, line: number, reject: Reject<C>): R
  /** What a row is about (two rows about the same thing are a fault), and in words. */
  subject(row: R): { key: string; words: string }
  /** What it says about it. */
  content(row: R): readonly unknown[]
  /** Checks across rows. */
  checkRows?(rows: readonly R[], log: FaultLog): void
}

/** Makes a kind of file of its columns and rules. */
export function fileKind<C extends Columns, R extends Row>(definition: Definition<C, R>): FileKind<R> {
  return {
    ...definition,
    readRows(table, setting, log) {
      const match = matchHeader(table, definition, setting.defaultPlace !== undefined, log)
      const read = rowReader(definition, { ...match, header: table.header }, setting, log)
      const rows: R[] = []
      for (const record of table.records) {
        const row = read(record)
        if (row !== undefined) rows.push(row)
      }
      reportRepeated(rows, definition, log)
      definition.checkRows?.(rows, log)
      return rows
    },
    rowReader: (header, setting, log) => rowReader(definition, header, setting, log),
  }
}

/** Different texts of one column whose readings are kept: places and months come back all along a file. */
const READINGS_KEPT = 50_000

function rowReader<C extends Columns, R extends Row>(
  { columns, row }: Definition<C, R>,
  { header, positions, complete }: RowHeader,
  setting: RowSetting,
  log: FaultLog,
): (record: CsvRecord) => R | undefined {
  const context: Context = { ...setting, suggesting: true }
  const { defaultPlace } = setting
  const plan = Object.entries(columns).map(([field, column]) => ({
    ...column,
    field,
    position: positions.get(field),
    known: new Map<string, unknown>(),
  }))
  return record => {
    let sound = complete
    const reject: Reject<C> = (flaw, field) => {
      sound = false
      log.add({ line: record.line, ...location(header, positions.get(field)), ...flaw })
    }
    const values: Record<string, unknown> = {}
    for (const { field, position, presence, read, freeText, name, example, known } of plan) {
      const text = position === undefined ? '' : record.cells[position]!.trim()
      const before = known.get(text)
      if (before !== undefined) {
        values[field] = before
      } else if (!isMissing(text, freeText)) {
        context.suggesting = log.hasRoom
        const reading = !freeText && text.length > CELL_CHARACTERS ? longCell(text) : read(text, context)
        if ('flaw' in reading) reject(reading.flaw, field)
        else {
          values[field] = reading.value
          if (!freeText && known.size < READINGS_KEPT) known.set(text, reading.value)
        }
      } else if (presence === 'unless-default-place' && defaultPlace !== undefined) {
        values[field] = defaultPlace
      } else if (position !== undefined && (presence === 'always' || presence === 'unless-default-place')) {
        reject(missingValue(name, example, text), field)
      }
    }
    // Every column has been read by its own reader, so the cells are of the types of the columns.
    const made = sound ? row(values as Cells<C>, record.line, reject) : undefined
    return sound ? made : undefined
  }
}

/** Nothing but free text is longer, and some readers would take long to say so. */
const CELL_CHARACTERS = 200

function longCell(text: string) {
  return flawed(
    'text-too-long',
    `Cellule de ${frenchNumber(text.length)} caractères : ${quoted(text)}.`,
    'Vérifiez que les guillemets et les séparateurs sont à leur place.',
  )
}

function location(
  header: readonly string[],
  position: number | undefined,
): Pick<Fault, 'column' | 'columnNumber'> {
  return position === undefined ? {} : { column: header[position]!.slice(0, 100), columnNumber: position + 1 }
}

/** The flaw of a cell that must be filled. */
export function missingValue(name: string, example: string, text = ''): Flaw {
  return flawed(
    'missing-value',
    text === '' ? `« ${name} » est vide.` : `« ${name} » est inconnu (${quoted(text)}).`,
    `Donnez une valeur, par exemple ${example}, ou supprimez la ligne si elle est inconnue.`,
  ).flaw
}

function reportRepeated<C extends Columns, R extends Row>(
  rows: readonly R[],
  { subject, content }: Definition<C, R>,
  log: FaultLog,
): void {
  const seen = new Map<string, R>()
  for (const row of rows) {
    const { key, words } = subject(row)
    const first = seen.get(key)
    if (first === undefined) seen.set(key, row)
    else {
      const same = JSON.stringify(content(first)) === JSON.stringify(content(row))
      log.add({ line: row.line, ...repeatedFlaw(words, first.line, row.line, same) })
    }
  }
}

/** The flaw of a row about what an earlier line was already about; `same` when both say the same. */
export function repeatedFlaw(words: string, first: number, second: number, same: boolean): Flaw {
  return same ? duplicateFlaw(words, first) : contradictionFlaw(words, first, second)
}

function duplicateFlaw(words: string, first: number): Flaw {
  return flawed('duplicate-row', `Même ligne que la ligne ${first} (${words}).`, 'Supprimez l’une des deux.')
    .flaw
}

function contradictionFlaw(words: string, first: number, second: number): Flaw {
  return flawed(
    'contradiction',
    `Les lignes ${first} et ${second} disent autre chose de ${words}.`,
    'Gardez la bonne ; si le document se contredit lui-même, faites un fichier par endroit du document.',
  ).flaw
}
