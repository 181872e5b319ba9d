import type { Context } from 'hono'
import { type CsvTable, spreadsheetCsv } from '../../pure/figures/csv.ts'
import { fileAnswer } from './file-answer.ts'

/** Answers with a CSV file to keep. */
export function csvAnswer(c: Context, fileName: string, { header, rows }: CsvTable) {
  return fileAnswer(c, { type: 'text/csv; charset=utf-8', name: fileName }, spreadsheetCsv(header, rows))
}
