import type { Context } from '../cells/column.ts'
import { nameKey } from '../cells/name.ts'
import { readNumber } from '../cells/number-cell.ts'
import { departmentCode } from '../cells/place-cell.ts'
import { nameKeys } from '../header.ts'
import { type FoundHeader, isHeaderRow } from './header-row.ts'
import { isTotal } from './heading.ts'
import { NAMES } from './known-names.ts'
import { type LabelShape, type Level, labelColumn, levelOf, loneText } from './label-shape.ts'
import { isNote } from './left-aside.ts'
import type { TablePlan } from './plan.ts'
import { plannedRows } from './planned-rows.ts'
import type { TableRow } from './row.ts'
import type { AnyKind } from './spread.ts'

const MOST_LEVELS = 4

interface Labelled {
  row: Pick<TableRow, 'cells'>
  depth: number
}

/** Names of columns that say the same as labels of a level would. */
const SAID: Record<Level, RegExp> = {
  titre: /^titres?$|typedetitre/,
  commune: /commune|mairie|ville|lieu|insee/,
  année: /^an(?:nee)?$|exercice|mois|period|date|trimestre/,
  trimestre: /mois|period|date|trimestre/,
  mois: /mois|period|date/,
  période: /mois|period|date|trimestre/,
}

/** A table whose rows stand under rows of a lone title, place or period, or under rows that add them up. */
export function sectionsOf(
  named: TableRow,
  body: readonly TableRow[],
  found: FoundHeader,
  context: Context,
): LabelShape | undefined {
  const labels = body.flatMap(row => {
    const lone = loneText(row)
    const text = lone ?? (row.cells[0] ?? '').trim()
    if (text === '' || isTotal(text) || isNote(text)) return []
    return [{ row, text, lone: lone !== undefined, level: levelOf(text, context) }]
  })
  // A text of no known level that another follows heads nothing: a note between two sections.
  const rows = labels.filter(
    ({ lone, level }, i) => !lone || level !== undefined || labels[i + 1]?.lone === false,
  )
  const own = mostFrequent(rows.flatMap(({ lone, level }) => (lone ? [] : (level ?? []))))
  const uppers = [...new Set(rows.flatMap(({ level }) => (level === own ? [] : (level ?? []))))]
  const isSaid = (level: Level) =>
    named.cells.slice(1).some(name => SAID[level].test(nameKey(name))) || headed(level, found)
  if (uppers.length === 0 || uppers.length >= MOST_LEVELS || uppers.some(isSaid)) return undefined
  // A lone text above a header is the title of another table.
  if (rows.some(({ row }, i) => rows[i - 1]?.lone && isHeaderRow(row, NAMES, context))) return undefined
  const depths = uppers.length + 1
  const labelled = (row: TableRow) => {
    const lone = loneText(row)
    const text = lone ?? (row.cells[0] ?? '').trim()
    const level = levelOf(text, context)
    const upper = level === undefined ? -1 : uppers.indexOf(level)
    // A lone text of no known level is that of a section that nobody knows: what stands under it is not of the one before.
    const depth = upper >= 0 ? upper : level === undefined && lone !== undefined ? depths - 2 : depths - 1
    return { text, depth }
  }
  const nested = rows.map(({ row }) => ({ row, depth: labelled(row).depth }))
  // The first section may have its label above the names of the columns.
  const title = found.titles.at(-1)
  const before = uppers.length === 1 && nested[0]?.depth === 1 && title && levelOf(title.text, context)
  const isTitled = before !== undefined && before === uppers[0]
  const sections = isTitled ? [{ row: { cells: [...title!.row] }, depth: 0 }, ...nested] : nested
  if (!isNested(sections, depths)) return undefined
  const isKnown = nameKeys(named.cells[0] ?? '').some(key => NAMES.known.has(key))
  const first = isKnown ? named.cells[0]! : (own ?? named.cells[0] ?? '')
  const shape = labelColumn(named, [...uppers, own ?? 'commune'], labelled, first)
  return isTitled ? { ...shape, above: [title!.text] } : shape
}

/** A table each of whose rows has its label in one of the first columns: the deeper, the further right. */
export function outlineOf(named: TableRow, body: readonly TableRow[]): LabelShape | undefined {
  const filled = (row: TableRow, width: number) =>
    Array.from({ length: width }, (_, i) => i).filter(i => (row.cells[i] ?? '').trim() !== '')
  const rows = body.filter(row => {
    const first = row.cells.find(cell => cell.trim() !== '')?.trim() ?? ''
    return first !== '' && !isTotal(first) && !isNote(loneText(row) ?? '')
  })
  for (let depths = Math.min(named.cells.length - 1, MOST_LEVELS); depths >= 2; depths--) {
    if (!rows.every(row => filled(row, depths).length === 1)) continue
    const labelled = (row: TableRow) => {
      const depth = filled(row, depths)[0] ?? 0
      return { text: (row.cells[depth] ?? '').trim(), depth }
    }
    if (
      !isNested(
        rows.map(row => ({ row, depth: labelled(row).depth })),
        depths,
      )
    )
      continue
    return {
      labelled,
      depths,
      names: named.cells,
      written: (row, above) => row.cells.map((cell, i) => (i < above.length ? above[i]! : cell)),
    }
  }
  return undefined
}

/** Whether rows stand under those of the level above, from the first on, and add up to what those say. */
function isNested(rows: readonly Labelled[], depths: number): boolean {
  if (rows[0]?.depth !== 0 || !rows.some(({ depth }) => depth === depths - 1)) return false
  return rows.every(({ row, depth }, i) => {
    const before = rows[i - 1]?.depth ?? -1
    if (depth > before + 1) return false
    if (depth === depths - 1) return true
    const next = rows[i + 1]
    if (next === undefined) return true
    if (next.depth <= depth) return false
    const end = rows.findIndex((one, j) => j > i && one.depth <= depth)
    // Of a table that goes on, the last sum is not all there.
    if (loneText(row) !== undefined || (end < 0 && rows.length > WHOLE_ROWS)) return true
    const under = rows.slice(i + 1, end < 0 ? rows.length : end)
    return addsUp(
      row,
      under.filter(one => one.depth === depths - 1),
    )
  })
}

/** Rows of a table that is looked at as a whole. */
const WHOLE_ROWS = 80

/** Whether a row says nothing behind its label but the sums of the figures under it. */
function addsUp(sum: Pick<TableRow, 'cells'>, parts: readonly Labelled[]): boolean {
  const label = sum.cells.findIndex(cell => cell.trim() !== '')
  return sum.cells.every((cell, i) => {
    if (i <= label || cell.trim() === '') return true
    const total = parts.reduce((all, { row }) => all + (figure(row.cells, i) ?? 0), 0)
    return Math.abs((figure(sum.cells, i) ?? Number.NaN) - total) < 0.5
  })
}

/** Rows added up, at most, to know those of departments among them. */
const MOST_ADDED = 10_000

/** Rows that name a department among communes, held until all is read: the sums of the rows that say the same otherwise are left aside. */
export class DepartmentSums {
  readonly #at: number
  readonly #figures: readonly number[]
  readonly #others: readonly number[]
  readonly #plan: TablePlan
  readonly #isDepartment: (text: string) => boolean
  readonly #places = new Map<string, boolean>()
  readonly #held: TableRow[] = []
  readonly #sums = new Map<string, number[]>()
  #left = MOST_ADDED

  constructor(plan: TablePlan, { columns: { place }, figure: counted = '' }: AnyKind, context: Context) {
    const { positions, spread } = plan
    this.#plan = plan
    this.#at = positions.get('place') ?? -1
    this.#figures = spread?.columns.map(({ index }) => index) ?? [positions.get(counted) ?? -1]
    this.#others = [...positions.values()].filter(i => i !== this.#at && !this.#figures.includes(i))
    const isRefused = (text: string) => 'flaw' in (place?.read(text, { ...context, suggesting: false }) ?? {})
    this.#isDepartment = text => departmentCode(text, context) !== undefined && isRefused(text)
    if (!isRefused('16')) this.#left = 0
  }

  /** Whether a row is held; what any other says is added up. */
  holds(row: TableRow): boolean {
    if (this.#left === 0) return false
    this.#left -= 1
    const place = (row.cells[this.#at] ?? '').trim()
    const isDepartment = this.#places.get(place) ?? this.#isDepartment(place)
    this.#places.set(place, isDepartment)
    // Another column may say which commune of that name is meant.
    if (
      isDepartment &&
      plannedRows(this.#plan, row).every(({ cells }) => this.#isDepartment(cells[this.#at] ?? ''))
    )
      return this.#held.push(row) > 0
    const about = this.#about(row)
    const sums = this.#sums.get(about) ?? this.#figures.map(() => 0)
    this.#sums.set(about, sums)
    for (const [i, at] of this.#figures.entries()) sums[i]! += figure(row.cells, at) ?? 0
    return false
  }

  /** The rows held, and whether each is the sum of others. */
  end(): { row: TableRow; isSum: boolean }[] {
    return this.#held.splice(0).map(row => {
      const sums = this.#left === 0 ? undefined : this.#sums.get(this.#about(row))
      return { row, isSum: sums?.every((sum, i) => figure(row.cells, this.#figures[i]!) === sum) === true }
    })
  }

  #about({ cells }: TableRow): string {
    return this.#others.map(index => cells[index]?.trim()).join('|')
  }
}

function figure(cells: readonly string[], i: number): number | undefined {
  const read = readNumber((cells[i] ?? '').trim())
  return 'value' in read ? read.value.value : undefined
}

/** Whether the headings of columns say what labels of a level would. */
function headed(level: Level, { headings }: FoundHeader): boolean {
  return headings.some(heading => {
    if (level === 'titre') return heading?.title !== undefined
    if (level === 'commune') return heading?.place !== undefined
    return heading?.period !== undefined || (heading?.partial !== undefined && level !== 'année')
  })
}

function mostFrequent<T>(all: readonly T[]): T | undefined {
  const count = (one: T) => all.filter(other => other === one).length
  return [...new Set(all)].reduce<T | undefined>(
    (best, one) => (best === undefined || count(one) >= count(best) ? one : best),
    undefined,
  )
}
