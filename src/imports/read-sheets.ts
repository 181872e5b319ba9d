import { flawed, quoted } from './cells/fault.ts'
import { nameKey } from './cells/name.ts'
import { RemarkLog } from './cells/remark.ts'
import { FaultLog } from './fault-log.ts'
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
import { TableReader } from './table/table-reader.ts'

/** A sheet of a workbook as its reader sees it: texts by row, the first of which has number 1. */
export interface Sheet {
  name: string
  rows: readonly { line: number; cells: string[] }[]
  hiddenRows: readonly number[]
  /** Blocks of merged cells that hold a text. */
  merges: number
}

/** Metadata stand within so many rows. */
const HEAD_ROWS = 120
/** Rows that tell whether a sheet holds a table. */
const PROBED_ROWS = 100
const SHEETS_NAMED = 12

/** Reads the sheet that holds a table: as a CSV is read, with the same faults and the same remarks. */
export function readSheets(sheets: readonly Sheet[], setting: FileSetting): ImportedFile | RefusedFile {
  const filled = sheets.filter(({ rows }) => rows.length > 0)
  const chosen = chooseSheet(filled, setting)
  if ('flaw' in chosen) {
    const log = new FaultLog()
    log.add({ line: 1, ...chosen.flaw })
    return log.report()
  }
  const { sheet } = chosen
  const reading = new SheetReading(sheet, setting, sheet.rows)
  const { remarks } = reading
  if (sheet.hiddenRows.length > 0)
    for (const line of sheet.hiddenRows)
      remarks.add('hidden-rows', 'Ligne masquée dans le tableur, lue comme les autres', line)
  if (sheet.merges > 0)
    remarks.add('merged-cells', 'Cellules fusionnées : leur texte vaut pour chacune d’elles')
  for (const { name } of filled)
    if (name !== sheet.name) remarks.add('sheet-left-aside', `Feuille ${quoted(name)} laissée de côté`)
  return reading.result()
}

/** One sheet read from its first row to its last. */
class SheetReading {
  readonly remarks = new RemarkLog()
  readonly #sheet: Sheet
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

  constructor(sheet: Sheet, setting: FileSetting, rows: Sheet['rows']) {
    this.#sheet = sheet
    this.#setting = setting
    const lines: string[] = []
    for (const { line, cells } of rows) if (line <= HEAD_ROWS) lines[line - 1] = cells.map(flat).join('\t')
    const { frontMatter, length } = readFrontMatter(
      Array.from(lines, line => line ?? ''),
      this.#logs.front,
    )
    this.#frontMatter = frontMatter
    checkFrontMatter(frontMatter, setting.today, this.#logs.kind, this.remarks)
    const words = [
      ...(sheet.name === '' ? [] : [sheet.name]),
      ...(setting.fileName === undefined ? [] : [setting.fileName]),
    ]
    const origin = { frontMatter, ragged: false, words }
    this.#table = new TableReader(setting, origin, this.#logs, this.remarks, this.#kept.keep)
    for (const { line, cells } of rows) if (line > length) this.#table.row({ line, lastLine: line, cells })
    this.#table.end()
  }

  /** How much of a table it looks like: 0 for none, 3 for one with sound rows. */
  get likeness(): number {
    const { about } = this.#table
    if (about === undefined) return 0
    if (this.#table.kind === undefined) return 1
    return this.#table.kept > 0 ? 3 : 2
  }

  result(): ImportedFile | RefusedFile {
    const log = new FaultLog()
    for (const found of Object.values(this.#logs)) log.include(found)
    this.#kept.check(log)
    const unknown = this.remarks.has('value-unknown', 'value-secret')
    if (log.total === 0 && this.#table.kept === 0 && !unknown)
      log.add({ line: this.#table.headerLine ?? 1, ...NO_ROWS })
    // Records of JSON stand in no sheet.
    const where = this.#sheet.name === '' ? {} : { sheet: this.#sheet.name }
    const about = this.#table.about && { ...this.#table.about, ...where }
    if (log.total > 0) {
      const report = log.report()
      return {
        ...report,
        faults: report.faults.map(fault => ({ ...fault, ...where })),
        remarks: this.remarks.all(),
        about,
      }
    }
    return settled(
      { kind: this.#table.kind!, frontMatter: this.#frontMatter, about },
      this.#kept,
      this.remarks,
      this.#setting,
    )
  }
}

function flat(cell: string): string {
  return cell.replace(/[\t\r\n]+/g, ' ')
}

function chooseSheet(sheets: readonly Sheet[], setting: FileSetting) {
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
      : { sheet }
  }
  const [only] = sheets
  if (only !== undefined && sheets.length === 1) return { sheet: only }
  const rated = sheets.map(sheet => ({
    sheet,
    likeness: new SheetReading(sheet, setting, sheet.rows.slice(0, PROBED_ROWS)).likeness,
  }))
  const most = rated.reduce((highest, { likeness }) => Math.max(highest, likeness), 0)
  const best = rated.filter(({ likeness }) => likeness === most)
  if (best.length === 1 || most < 3) return best[0]!
  return flawed(
    'ambiguous-sheet',
    `Plusieurs feuilles de ce classeur peuvent être lues : ${best.map(({ sheet }) => quoted(sheet.name)).join(', ')}.`,
    `Dites laquelle à l’envoi (feuille), ou envoyez un classeur par feuille ; la première est ${quoted(best[0]!.sheet.name)}.`,
  )
}
