import type { Context } from 'hono'
import {
  openDataFile,
  spreadsheetFile,
  type TableExport,
  tableSchema,
} from '../../pure/figures/table-export.ts'
import { workbookFile } from '../spreadsheet/workbook-work.ts'
import { fileAnswer } from './file-answer.ts'

/** Endings of an exported table: for spreadsheets, for programs, and the description of the latter. */
export const TABLE_FORMATS = {
  csv: { type: 'text/csv; charset=utf-8', words: 'CSV pour un tableur : point-virgule, virgule décimale' },
  'open.csv': {
    type: 'text/csv; charset=utf-8',
    words: 'CSV de données ouvertes : virgule, point décimal, jours ISO',
  },
  'schema.json': { type: 'application/json', words: 'Description du CSV de données ouvertes (Table Schema)' },
  xlsx: {
    type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    words: 'Classeur Excel ; l’origine est dans la dernière feuille',
  },
  ods: {
    type: 'application/vnd.oasis.opendocument.spreadsheet',
    words: 'Classeur OpenDocument ; l’origine est dans la dernière feuille',
  },
} as const

/** Ending of an exported table. */
export type TableFormat = keyof typeof TABLE_FORMATS

/** Answers with tables as one file; formats of one table take the first. */
export async function tableAnswer(
  c: Context,
  format: TableFormat,
  tables: readonly [TableExport, ...TableExport[]],
  name = tables[0].name,
): Promise<Response> {
  return fileAnswer(
    c,
    { type: TABLE_FORMATS[format].type, name: `${name}.${format}`, shown: format === 'schema.json' },
    await contentOf(format, tables),
  )
}

async function contentOf(
  format: TableFormat,
  tables: readonly [TableExport, ...TableExport[]],
): Promise<string | Uint8Array> {
  switch (format) {
    case 'csv':
      return spreadsheetFile(tables[0])
    case 'open.csv':
      return openDataFile(tables[0])
    case 'schema.json':
      return JSON.stringify(tableSchema(tables[0]), undefined, 2)
    case 'xlsx':
    case 'ods':
      return workbookFile(format, tables)
  }
}
