import type { RemarkLog } from '../cells/remark.ts'
import { isTotal } from './heading.ts'
import type { TableRow } from './row.ts'

/**
 * Columns, from the first on, whose labels stand once above the rows that they are for, as merged cells are written in a CSV:
 * no label comes twice in a row, most rows have none, and those under one differ by the other columns that say what a row is about.
 * @param labels columns that say what a row is about.
 */
export function mergedLabels(labels: ReadonlySet<number>, body: readonly TableRow[]): number[] {
  const leading = [...labels].filter(column =>
    Array.from({ length: column }, (_, i) => i).every(before => labels.has(before)),
  )
  const merged: number[] = []
  let filled = body
  // The last first: what stands under a label differs once its own labels are filled.
  for (const column of leading.toSorted((a, b) => b - a)) {
    if (!isMerged(column, [...labels], filled)) continue
    merged.unshift(column)
    filled = filled.map(labelledFromAbove([column]))
  }
  return merged
}

function isMerged(column: number, labels: readonly number[], body: readonly TableRow[]): boolean {
  let label = ''
  let [labelled, blank] = [0, 0]
  let under = new Set<string>()
  for (const { cells } of body) {
    const at = (index: number) => (cells[index] ?? '').trim()
    const text = at(column)
    // Neither totals nor notes have labels under them.
    if (labels.some(index => isTotal(at(index))) || cells.filter(cell => cell.trim() !== '').length < 2)
      continue
    // A label said again stands for its own row, and none yet stands for nothing.
    if (text === label) return false
    const about = labels.map(index => (index === column ? '' : at(index))).join('|')
    if (text !== '') {
      label = text
      labelled += 1
      under = new Set()
    } else {
      if (column > 0 && at(column - 1) !== '') return false
      blank += 1
    }
    if (under.has(about)) return false
    under.add(about)
  }
  return blank > 0 && blank >= labelled
}

/** Gives each row, in order, the labels that stand above it, and tells it. */
export function labelledFromAbove(
  columns: readonly number[],
  remarks?: RemarkLog,
): (row: TableRow) => TableRow {
  const above = new Map<number, string>()
  return row => {
    let cells = row.cells
    for (const column of columns) {
      const text = (cells[column] ?? '').trim()
      const label = above.get(column)
      if (text !== '') above.set(column, text)
      else if (label !== undefined && column < cells.length) cells = cells.with(column, label)
    }
    if (cells === row.cells) return row
    remarks?.add(
      'merged-cells',
      'Cellule vide sous une autre, comme d’une fusion : le texte du dessus vaut pour elle',
      row.line,
    )
    return { ...row, cells }
  }
}
