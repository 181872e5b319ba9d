import writeXlsxFile, { type CellObject, type Sheet } from 'write-excel-file/node'
import type { ExportCell, ExportColumn, TableExport } from '../../pure/figures/table-export.ts'
import { sheetName, spreadsheetText, WIDTHS } from './sheet.ts'

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
  return stamped(new Uint8Array(await writeXlsxFile(sheets).toBuffer()))
}

/** 1 January 1980, the first day that a ZIP can write, as it writes it (APPNOTE 4.4.6). */
const STAMP_DOS = 0x00210000
const [END, ENTRY_BYTES] = [0x06054b50, 46]

/** An archive each entry of which was written on the first day, in its directory (APPNOTE 4.3.12) and before its bytes (4.3.7). */
function stamped(zip: Uint8Array): Uint8Array {
  const view = new DataView(zip.buffer, zip.byteOffset, zip.byteLength)
  let end = zip.byteLength - 22
  while (view.getUint32(end, true) !== END) end -= 1
  let entry = view.getUint32(end + 16, true)
  for (let left = view.getUint16(end + 10, true); left > 0; left--) {
    view.setUint32(entry + 12, STAMP_DOS, true)
    view.setUint32(view.getUint32(entry + 42, true) + 10, STAMP_DOS, true)
    entry += [28, 30, 32].reduce((sum, length) => sum + view.getUint16(entry + length, true), ENTRY_BYTES)
  }
  return zip
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
