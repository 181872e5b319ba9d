import type { Context } from '../cells/column.ts'
import { quoted } from '../cells/fault.ts'
import { nameKey } from '../cells/name.ts'
import type { RemarkLog } from '../cells/remark.ts'
import type { FoundHeader } from './header-row.ts'
import { isTotal } from './heading.ts'
import { type LabelShape, labelColumn, levelOf, loneText } from './label-shape.ts'
import { isNote, tellAside } from './left-aside.ts'
import type { TableRow } from './row.ts'
import { outlineOf, sectionsOf } from './sections.ts'

/** What heads the labels of a pivot table in its compact form, in which those of all levels stand in one column. */
const LABELS = /^(?:etiquettesdelignes|rowlabels)$/
/** What a pivot table puts before the name of what it adds up. */
const ADDED = /^(?:somme|moyenne|nombre|nb|sum|average|count)\s(?:de\s|d['’]|of\s)/i

/** The rows of a table whose labels stand above them, level by level, with a column for each level. */
export class Pivot {
  readonly #shape: LabelShape
  readonly #remarks: RemarkLog
  #above: string[] = []
  /** The row before, its level, and whether one of a deeper level follows it. */
  #held: { row: TableRow; text: string; depth: number } | undefined

  private constructor(shape: LabelShape, remarks: RemarkLog) {
    this.#shape = shape
    this.#above = [...(shape.above ?? [])]
    this.#remarks = remarks
  }

  /** The pivot table that the first rows of a table begin, those rows written out; `undefined` when they begin none. */
  static of(
    head: readonly TableRow[],
    found: FoundHeader,
    context: Context,
    remarks: RemarkLog,
  ): { pivot: Pivot; head: TableRow[] } | undefined {
    const labels = head.findIndex(({ cells }) => LABELS.test(nameKey(cells[0] ?? '')))
    const at = labels < 0 ? found.rows - 1 : labels
    const [named, body] = [head[at], head.slice(at + 1)]
    if (named === undefined) return undefined
    const shape =
      outlineOf(named, body) ??
      (labels < 0 ? sectionsOf(named, body, found, context) : compactOf(named, body, context))
    if (shape === undefined) return undefined
    const pivot = new Pivot(shape, remarks)
    const rows = body.flatMap(row => pivot.take(row))
    const cells = shape.names.map(name => name.replace(ADDED, ''))
    return { pivot, head: [...head.slice(0, at), { ...named, cells }, ...rows] }
  }

  /** Takes the next row. @returns the rows that are known to stand by themselves. */
  take(row: TableRow): TableRow[] {
    const { text, depth } = this.#shape.labelled(row)
    const lone = loneText(row)
    if (text === '' || isTotal(text) || (lone !== undefined && isNote(lone))) return [...this.end(), row]
    const held = this.#held
    // What stands under a label adds up to it.
    const isSum = held !== undefined && depth > held.depth
    if (isSum) this.#tell(held)
    const given = isSum ? [] : this.end()
    if (isSum) this.#above = [...this.#above.slice(0, held.depth), held.text]
    this.#held = { row, text, depth }
    return given
  }

  #tell({ row, text }: { row: TableRow; text: string }): void {
    if (loneText(row) === undefined) tellAside('total-left-aside', row.line, this.#remarks)
    else this.#remarks.add('given-beside', `${quoted(text)} vaut pour les lignes qui suivent`, row.line)
  }

  /** The last row; of a level above, what stands under it was folded, and the row lacks what its column asks for. */
  end(): TableRow[] {
    const held = this.#held
    this.#held = undefined
    if (held === undefined) return []
    const { row, text, depth } = held
    const isOwn = depth === this.#shape.depths - 1
    if (!isOwn && loneText(row) !== undefined) return [row]
    const above = this.#above.slice(0, depth)
    return [{ ...row, cells: this.#shape.written(row, isOwn ? above : [...above, text]) }]
  }
}

function compactOf(named: TableRow, body: readonly TableRow[], context: Context): LabelShape {
  const level = (text: string) => levelOf(text, context) ?? 'commune'
  const texts = body.flatMap(({ cells }) => (cells[0] ?? '').trim() || [])
  const levels = [...new Set(texts.filter(text => !isTotal(text)).map(level))]
  return labelColumn(named, levels, row => {
    const text = (row.cells[0] ?? '').trim()
    return { text, depth: levels.indexOf(level(text)) }
  })
}
