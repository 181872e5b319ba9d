import type { Context } from '../cells/column.ts'
import { nameKey } from '../cells/name.ts'
import { recordFlaw } from '../csv.ts'
import { fieldsByName } from '../header.ts'
import { KINDS, type Kind } from '../kinds.ts'
import type { TableGround } from './about.ts'
import { unnamedFlaw } from './column-flaws.ts'
import { keptInTime } from './figure-in-time.ts'
import { noteFlaw } from './figure-terms.ts'
import type { FoundHeader } from './header-row.ts'
import { type Aside, asideOf, computedAside, lateNote, tellAside } from './left-aside.ts'
import { labelledFromAbove } from './merged-labels.ts'
import type { TablePlan } from './plan.ts'
import { plannedRows } from './planned-rows.ts'
import type { TableRow } from './row.ts'
import { disagreement } from './row-agreement.ts'
import { DepartmentSums } from './sections.ts'
import type { AnyKind } from './spread.ts'
import { ToldOrigins } from './told-origins.ts'

/** What a table is: its kind, which column is what, and what its cells are read against. */
interface KnownTable {
  kind: Kind
  plan: TablePlan
  context: Context
}

/** Reads the rows under a header, one by one, into those of a kind; of a table of none, only whether they are as long as it. */
export class TableRows {
  /** Rows kept so far. */
  kept = 0
  readonly #ground: TableGround
  readonly #found: FoundHeader
  readonly #table: KnownTable | undefined
  readonly #quiet: Context | undefined
  readonly #columnAt
  readonly #read
  readonly #sums
  readonly #labelled
  readonly #fieldOf
  readonly #unnamed: Set<number>
  readonly #beyond = new Set<number>()
  readonly #origins = new ToldOrigins()

  constructor(ground: TableGround, found: FoundHeader, table: KnownTable | undefined) {
    this.#ground = ground
    this.#found = found
    this.#table = table
    this.#quiet = table && { ...table.context, suggesting: false }
    const kind = table && (KINDS[table.kind] as unknown as AnyKind)
    const { positions = [], header = [], spread, merged = [] } = table?.plan ?? {}
    this.#columnAt = new Map(
      [...positions].map(([field, position]) => [position, { field, column: kind!.columns[field]! }]),
    )
    this.#fieldOf = kind && fieldsByName(kind.columns)
    this.#unnamed = new Set(header.flatMap((name, i) => (name === '' && !this.#columnAt.has(i) ? [i] : [])))
    for (const { index } of spread?.columns ?? []) this.#unnamed.delete(index)
    this.#labelled = labelledFromAbove(merged, ground.remarks)
    this.#sums = table && kind && new DepartmentSums(table.plan, kind, table.context)
    this.#read = table && kind?.rowReader(table.plan, table.context, ground.logs.cells, ground.remarks)
  }

  /** Whether a text could stand in the column where it does. */
  readonly fits = (index: number, text: string): boolean => {
    const column = this.#columnAt.get(index)?.column
    return column !== undefined && (column.freeText || 'value' in column.read(text, this.#quiet!))
  }

  readonly #sameField = (index: number, text: string): boolean => {
    const key = nameKey(text)
    if (key === nameKey(this.#found.names[index] ?? '')) return true
    const field = this.#columnAt.get(index)?.field
    return field !== undefined && this.#fieldOf?.get(key) === field
  }

  /** What a row is when it is none of the figures. */
  asideOf(row: TableRow): Aside | undefined {
    return asideOf(row, this.#found.names, this.#sameField, this.fits)
  }

  /** Reads a row, or leaves it aside and tells it. */
  row(row: TableRow): void {
    const { logs, remarks } = this.#ground
    const { plan, kind, context } = this.#table ?? {}
    const aside = plan && (this.asideOf(row) ?? computedAside(row, plan, this.fits))
    if (aside === undefined) {
      if (this.#sums?.holds(row) !== true) this.#readFigures(row)
      return
    }
    tellAside(aside, row.line, remarks)
    const flaw = noteFlaw(KINDS[kind!].figure, row) ?? lateNote(row, context?.legend, remarks)
    if (flaw !== undefined) logs.kind.add({ line: row.line, ...flaw })
  }

  /** Reads what was held until the end, and says of the file what its columns say of who publishes it. */
  end(): void {
    const { origin, setting, remarks } = this.#ground
    for (const { row, isSum } of this.#sums?.end() ?? [])
      if (isSum) tellAside('total-left-aside', row.line, remarks)
      else this.#readFigures(row)
    this.#origins.tell(origin.frontMatter, setting.today, remarks)
  }

  #readFigures(row: TableRow): void {
    const { origin, logs } = this.#ground
    const { cells, line } = row
    const width = this.#found.names.length
    const extra = cells.length > width && cells.slice(width).every(cell => cell.trim() === '')
    const flaw = recordFlaw(cells, origin.ragged && !extra ? width : cells.length)
    if (flaw) logs.records.add({ line, ...flaw })
    if (flaw || this.#table === undefined || this.#read === undefined) return
    const { plan, kind, context } = this.#table
    const sized =
      cells.length === width
        ? row
        : { ...row, cells: Array.from({ length: width }, (_, i) => cells[i] ?? '') }
    this.#tellUnnamed(cells, line, width)
    const other = disagreement(plan, sized.cells, context)
    if (other !== undefined) {
      logs.cells.add({ line, ...other })
      return
    }
    this.#origins.gather(sized.cells, plan.positions)
    for (const planned of plannedRows(plan, this.#labelled(sized))) {
      const made = this.#read(planned)
      const from = { plan, cells: sized.cells, isForeign: false }
      if (made !== undefined && keptInTime(made, kind, this.#ground, from)) this.kept += 1
    }
  }

  #tellUnnamed(cells: readonly string[], line: number, width: number): void {
    if (this.#unnamed.size === 0 && cells.length <= width) return
    for (const [i, cell] of cells.entries()) {
      if (cell.trim() === '' || (i < width && !this.#unnamed.has(i)) || this.#beyond.has(i)) continue
      this.#unnamed.delete(i)
      this.#beyond.add(i)
      const where = { line: this.#found.line, column: '', columnNumber: i + 1 }
      this.#ground.logs.kind.add({ ...where, ...unnamedFlaw(i, cell, line) })
    }
  }
}
