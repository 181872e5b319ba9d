import type { Child } from 'hono/jsx'
import type { ExportCell } from '../figures/table-export.ts'
import { frenchDays, frenchGap, frenchNumber, frenchPercent, frenchRange } from '../french/french.ts'

/** A column of the file of a table: its heading where it differs from the one on the page, and what a row holds. */
export interface FileColumn<Row> {
  /** Heading; that of the column of the page when absent. */
  label?: string
  /** A number, a text, a day (`YYYY-MM-DD`), or `undefined` for what is not known: never 0. */
  value: (row: Row) => ExportCell
  /** Unit of a number, told in the heading: `jours`, `%`, `€`… */
  unit?: string | undefined
  /** Decimals that a spreadsheet shows; the value keeps its own. */
  decimals?: number
  /** What it means, for a program and for the sheet of origins. */
  description?: string
  type?: 'number' | 'text' | 'day'
}

interface ColumnHead {
  label: string
  /** Numbers are aligned on the right, with figures of one width. */
  numeric?: boolean
  /** A short text that is never broken over two lines, such as a day. */
  whole?: boolean
  /** The cell that names the row. The first column does unless another one says so. */
  names?: boolean
}

interface FigureTerms<Row> {
  /** The number that is read for the one that a file keeps: two figures of an estimate. */
  told?: (value: number, row: Row) => number
  unit?: string | undefined
  decimals?: number
  /** Words for what is not known. */
  missing?: string
}

/** A column of numbers: `share` between 0 and 1 is told in per cent, `gap` keeps its sign, `days` says its word. */
export type FigureColumn<Row> = Omit<ColumnHead, 'numeric'> &
  FigureTerms<Row> & { figure: (row: Row) => number | undefined; as?: 'number' | 'share' | 'gap' | 'days' }

/** A column of ranges: two numbers in a file. */
export type RangeColumn<Row> = Omit<ColumnHead, 'numeric'> &
  FigureTerms<Row> & { range: (row: Row) => { low: number; high: number } | undefined }

/** A column as it is drawn and taken away. */
export interface DrawnColumn<Row> extends ColumnHead {
  cell: (row: Row) => Child
  file: readonly FileColumn<Row>[]
}

/**
 * One column of a table: its heading, what a row shows in it, and what a file holds of it. Words are their own value; a
 * number, or a cell that is more than words, says its values.
 */
export type Column<Row> =
  | FigureColumn<Row>
  | RangeColumn<Row>
  | (ColumnHead & { numeric?: false; cell: (row: Row) => string | undefined; file?: undefined })
  | (ColumnHead & { cell: (row: Row) => Child; file: readonly FileColumn<Row>[] })

/** The cells and the file of a column, however it is declared. */
export function drawnColumn<Row>(column: Column<Row>): DrawnColumn<Row> {
  if ('figure' in column)
    return { ...column, numeric: true, cell: figureCell(column), file: [figureFile(column)] }
  if ('range' in column) {
    const { label, range, told = asItIs, decimals = 0, missing = '–', unit } = column
    return {
      ...column,
      numeric: true,
      cell: row => {
        const known = range(row)
        return known === undefined
          ? missing
          : frenchRange(told(known.low, row), told(known.high, row), decimals)
      },
      file: rangeFile(label, range, { unit, decimals }),
    }
  }
  return column.file === undefined ? { ...column, file: [{ value: column.cell, type: 'text' }] } : column
}

function asItIs(value: number): number {
  return value
}

function figureCell<Row>(column: FigureColumn<Row>) {
  const { figure, told = asItIs, as = 'number', unit, decimals, missing = 'n. d.' } = column
  return (row: Row) => {
    const known = figure(row)
    if (known === undefined) return missing
    const value = told(known, row)
    switch (as) {
      case 'number':
        return withUnit(frenchNumber(value, decimals ?? 0), unit)
      case 'gap':
        return withUnit(frenchGap(value, decimals ?? 1), unit)
      case 'share':
        return frenchPercent(100 * value, decimals ?? 0)
      case 'days':
        return frenchDays(value, decimals ?? 0)
    }
  }
}

function withUnit(number: string, unit: string | undefined): string {
  return unit === undefined ? number : `${number}\u00a0${unit}`
}

const UNITS = { share: '%', days: 'jours', number: undefined, gap: undefined }

function figureFile<Row>(column: FigureColumn<Row>) {
  const { figure, as = 'number', unit = UNITS[as], decimals } = column
  const value = (row: Row) => {
    const known = figure(row)
    return known === undefined || as !== 'share' ? known : 100 * known
  }
  return {
    value,
    type: 'number' as const,
    decimals: decimals ?? (as === 'gap' ? 1 : 0),
    unit,
  }
}

/** A number of a file, under the heading of its column unless it has one of its own. */
export function numberFile<Row>(
  value: (row: Row) => ExportCell,
  terms: Omit<FileColumn<Row>, 'value' | 'type'> = {},
): FileColumn<Row> {
  return { ...terms, value, type: 'number' }
}

/** The two columns of a range in a file. */
export function rangeFile<Row>(
  label: string,
  of: (row: Row) => { low: number | undefined; high: number | undefined } | undefined,
  terms: Pick<FileColumn<Row>, 'decimals' | 'unit'> = {},
): FileColumn<Row>[] {
  const shared = { ...terms, type: 'number' as const }
  return [
    { ...shared, label: `${label}, bas`, value: row => of(row)?.low },
    { ...shared, label: `${label}, haut`, value: row => of(row)?.high },
  ]
}
