import type { Context } from '../cells/column.ts'
import { nameKey } from '../cells/name.ts'
import { parsePeriod } from '../cells/period-cell.ts'
import { isTotal, readHeading } from './heading.ts'
import type { TableRow } from './row.ts'

/** What heads the labels of a pivot table in its compact form, in which those of all levels stand in one column. */
const LABELS = /^(?:etiquettesdelignes|rowlabels)$/
/** What a pivot table puts before the name of what it adds up. */
const ADDED = /^(?:somme|moyenne|nombre|nb|sum|average|count)\s(?:de\s|d['’]|of\s)/i

/** What labels of a level are, by the names of their columns; a quarter above its months says nothing more than they do. */
type Level = 'année' | 'trimestre' | 'mois' | 'période' | 'titre' | 'commune'

function levelOf(text: string, context: Context): Level {
  const heading = readHeading(text, context)
  if (heading?.year !== undefined && heading.period === undefined) return 'année'
  const part = heading?.partial ?? heading?.period
  if (part !== undefined) {
    const { granularity } = parsePeriod(heading?.partial === undefined ? part : `${part} 2022`) ?? {}
    return granularity === 'month' ? 'mois' : granularity === 'quarter' ? 'trimestre' : 'période'
  }
  return heading?.title !== undefined ? 'titre' : 'commune'
}

/** The rows of a compact pivot table with a column for each level of its labels. */
export class Pivot {
  readonly #levels: readonly Level[]
  readonly #context: Context
  readonly #width: number
  #above: string[] = []
  /** The row before, its level, and whether one of a deeper level follows it. */
  #held: { row: TableRow; depth: number } | undefined

  private constructor(levels: readonly Level[], context: Context, width: number) {
    this.#levels = levels
    this.#context = context
    this.#width = width
  }

  /** The pivot table that the first rows of a table begin, those rows written out; `undefined` when they begin none. */
  static of(head: readonly TableRow[], context: Context): { pivot: Pivot; head: TableRow[] } | undefined {
    const at = head.findIndex(({ cells }) => LABELS.test(nameKey(cells[0] ?? '')))
    const named = head[at]
    if (named === undefined) return undefined
    const labels = head.slice(at + 1).flatMap(({ cells }) => (cells[0] ?? '').trim() || [])
    const all = new Set(labels.filter(text => !isTotal(text)).map(text => levelOf(text, context)))
    const levels = [...all]
    const pivot = new Pivot(levels, context, named.cells.length)
    const own = levels.at(-1) ?? 'commune'
    const names = [own, ...named.cells.slice(1).map(name => name.replace(ADDED, '')), ...pivot.#added]
    const body = head.slice(at + 1).flatMap(row => pivot.take(row))
    return { pivot, head: [...head.slice(0, at), { ...named, cells: names }, ...body] }
  }

  get #added(): Level[] {
    return this.#levels.slice(0, -1).filter(level => level !== 'trimestre' || !this.#levels.includes('mois'))
  }

  /** Takes the next row. @returns the rows that are known to stand by themselves. */
  take(row: TableRow): TableRow[] {
    const text = (row.cells[0] ?? '').trim()
    const depth = text === '' || isTotal(text) ? 0 : this.#levels.indexOf(levelOf(text, this.#context))
    const held = this.#held
    // What stands under a label adds up to it.
    const isSum = held !== undefined && depth > held.depth
    const given = isSum ? [] : this.end()
    this.#above = [...this.#above.slice(0, depth), text]
    this.#held = { row: this.#written(row, text, depth), depth }
    return given
  }

  /** The last row. */
  end(): TableRow[] {
    const held = this.#held
    this.#held = undefined
    return held === undefined ? [] : [held.row]
  }

  /** A row of its own level; of a level above, what stands under it was folded, and the row lacks what its column asks for. */
  #written(row: TableRow, text: string, depth: number): TableRow {
    const isOwn = depth === this.#levels.length - 1 || isTotal(text)
    const rest = Array.from({ length: this.#width - 1 }, (_, i) => row.cells[i + 1] ?? '')
    const above = this.#added.map(level => this.#above[this.#levels.indexOf(level)] ?? '')
    return { ...row, cells: [isOwn ? text : '', ...rest, ...(isTotal(text) ? above.map(() => '') : above)] }
  }
}
