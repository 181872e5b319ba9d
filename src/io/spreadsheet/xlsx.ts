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
  return undated(await writeXlsxFile(sheets).toBuffer())
}

const [CENTRAL_ENTRY, FIRST_DAY_OF_DOS] = [0x02_01_4b_50, 0x00_21_00_00]
/** Writes the first day of 1980 over the hours of a ZIP, in its directory and before each of its files (APPNOTE 4.3.7, 4.3.12). */
function undated(zip: Buffer): Buffer {
  let at = zip.readUInt32LE(zip.length - 6)
  while (zip.readUInt32LE(at) === CENTRAL_ENTRY) {
    zip.writeUInt32LE(FIRST_DAY_OF_DOS, at + 12)
    zip.writeUInt32LE(FIRST_DAY_OF_DOS, zip.readUInt32LE(at + 42) + 10)
    at += 46 + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32)
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
