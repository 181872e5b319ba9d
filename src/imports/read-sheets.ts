import { type Flaw, flawed, quoted } from './cells/fault.ts'
import { nameKey } from './cells/name.ts'
import { RemarkLog } from './cells/remark.ts'
import { FaultLog, refusedFor } from './fault-log.ts'
import type { FileSetting } from './file-setting.ts'
import { readFrontMatter } from './front-matter.ts'
import {
  checkFrontMatter,
  type ImportedFile,
  KeptRows,
  NO_ROWS,
  type RefusedFile,
  settled,
} from './imported-file.ts'
import { LIMITS } from './limits.ts'
import { type Sheet, takenApart } from './sheet.ts'
import { TableReader } from './table/table-reader.ts'

/** Metadata stand within so many rows. */
const HEAD_ROWS = 120
/** Rows that tell whether a sheet holds a table. */
const PROBED_ROWS = 100
const SHEETS_NAMED = 12

/** Rows read between two pauses. */
const SLICE = 1_000

/** Reads the sheet that holds a table, slice by slice: as a CSV is read, with the same faults and the same remarks. */
export function* readSheets(
  sheets: readonly Sheet[],
  setting: FileSetting,
): Generator<undefined, ImportedFile | RefusedFile> {
  const filled = sheets
    .filter(({ rows }) => rows.length > 0)
    .map(sheet => takenApart(sheet, setting.limits ?? LIMITS))
  const chosen = yield* chooseSheet(filled, setting)
  if ('flaw' in chosen) return refusedFor(chosen.flaw)
  const readings = chosen.sheets.map(sheet => new SheetReading(sheet, setting, sheet.rows))
  for (const reading of readings) yield* reading.read()
  const [first, ...others] = readings as [SheetReading, ...SheetReading[]]
  const together = others.length > 0 && readings.every(({ faults }) => faults.total === 0)
  if (together && !first.joins(others)) return refusedFor(sheetsAlike(chosen.sheets))
  const { remarks } = first
  for (const { hiddenRows, merges } of chosen.sheets) {
    for (const line of hiddenRows)
      remarks.add('hidden-rows', 'Ligne masquée dans le tableur, lue comme les autres', line)
    if (merges > 0) remarks.add('merged-cells', 'Cellules fusionnées : leur texte vaut pour chacune d’elles')
  }
  const names = chosen.sheets.map(({ name }) => name)
  if (others.length > 0)
    remarks.add('sheets-together', `Feuilles du même tableau lues ensemble : ${names.map(quoted).join(', ')}`)
  for (const { name } of filled)
    if (!names.includes(name)) remarks.add('sheet-left-aside', `Feuille ${quoted(name)} laissée de côté`)
  return first.result(others.map(({ faults }) => faults))
}

/** One sheet read from its first row to its last. */
class SheetReading {
  readonly remarks = new RemarkLog()
  readonly #sheet: Sheet
  readonly #rows: Sheet['rows']
  readonly #setting: FileSetting
  readonly #logs = {
    front: new FaultLog(),
    records: new FaultLog(),
    kind: new FaultLog(),
    cells: new FaultLog(),
  }
  readonly #kept = new KeptRows()
  readonly #table: TableReader
  readonly #frontMatter
  #faults: FaultLog | undefined

  constructor(sheet: Sheet, setting: FileSetting, rows: Sheet['rows']) {
    this.#sheet = sheet
    this.#setting = setting
    const lines: string[] = []
    for (const { line, cells } of rows)
      if (line <= HEAD_ROWS) lines[line - 1] = cells.map(cell => cell.replace(/[\t\r\n]+/g, ' ')).join('\t')
    const { frontMatter, length } = readFrontMatter(
      Array.from(lines, line => line ?? ''),
      this.#logs.front,
    )
    this.#frontMatter = frontMatter
    checkFrontMatter(frontMatter, setting.today, this.#logs.kind, this.remarks)
    const origin = { frontMatter, ragged: false, sheet: sheet.name }
    const { keep } = this.#kept
    this.#table = new TableReader({ setting, origin, logs: this.#logs, remarks: this.remarks, keep })
    this.#rows = rows.filter(({ line }) => line > length)
  }

  /** Reads its rows. */
  *read(): Generator<undefined, void> {
    for (const [i, { line, cells }] of this.#rows.entries()) {
      this.#table.row({ line, lastLine: line, cells })
      if (i % SLICE === SLICE - 1) yield undefined
    }
    this.#table.end()
  }

  /** How much of a table it looks like: 0 for none, as for a page of text; 3 for one with sound rows. */
  get likeness(): number {
    const { about } = this.#table
    if (about === undefined) return 0
    if (this.#table.kind === undefined) return Math.min(about.header.length - 1, 1)
    return this.#table.kept > 0 ? 3 : 2
  }

  /** What makes its rows those of the same table as others: their kind and their columns. */
  get shape(): string {
    const fields = this.#table.about?.mapping.flatMap(({ field }) => field ?? []) ?? []
    return [this.#table.kind, ...new Set(fields)].join(' ')
  }

  /** Its faults, each with the name of the sheet; records of JSON stand in none. */
  get faults(): FaultLog {
    if (this.#faults === undefined) {
      const log = new FaultLog(this.#where)
      for (const found of Object.values(this.#logs)) log.include(found)
      this.#kept.check(log)
      const unknown = this.remarks.has('value-unknown', 'value-secret')
      if (log.total === 0 && this.#table.kept === 0 && !unknown)
        log.add({ line: this.#table.headerLine ?? 1, ...NO_ROWS })
      this.#faults = log
    }
    return this.#faults
  }

  get #where() {
    return this.#sheet.name === '' ? {} : { sheet: this.#sheet.name }
  }

  /** Takes the rows of other sheets. @returns whether no two of them speak of the same. */
  joins(others: readonly SheetReading[]): boolean {
    for (const other of others) {
      for (const row of other.#kept.rows) this.#kept.rows.push(row)
      this.remarks.include(other.remarks)
    }
    const repeated = new FaultLog()
    this.#kept.check(repeated)
    return repeated.total === 0
  }

  /** What was read, or every fault of it and of the sheets beside. */
  result(beside: readonly FaultLog[]): ImportedFile | RefusedFile {
    const about = this.#table.about && { ...this.#table.about, ...this.#where }
    const all = new FaultLog()
    for (const log of [this.faults, ...beside]) all.include(log)
    if (all.total > 0) return { ...all.report(), remarks: this.remarks.all(), about }
    const { kind } = this.#table
    const read = { kind: kind!, frontMatter: this.#frontMatter, about }
    return settled(read, this.#kept, this.remarks, this.#setting)
  }
}

function* chooseSheet(sheets: readonly Sheet[], setting: FileSetting) {
  const names = sheets
    .slice(0, SHEETS_NAMED)
    .map(({ name }) => quoted(name))
    .join(', ')
  if (sheets.length === 0)
    return flawed(
      'empty-workbook',
      'Aucune feuille visible de ce classeur ne contient de tableau.',
      'Mettez le tableau dans une feuille visible.',
    )
  const { sheet: asked } = setting
  if (asked !== undefined) {
    const sheet =
      sheets.find(({ name }) => name === asked) ?? sheets.find(({ name }) => nameKey(name) === nameKey(asked))
    return sheet === undefined
      ? flawed(
          'unknown-sheet',
          `Ce classeur n’a pas de feuille ${quoted(asked)}.`,
          `Choisissez l’une de ses feuilles : ${names}.`,
        )
      : { sheets: [sheet] }
  }
  if (sheets.length === 1) return { sheets }
  const rated = sheets.map(sheet => ({
    sheet,
    read: new SheetReading(sheet, setting, sheet.rows.slice(0, PROBED_ROWS)),
  }))
  for (const { read } of rated) {
    yield* read.read()
    yield undefined
  }
  const most = rated.reduce((highest, { read }) => Math.max(highest, read.likeness), 0)
  const best = rated.filter(({ read }) => read.likeness === most)
  const alike = best.map(({ sheet }) => sheet)
  if (most < 3) return { sheets: alike.slice(0, 1) }
  const shapes = new Set(best.map(({ read }) => read.shape))
  return shapes.size === 1 ? { sheets: alike } : { flaw: sheetsAlike(alike) }
}

function sheetsAlike(sheets: readonly Sheet[]): Flaw {
  const [first] = sheets
  return flawed(
    'ambiguous-sheet',
    `Plusieurs feuilles de ce classeur peuvent être lues : ${sheets.map(({ name }) => quoted(name)).join(', ')}.`,
    `Dites laquelle à l’envoi (feuille), ou envoyez un classeur par feuille ; la première est ${quoted(first?.name ?? '')}.`,
  ).flaw
}
