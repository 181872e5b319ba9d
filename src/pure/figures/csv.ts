/** A cell of an export: a number, a text, or nothing. */
export type CsvCell = string | number | undefined

/** Rows for a spreadsheet, under the names of their columns. */
export interface CsvTable {
  header: readonly string[]
  rows: readonly (readonly CsvCell[])[]
}

/** A table of rows from what each of its columns, by name, tells of a row. */
export function csvTable<Row>(
  rows: readonly Row[],
  columns: Readonly<Record<string, (row: Row) => CsvCell>>,
): CsvTable {
  const cells = Object.values(columns)
  return { header: Object.keys(columns), rows: rows.map(row => cells.map(cell => cell(row))) }
}

/**
 * A CSV that a French spreadsheet opens as it should: UTF-8 with its mark, `;`, decimal comma, CRLF. A text that a
 * spreadsheet would take for a formula is shown as text (OWASP ASVS 5.0, 1.2.10). Codes stay text: `01004`.
 */
export function spreadsheetCsv(header: readonly string[], rows: readonly (readonly CsvCell[])[]): string {
  const lines = [header, ...rows].map(row => row.map(cellText).join(';'))
  return `\ufeff${lines.join('\r\n')}\r\n`
}

function cellText(cell: CsvCell): string {
  if (cell === undefined) return ''
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell).replace('.', ',') : ''
  const safe = /^[=+\-@\t\r\0]/.test(cell) ? `'${cell}` : cell
  return /[";\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
