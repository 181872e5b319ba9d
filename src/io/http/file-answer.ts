import type { Context } from 'hono'
import { type CsvTable, spreadsheetCsv } from '../../pure/figures/csv.ts'

/** A file that leaves: what it is, its name, and whether a browser shows it rather than keeps it. */
export interface OutgoingFile {
  type: string
  name: string
  shown?: boolean
}

/** Answers with a file. */
export function fileAnswer(
  c: Context,
  { type, name, shown = false }: OutgoingFile,
  content: string | Uint8Array | ReadableStream<Uint8Array>,
): Response {
  return c.body(content instanceof Uint8Array ? new Uint8Array(content) : content, 200, {
    'content-type': type,
    'content-disposition': `${shown ? 'inline' : 'attachment'}; filename="${name}"`,
  })
}

/** Answers with a CSV file to keep. */
export function csvAnswer(c: Context, fileName: string, { header, rows }: CsvTable) {
  return fileAnswer(c, { type: 'text/csv; charset=utf-8', name: fileName }, spreadsheetCsv(header, rows))
}
