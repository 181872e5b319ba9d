import { unzipSync, zipSync } from 'fflate'
import writeXlsxFile, { type CellObject, type Sheet } from 'write-excel-file/node'
import type { ExportCell, ExportColumn, TableExport } from '../../pure/figures/table-export.ts'
import { STAMP, sheetName, spreadsheetText, WIDTHS } from './sheet.ts'

const HEADING = { fontWeight: 'bold', wrap: true, backgroundColor: '#e8eafb' } as const

/** Tables as an XLSX workbook, one sheet each, and a last one that says where they come from; the same tables give the same bytes. */
export async function xlsxFile(tables: readonly TableExport[]): Promise<Uint8Array> {
  const used = new Set<string>()
  const sheets = [
    ...tables.map(
      (table): Sheet<never> => ({
        sheet: sheetName(table.title, used),
        stickyRowsCount: 1,
        columns: table.columns.map(column => ({ width: WIDTHS[column.type] })),
        data: [
          table.columns.map((column): CellObject => ({ ...HEADING, type: String, value: column.label })),
          ...table.rows.map(row => table.columns.map((column, i) => cellOf(row[i], column))),
        ],
      }),
    ),
    {
      sheet: sheetName('Origine', used),
      columns: [{ width: 34 }, { width: 110 }],
      data: tables.flatMap(table => [
        [{ type: String, value: spreadsheetText(table.title), fontWeight: 'bold' as const }],
        ...table.origin.map(({ label, text }): CellObject[] => [
          { type: String, value: spreadsheetText(label) },
          { type: String, value: spreadsheetText(text), wrap: true },
        ]),
        ...table.columns.map(({ label, description }): CellObject[] => [
          { type: String, value: spreadsheetText(`Colonne « ${label} »`) },
          { type: String, value: spreadsheetText(description), wrap: true },
        ]),
      ]),
    } satisfies Sheet<never>,
  ]
  const dated = unzipSync(new Uint8Array(await writeXlsxFile(sheets).toBuffer()))
  return zipSync(
    Object.fromEntries(Object.entries(dated).map(([name, bytes]) => [name, [bytes, { mtime: STAMP }]])),
  )
}

function cellOf(cell: ExportCell, { type, decimals }: ExportColumn): CellObject | null {
  if (cell === undefined || cell === '') return null
  if (typeof cell === 'number') {
    if (!Number.isFinite(cell)) return null
    const places = type === 'integer' ? 0 : (decimals ?? 1)
    return { type: Number, value: cell, format: places === 0 ? '0' : `0.${'0'.repeat(places)}` }
  }
  if (type === 'day') return { type: Date, value: new Date(`${cell}T00:00:00Z`), format: 'dd/mm/yyyy' }
  // A typed text is never a formula, whatever it begins with.
  return { type: String, value: spreadsheetText(cell) }
}
