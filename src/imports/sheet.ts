import { separatorOf } from './csv.ts'
import { FaultLog } from './fault-log.ts'
import type { Limits } from './limits.ts'
import { RecordReader } from './record.ts'

/** A sheet of a workbook as its reader sees it: texts by row, the first of which has number 1. */
export interface Sheet {
  name: string
  rows: readonly { line: number; cells: string[] }[]
  hiddenRows: readonly number[]
  /** Blocks of merged cells that hold a text. */
  merges: number
}

/**
 * The cells of a CSV that a spreadsheet opened without taking it apart, so that each row stands whole in the first
 * column; any other sheet as it is.
 */
export function takenApart(sheet: Sheet, limits: Limits): Sheet {
  if (sheet.rows.some(({ cells }) => cells.slice(1).some(cell => cell.trim() !== ''))) return sheet
  const lines: string[] = []
  for (const { line, cells } of sheet.rows) lines[line - 1] = cells[0] ?? ''
  const whole = Array.from(lines, line => line ?? '')
  const separator = separatorOf(whole.filter(line => !line.startsWith('#')))
  if (separator === undefined) return sheet
  const rows: { line: number; cells: string[] }[] = []
  const log = new FaultLog()
  new RecordReader(separator, limits, log, ({ line, cells }) => rows.push({ line, cells })).read(
    whole,
    1,
    true,
  )
  return log.total > 0 ? sheet : { ...sheet, rows }
}
