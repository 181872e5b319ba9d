import type { Day } from '../calendar/day.ts'
import { type CsvCell, spreadsheetCsv } from './csv.ts'

/** A cell of an exported table; `undefined` is nothing known, never 0. */
export type ExportCell = CsvCell

/** One column: its French heading for people, its name for programs, and what it holds. */
export interface ExportColumn {
  name: string
  label: string
  type: 'text' | 'integer' | 'number' | 'day'
  description: string
  /** Decimals shown by a spreadsheet; the value keeps its own. */
  decimals?: number
}

/** A text column. */
export function text(name: string, label: string, description: string): ExportColumn {
  return { name, label, description, type: 'text' }
}

/** A column of numbers with so many decimals shown. */
export function number(name: string, label: string, description: string, decimals: number): ExportColumn {
  return { name, label, description, decimals, type: decimals === 0 ? 'integer' : 'number' }
}

/** A column of days. */
export function day(name: string, label: string, description: string): ExportColumn {
  return { name, label, description, type: 'day' }
}

/** The columns and the rows of a table, each column beside what a row holds in it. */
export function tableOf<Row>(
  rows: readonly Row[],
  columns: readonly (readonly [ExportColumn, (row: Row) => ExportCell])[],
): Pick<TableExport, 'columns' | 'rows'> {
  const told = rows.map(row => columns.map(([, value]) => value(row)))
  return { columns: columns.map(([column]) => column), rows: told }
}

/** A table as every file format gives it. */
export interface TableExport {
  /** Name of the file, without its ending. */
  name: string
  title: string
  columns: readonly ExportColumn[]
  rows: readonly (readonly ExportCell[])[]
  /** Where the numbers come from and of when they are, line by line. */
  origin: readonly { label: string; text: string }[]
}

/** An estimate as a file gives it: one decimal, which is already more than is known. */
export function rounded(value: number | null): number | undefined {
  return value === null ? undefined : Math.round(value * 10) / 10
}

/** The file for a French spreadsheet: mark, `;`, decimal comma, days as 13/04/2022, no formula. */
export function spreadsheetFile({ columns, rows }: TableExport): string {
  return spreadsheetCsv(
    columns.map(column => column.label),
    rows.map(row =>
      row.map((cell, i) =>
        columns[i]?.type === 'day' && typeof cell === 'string' && cell !== '' ? frenchDayCell(cell) : cell,
      ),
    ),
  )
}

function frenchDayCell(day: Day): string {
  return `${day.slice(8, 10)}/${day.slice(5, 7)}/${day.slice(0, 4)}`
}

/** The file for programs (RFC 4180 with line feeds): no mark, comma, decimal point, ISO days, names of columns. */
export function openDataFile({ columns, rows }: TableExport): string {
  const lines = [columns.map(column => column.name), ...rows].map(row => row.map(openCell).join(','))
  return `${lines.join('\n')}\n`
}

function openCell(cell: ExportCell): string {
  if (cell === undefined) return ''
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : ''
  return /[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}

const SCHEMA_TYPES = { text: 'string', integer: 'integer', number: 'number', day: 'date' } as const

/** Describes the open data file: Table Schema of the Frictionless standards, as validata.fr reads it. */
export function tableSchema({ name, title, columns, origin }: TableExport) {
  return {
    $schema: 'https://frictionlessdata.io/schemas/table-schema.json',
    name,
    title,
    description: origin.map(line => `${line.label} : ${line.text}`).join(' ; '),
    encoding: 'utf-8',
    missingValues: [''],
    fields: columns.map(({ name: field, label, type, description }) => ({
      name: field,
      title: label,
      description,
      type: SCHEMA_TYPES[type],
      ...(type === 'day' ? { format: 'default' } : {}),
    })),
  }
}
