import { type ForeignHeader, foreignHeader } from '../adapters/adapters.ts'
import type { Context } from '../cells/column.ts'
import { legendOf } from '../cells/mark.ts'
import { nameKey } from '../cells/name.ts'
import type { RemarkLog } from '../cells/remark.ts'
import { recordFlaw, tooManyColumns } from '../csv.ts'
import type { Row } from '../file-kind.ts'
import type { FileSetting } from '../file-setting.ts'
import { fieldsByName } from '../header.ts'
import type { ObservationRow } from '../kinds/observation-row.ts'
import { KINDS, type Kind } from '../kinds.ts'
import { LIMITS } from '../limits.ts'
import type { TableAbout, TableLogs, TableOrigin } from './about.ts'
import { anotherKind, unnamedFlaw } from './column-flaws.ts'
import { figureInTime } from './figure-in-time.ts'
import { noteFlaw } from './figure-terms.ts'
import { type ForeignTable, foreignTable } from './foreign-table.ts'
import { type FoundHeader, headerOf, isHeaderRow } from './header-row.ts'
import { NAMES } from './known-names.ts'
import { asideOf, computedAside, lateNote, tellAside } from './left-aside.ts'
import { labelledFromAbove } from './merged-labels.ts'
import { Pivot } from './pivot.ts'
import type { TablePlan } from './plan.ts'
import { plannedRows } from './planned-rows.ts'
import type { SourceColumn, TableRow } from './row.ts'
import { disagreement } from './row-agreement.ts'
import {
  contextOf,
  contextUnder,
  namesAround,
  otherTerritory,
  saidBeside,
  tellAround,
} from './said-beside.ts'
import { DepartmentSums } from './sections.ts'
import { leftOf, rightOf, secondTableAt } from './side-by-side.ts'
import type { AnyKind } from './spread.ts'
import { kindOfTable } from './table-kind.ts'
import { kindInWords, readTitles } from './titles.ts'
import { ToldOrigins } from './told-origins.ts'

/** Lines of titles above a table that follows another. */
const MOST_TITLES = 5
/** Rows waited for before saying what a table is. */
const HEAD_ROWS = 100
/** Cells looked at to say so, in so many rows at least. */
const [CELLS_LOOKED, LEAST_LOOKED] = [20_000, 20]
/** Above it, spaces in a row are read as one: what looks for words among them would take their square in time. */
const LONG_CELL = 200
const tight = (cell: string) => (cell.length > LONG_CELL ? cell.replace(/\s{2,}/g, ' ') : cell)

/** Reads the rows of a table, one by one, into the rows of a kind: what the table is comes from the first of them. */
export class TableReader {
  readonly #setting: FileSetting
  #context: Context
  readonly #origin: TableOrigin
  readonly #logs: TableLogs
  readonly #remarks: RemarkLog
  readonly #keep: (row: Row, kind: Kind) => void
  #head: TableRow[] | undefined = []
  #plan: TablePlan | undefined
  #kind: Kind | undefined
  #found: FoundHeader | undefined
  #read: ((row: TableRow) => Row | undefined) | undefined
  #fits: (index: number, text: string) => boolean = () => false
  #sameField: (index: number, text: string) => boolean = () => false
  #labelled: (row: TableRow) => TableRow = row => row
  #unnamed = new Set<number>()
  #sums: DepartmentSums | undefined
  readonly #beyond = new Set<number>()
  #written: string[][] = []
  #kept = 0
  #foreign: ForeignTable | undefined
  #refused = false
  /** Rows of a lone text, until what follows says what they are. */
  readonly #waiting: TableRow[] = []
  #lastLine = 0
  /** The table that follows this one. */
  #next: TableReader | undefined
  /** The table at its right, and the column where that one begins. */
  #right: { at: number; reader: TableReader | undefined } | undefined
  #pivot: Pivot | undefined
  readonly #origins = new ToldOrigins()

  constructor(
    setting: FileSetting,
    origin: TableOrigin,
    logs: TableLogs,
    remarks: RemarkLog,
    keep: (row: Row, kind: Kind) => void,
  ) {
    this.#setting = setting
    this.#context = contextOf(setting)
    this.#origin = origin
    this.#logs = logs
    this.#remarks = remarks
    this.#keep = keep
  }

  /** The kind of the table, once it is known. */
  get kind(): Kind | undefined {
    return this.#kind
  }

  /** Rows given so far. */
  get kept(): number {
    return this.#kept + (this.#next?.kept ?? 0) + (this.#right?.reader?.kept ?? 0)
  }

  /** Line of the header, once it is found. */
  get headerLine(): number | undefined {
    return this.#found?.line ?? this.#foreign?.about.headerLine
  }

  /** What was understood of the table. */
  get about(): TableAbout | undefined {
    if (this.#foreign !== undefined) return this.#foreign.about
    if (this.#found === undefined) return undefined
    const { names, line } = this.#found
    const fieldAt = new Map([...(this.#plan?.positions ?? [])].map(([field, position]) => [position, field]))
    const { spread: figures, spans } = this.#plan ?? {}
    const spread = new Set(figures?.columns.map(({ index }) => index))
    const spanned = new Set(spans?.columns.map(({ index }) => index))
    return {
      kind: this.#kind,
      headerLine: line,
      header: names,
      mapping: names.map((column, i) => ({
        column,
        field: spread.has(i) ? figures!.fields.at(-1) : spanned.has(i) ? spans!.fields[0] : fieldAt.get(i),
      })),
      head: this.#written,
    }
  }

  /** Reads the next row. */
  row(read: TableRow): void {
    const whole = read.cells.some(cell => cell.length > LONG_CELL)
      ? { ...read, cells: read.cells.map(tight) }
      : read
    const { at, reader } = this.#right ?? {}
    const row = at === undefined ? whole : leftOf(whole, at)
    if (at !== undefined) reader?.row(rightOf(whole, at))
    if (this.#foreign !== undefined) {
      this.#foreign.row(row)
      return
    }
    if (this.#head === undefined) {
      for (const one of this.#pivot?.take(row) ?? [row]) this.#body(one)
      return
    }
    this.#head.push(row)
    if (this.#head.length >= HEAD_ROWS) this.#open()
  }

  /** Reads what is left. */
  end(): void {
    if (this.#head !== undefined) this.#open()
    for (const row of this.#pivot?.end() ?? []) this.#body(row)
    this.#readWaiting()
    for (const { row, isSum } of this.#sums?.end() ?? [])
      if (isSum) tellAside('total-left-aside', row.line, this.#remarks)
      else this.#readFigures(row)
    this.#foreign?.end()
    this.#next?.end()
    this.#right?.reader?.end()
    this.#origins.tell(this.#origin.frontMatter, this.#setting.today, this.#remarks)
  }

  #open(): void {
    const written = this.#head ?? []
    this.#head = undefined
    this.#written = written.slice(0, 20).map(({ cells }) => cells)
    if (written.length === 0) return
    const foreign = foreignHeader(written, this.#setting.kind)
    if (foreign !== undefined && this.#origin.frontMatter.type === undefined) {
      this.#adapt(foreign, written)
      return
    }
    const header = headerOf(written, NAMES, this.#context, this.#origin.ragged)
    const pivoted = Pivot.of(written, header, this.#context, this.#remarks)
    this.#pivot = pivoted?.pivot
    const head = pivoted?.head ?? written
    const found = pivoted === undefined ? header : headerOf(head, NAMES, this.#context, this.#origin.ragged)
    const second = this.#right === undefined ? secondTableAt(found, head.slice(found.rows)) : undefined
    if (second !== undefined) {
      this.#openBoth(second, head, found)
      return
    }
    this.#found = found
    const { limits = LIMITS } = this.#setting
    if (found.names.length > limits.columns) {
      this.#refused = true
      this.#logs.records.add({ line: found.line, ...tooManyColumns(found.names.length, limits) })
      return
    }
    const body = head.slice(found.rows)
    const looked = body.slice(0, Math.max(LEAST_LOOKED, CELLS_LOOKED / found.names.length))
    this.#lastLine = head[found.rows - 1]?.lastLine ?? found.line
    const { frontMatter } = this.#origin
    const beside = saidBeside(found, { setting: this.#setting, origin: this.#origin }, this.#context)
    this.#context = {
      ...contextUnder(beside, this.#context),
      legend: legendOf(written.flatMap(({ cells }) => cells)),
    }
    const table = {
      frontMatter,
      found,
      body: looked,
      beside,
      context: this.#context,
      words: [...found.titles.map(({ text }) => text), ...namesAround(this.#setting, this.#origin)],
    }
    const chosen = kindOfTable(table, this.#setting.kind)
    if ('flaw' in chosen) {
      this.#logs.kind.add({ line: chosen.line, ...chosen.flaw })
      return
    }
    const { kind, draft } = chosen
    const refusal = this.#origin.refuse?.(kind)
    if (refusal) {
      this.#logs.kind.add({ line: found.line, ...refusal })
      return
    }
    for (const flaw of [draft.otherUnit, otherTerritory(draft, beside)])
      if (flaw) this.#logs.kind.add({ line: found.line, ...flaw })
    for (const { flaw, column } of draft.faults) this.#logs.kind.add({ line: found.line, ...column, ...flaw })
    tellAround(chosen, table, this.#remarks)
    this.#plan = draft
    this.#kind = kind
    const read = KINDS[kind] as unknown as AnyKind
    this.#sums = new DepartmentSums(draft, read, table.context)
    this.#prepare(read, draft, table.context)
    for (const row of body) this.#body(row)
  }

  /** Opens two tables side by side, each under its own titles. */
  #openBoth(at: number, head: readonly TableRow[], { line }: FoundHeader): void {
    this.#right = { at, reader: undefined }
    this.#head = head.map(row => leftOf(row, at))
    this.#open()
    const right = head.map(row => rightOf(row, at))
    const titles = right.filter(row => row.line < line).flatMap(({ cells }) => cells)
    this.#right.reader = this.#another(titles, line)
    for (const row of right) this.#right.reader?.row(row)
  }

  #adapt(foreign: ForeignHeader, head: readonly TableRow[]): void {
    const refusal = this.#origin.refuse?.(foreign.adapter.kind)
    if (refusal) {
      this.#logs.kind.add({ line: foreign.line, ...refusal })
      return
    }
    this.#foreign = foreignTable(foreign, head, {
      context: this.#context,
      remarks: this.#remarks,
      logs: this.#logs,
      frontMatter: this.#origin.frontMatter,
      words: namesAround(this.#setting, this.#origin),
      pilote: this.#setting.pilote ?? [],
      take: (row, kind) => this.#take(row, kind),
    })
    this.#kind = this.#foreign.kind
    this.#plan = this.#foreign.plan
    for (const row of head.slice(foreign.rows)) this.#foreign.row(row)
  }

  #prepare(kind: AnyKind, plan: TablePlan, context: Context): void {
    const columnAt = new Map(
      [...plan.positions].map(([field, position]) => [position, { field, column: kind.columns[field]! }]),
    )
    const quiet: Context = { ...context, suggesting: false }
    this.#fits = (index, text) => {
      const column = columnAt.get(index)?.column
      return column !== undefined && (column.freeText || 'value' in column.read(text, quiet))
    }
    const fieldOf = fieldsByName(kind.columns)
    this.#sameField = (index, text) => {
      const key = nameKey(text)
      if (key === nameKey(plan.header[index] ?? '')) return true
      const field = columnAt.get(index)?.field
      return field !== undefined && fieldOf.get(key) === field
    }
    this.#unnamed = new Set(plan.header.flatMap((name, i) => (name === '' && !columnAt.has(i) ? [i] : [])))
    for (const { index } of plan.spread?.columns ?? []) this.#unnamed.delete(index)
    this.#labelled = labelledFromAbove(plan.merged, this.#remarks)
    this.#read = kind.rowReader(plan, context, this.#logs.cells, this.#remarks)
  }

  /** Reads a row under the header; one of a lone text waits for the next, as it may be the title of another table. */
  #body(row: TableRow): void {
    const filled = row.cells.filter(cell => cell.trim() !== '')
    if (this.#refused || filled.length === 0) return
    if (this.#next !== undefined) {
      this.#next.row(row)
      return
    }
    if (filled.length === 1 && /\p{L}{2}/u.test(filled[0]!) && this.#waiting.length < MOST_TITLES) {
      this.#waiting.push(row)
      return
    }
    if (this.#plan !== undefined && this.#beginsTable(row)) {
      this.#beginAnother(row)
      return
    }
    this.#readWaiting()
    this.#lastLine = row.lastLine
    this.#readRow(row)
  }

  #readWaiting(): void {
    for (const row of this.#waiting.splice(0)) this.#readRow(row)
  }

  /** Whether a row is the header of another table: under a title that says what it is of, or a blank line. */
  #beginsTable(row: TableRow): boolean {
    const isApart = (this.#waiting[0] ?? row).line > this.#lastLine + 1
    if (this.#waiting.length === 0 && !isApart) return false
    const before = this.#waiting.map(({ cells }) => ({
      text: cells.find(cell => cell.trim() !== '')!.trim(),
    }))
    if (asideOf(row, this.#plan!.header, this.#sameField, this.#fits) !== 'header-repeated')
      return (
        isHeaderRow(row, NAMES, this.#context) &&
        !row.cells.some((cell, i) => cell.trim() !== '' && this.#fits(i, cell.trim()))
      )
    const said = Object.values(readTitles(before, this.#context)).some(value => value !== undefined)
    return said || kindInWords(before.map(({ text }) => text)) !== undefined
  }

  /** Reads what follows as a table of its own, of the same kind. */
  #beginAnother(row: TableRow): void {
    const titles = this.#waiting.splice(0)
    this.#next = this.#another(
      titles.flatMap(({ cells }) => cells),
      row.line,
    )
    for (const one of [...titles, row]) this.#next?.row(one)
  }

  /** A reader of another table of the same kind, unless its titles speak of another. */
  #another(titles: readonly string[], line: number): TableReader | undefined {
    const spoken = kindInWords(titles)
    if (spoken !== undefined && spoken !== this.#kind) {
      this.#refused = true
      this.#logs.kind.add({ line, ...anotherKind(KINDS[spoken].label) })
      return undefined
    }
    const setting = { ...this.#setting, kind: this.#kind }
    return new TableReader(setting, this.#origin, this.#logs, this.#remarks, this.#keep)
  }

  #readRow(row: TableRow): void {
    const plan = this.#plan
    const { line } = row
    if (plan !== undefined) {
      const aside =
        asideOf(row, plan.header, this.#sameField, this.#fits) ?? computedAside(row, plan, this.#fits)
      if (aside !== undefined) {
        tellAside(aside, line, this.#remarks)
        const flaw =
          noteFlaw(this.#kind && KINDS[this.#kind].figure, row) ??
          lateNote(row, this.#context.legend, this.#remarks)
        if (flaw !== undefined) this.#logs.kind.add({ line, ...flaw })
        return
      }
    }
    if (this.#sums?.holds(row) !== true) this.#readFigures(row)
  }

  #readFigures(row: TableRow): void {
    const plan = this.#plan
    const { cells, line } = row
    const width = plan?.header.length ?? this.#found?.names.length ?? 0
    const extra = cells.length > width && cells.slice(width).every(cell => cell.trim() === '')
    const flaw = recordFlaw(cells, this.#origin.ragged && !extra ? width : cells.length)
    if (flaw) {
      this.#logs.records.add({ line, ...flaw })
      return
    }
    if (plan === undefined || this.#read === undefined || this.#kind === undefined) return
    const sized =
      cells.length === width
        ? row
        : { ...row, cells: Array.from({ length: width }, (_, i) => cells[i] ?? '') }
    this.#tellUnnamed(cells, line, width)
    const other = disagreement(plan, sized.cells, this.#context)
    if (other !== undefined) {
      this.#logs.cells.add({ line, ...other })
      return
    }
    this.#origins.gather(sized.cells, plan.positions)
    for (const planned of plannedRows(plan, this.#labelled(sized))) {
      const made = this.#read(planned)
      if (made !== undefined) this.#take(made, this.#kind, sized.cells)
    }
  }

  /** Keeps a row, as its day of publication lets it be. */
  #take(row: Row, kind: Kind, cells: readonly string[] = []): void {
    const { positions, header } = this.#plan ?? {}
    const dated =
      'measure' in row
        ? figureInTime(row as ObservationRow, {
            setting: this.#setting,
            origin: this.#origin,
            cells,
            positions,
            header,
            isForeign: this.#foreign !== undefined,
            log: this.#logs.cells,
            remarks: this.#remarks,
          })
        : row
    if (dated === undefined) return
    this.#kept += 1
    this.#keep(dated, kind)
  }

  #tellUnnamed(cells: readonly string[], line: number, width: number): void {
    if (this.#unnamed.size === 0 && cells.length <= width) return
    for (const [i, cell] of cells.entries()) {
      if (cell.trim() === '' || (i < width && !this.#unnamed.has(i)) || this.#beyond.has(i)) continue
      this.#unnamed.delete(i)
      this.#beyond.add(i)
      const column: SourceColumn = { column: '', columnNumber: i + 1 }
      this.#logs.kind.add({ line: this.#found!.line, ...column, ...unnamedFlaw(i, cell, line) })
    }
  }
}
