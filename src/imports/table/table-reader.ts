import { type ForeignHeader, foreignHeader } from '../adapters/adapters.ts'
import type { Context } from '../cells/column.ts'
import { legendOf } from '../cells/mark.ts'
import { tooManyColumns } from '../csv.ts'
import { KINDS, type Kind, readKind } from '../kinds.ts'
import { LIMITS } from '../limits.ts'
import type { TableAbout, TableGround } from './about.ts'
import { anotherKind } from './column-flaws.ts'
import { keptInTime } from './figure-in-time.ts'
import { type ForeignTable, foreignTable } from './foreign-table.ts'
import { type FoundHeader, headerOf, isHeaderRow } from './header-row.ts'
import { NAMES, namesWith } from './known-names.ts'
import { withSpoken, withTitledRows } from './measured-labels.ts'
import { Pivot } from './pivot.ts'
import type { TablePlan } from './plan.ts'
import { withYears } from './relative-year.ts'
import type { TableRow } from './row.ts'
import {
  contextOf,
  contextUnder,
  namesAround,
  otherTerritory,
  saidBeside,
  tellAround,
} from './said-beside.ts'
import { leftOf, rightOf, secondTableAt } from './side-by-side.ts'
import { kindOfTable } from './table-kind.ts'
import { TableRows } from './table-rows.ts'
import { kindInWords, readTitles } from './titles.ts'

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
  readonly #ground: TableGround
  #context: Context
  #head: TableRow[] | undefined = []
  #plan: TablePlan | undefined
  /** The kind of the table, once it is known. */
  kind: Kind | undefined
  #found: FoundHeader | undefined
  #rows: TableRows | undefined
  #year: string | undefined
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

  constructor(ground: TableGround) {
    this.#ground = ground
    this.#context = contextOf(ground.setting)
  }

  /** Rows given so far. */
  get kept(): number {
    return this.#kept + (this.#rows?.kept ?? 0) + (this.#next?.kept ?? 0) + (this.#right?.reader?.kept ?? 0)
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
      kind: this.kind,
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
    this.#rows?.end()
    this.#foreign?.end()
    this.#next?.end()
    this.#right?.reader?.end()
  }

  #open(): void {
    const { setting, origin, logs, remarks } = this.#ground
    const dated = withYears(this.#head ?? [], remarks)
    this.#head = undefined
    const said = readKind(origin.frontMatter.type ?? '')
    const asked = setting.kind ?? ('value' in said ? said.value : undefined)
    // Of a longer table the rows to come would keep their labels.
    const titled =
      'flaw' in dated || dated.length >= HEAD_ROWS
        ? dated
        : withTitledRows(dated, asked, this.#context, remarks)
    if ('flaw' in titled) {
      this.#refused = true
      logs.kind.add({ line: titled.line, ...titled.flaw })
      return
    }
    const { rows: written, labels } = 'rows' in titled ? titled : { rows: titled, labels: [] }
    this.#written = written.slice(0, 20).map(({ cells }) => cells)
    if (written.length === 0) return
    const foreign = foreignHeader(written, setting.kind)
    if (foreign !== undefined && origin.frontMatter.type === undefined) {
      this.#adapt(foreign, written)
      return
    }
    const headed = (rows: readonly TableRow[]) =>
      withSpoken(labels, headerOf(rows, namesWith(setting.mapping), this.#context, origin.ragged))
    const header = headed(written)
    const pivoted = Pivot.of(written, header, this.#context, remarks)
    this.#pivot = pivoted?.pivot
    const head = pivoted?.head ?? written
    const found = pivoted === undefined ? header : headed(head)
    const second = this.#right === undefined ? secondTableAt(found, head.slice(found.rows)) : undefined
    if (second !== undefined) {
      this.#openBoth(second, head, found)
      return
    }
    this.#found = found
    const { limits = LIMITS } = setting
    if (found.names.length > limits.columns) {
      this.#refused = true
      logs.records.add({ line: found.line, ...tooManyColumns(found.names.length, limits) })
      return
    }
    const body = head.slice(found.rows)
    const looked = body.slice(0, Math.max(LEAST_LOOKED, CELLS_LOOKED / found.names.length))
    this.#lastLine = head[found.rows - 1]?.lastLine ?? found.line
    const { frontMatter } = origin
    const beside = saidBeside(found, { setting, origin }, this.#context)
    this.#year = beside.year
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
      words: [...found.titles.map(({ text }) => text), ...namesAround(setting, origin)],
    }
    this.#rows = new TableRows(this.#ground, found, undefined)
    const chosen = kindOfTable(table, setting.kind)
    if ('flaw' in chosen) {
      logs.kind.add({ line: chosen.line, ...chosen.flaw })
      return
    }
    const { kind, draft } = chosen
    const refusal = origin.refuse?.(kind)
    if (refusal) {
      logs.kind.add({ line: found.line, ...refusal })
      return
    }
    for (const flaw of [draft.otherUnit, otherTerritory(draft, beside)])
      if (flaw) logs.kind.add({ line: found.line, ...flaw })
    for (const { flaw, column } of draft.faults) logs.kind.add({ line: found.line, ...column, ...flaw })
    tellAround(chosen, table, remarks)
    this.#plan = draft
    this.kind = kind
    this.#rows = new TableRows(this.#ground, found, { kind, plan: draft, context: table.context })
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
    const { setting, origin, logs, remarks } = this.#ground
    const refusal = origin.refuse?.(foreign.adapter.kind)
    if (refusal) {
      logs.kind.add({ line: foreign.line, ...refusal })
      return
    }
    this.#foreign = foreignTable(foreign, head, {
      context: this.#context,
      remarks,
      logs,
      frontMatter: origin.frontMatter,
      words: [
        ...head.slice(0, foreign.rows - 1).flatMap(({ cells }) => cells),
        ...namesAround(setting, origin),
      ],
      pilote: setting.pilote ?? [],
      publishedOn: origin.frontMatter.publishedOn ?? setting.publishedOn ?? setting.today,
      take: (row, kind) => {
        const from = { plan: this.#foreign?.plan, cells: [], isForeign: true }
        if (keptInTime(row, kind, this.#ground, from)) this.#kept += 1
      },
    })
    this.kind = this.#foreign.kind
    this.#plan = this.#foreign.plan
    for (const row of head.slice(foreign.rows)) this.#foreign.row(row)
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
      // What follows is a table of its own, of the same kind.
      const titles = this.#waiting.splice(0)
      const words = titles.flatMap(({ cells }) => cells)
      this.#next = this.#another(words, row.line)
      for (const one of [...titles, row]) this.#next?.row(one)
      return
    }
    this.#readWaiting()
    this.#lastLine = row.lastLine
    this.#rows?.row(row)
  }

  #readWaiting(): void {
    for (const row of this.#waiting.splice(0)) this.#rows?.row(row)
  }

  /** Whether a row is the header of another table: under a title that says what it is of, or a blank line. */
  #beginsTable(row: TableRow): boolean {
    const isApart = (this.#waiting[0] ?? row).line > this.#lastLine + 1
    if (this.#waiting.length === 0 && !isApart) return false
    const before = this.#waiting.map(({ cells }) => ({
      text: cells.find(cell => cell.trim() !== '')!.trim(),
    }))
    if (this.#rows?.asideOf(row) !== 'header-repeated')
      return (
        isHeaderRow(row, NAMES, this.#context) &&
        !row.cells.some((cell, i) => cell.trim() !== '' && this.#rows?.fits(i, cell.trim()))
      )
    const said = Object.values(readTitles(before, this.#context)).some(value => value !== undefined)
    return said || kindInWords(before.map(({ text }) => text)) !== undefined
  }

  /** A reader of another table of the same kind, unless its titles speak of another. */
  #another(titles: readonly string[], line: number): TableReader | undefined {
    const spoken = kindInWords(titles)
    if (spoken !== undefined && spoken !== this.kind) {
      this.#refused = true
      this.#ground.logs.kind.add({ line, ...anotherKind(KINDS[spoken].label) })
      return undefined
    }
    const { setting, origin } = this.#ground
    return new TableReader({
      ...this.#ground,
      setting: { ...setting, kind: this.kind },
      origin: { ...origin, year: this.#year ?? origin.year },
    })
  }
}
