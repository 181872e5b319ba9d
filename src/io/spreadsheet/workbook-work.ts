import type { TableExport } from '../../pure/figures/table-export.ts'
import { apart } from '../apart.ts'
import { odsFile } from './ods.ts'
import { xlsxFile } from './xlsx.ts'

/** What a workbook is written as. */
export type WorkbookFormat = 'xlsx' | 'ods'

interface Order {
  format: WorkbookFormat
  tables: readonly TableExport[]
}

/** Cells that are written in a few milliseconds: a thread would take longer to start. */
const FEW_CELLS = 2_000

const ask = apart(import.meta.url, { written })

/** Tables as one workbook, written in a thread of its own when they are long: the same tables give the same bytes. */
export async function workbookFile(
  format: WorkbookFormat,
  tables: readonly TableExport[],
): Promise<Uint8Array> {
  const cells = tables.reduce((sum, { rows, columns }) => sum + rows.length * columns.length, 0)
  const order = { format, tables }
  return cells > FEW_CELLS ? ask('written', order) : written(order)
}

async function written({ format, tables }: Order): Promise<Uint8Array> {
  return format === 'xlsx' ? xlsxFile(tables) : odsFile(tables)
}
