import { nameKey } from '../cells/name.ts'
import type { FoundHeader } from './header-row.ts'
import type { TableRow } from './row.ts'

/** The first column of a table that stands at the right of another, behind an empty column, under names that come again. */
export function secondTableAt({ names }: FoundHeader, body: readonly TableRow[]): number | undefined {
  const keys = names.map(nameKey)
  const isEmpty = (i: number) => keys[i] === '' && body.every(({ cells }) => (cells[i] ?? '').trim() === '')
  const gap = keys.findIndex((_, i) => i > 1 && isEmpty(i) && (keys[i + 1] ?? '') !== '')
  return gap > 0 && keys[gap + 1] === keys[0] ? gap + 1 : undefined
}

/** The part of a row on the left of a column. */
export function leftOf(row: TableRow, column: number): TableRow {
  return { ...row, cells: row.cells.slice(0, column - 1) }
}

/** The part of a row from a column on, where it stands: faults name the columns of the file. */
export function rightOf(row: TableRow, column: number): TableRow {
  return { ...row, cells: row.cells.map((cell, i) => (i < column ? '' : cell)) }
}
