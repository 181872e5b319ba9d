import type { Day } from '../../pure/calendar/day.ts'
import { frenchDay } from '../../pure/french/french.ts'
import { readDay } from '../cells/day-cell.ts'
import type { RemarkLog } from '../cells/remark.ts'
import type { FaultLog } from '../fault-log.ts'
import type { FileSetting } from '../file-setting.ts'
import type { Positions } from '../header.ts'
import type { ObservationRow } from '../kinds/observation-row.ts'
import { datedFigure, NOT_OVER } from '../publication-day.ts'
import type { TableOrigin } from './about.ts'

/** Where a figure was read, and where what is said of it goes. */
interface FigureOrigin {
  setting: FileSetting
  origin: TableOrigin
  cells: readonly string[]
  positions: Positions | undefined
  header: readonly string[] | undefined
  /** Whether another service exported it. */
  isForeign: boolean
  log: FaultLog
  remarks: RemarkLog
}

/** A figure as its day of publication lets it be; `undefined` once it is told why it cannot. */
export function figureInTime(row: ObservationRow, from: FigureOrigin): ObservationRow | undefined {
  const { setting, positions, header, isForeign, log, remarks } = from
  if (setting.shipped) return row
  const read = datedFigure(row, publishedOn(from), setting.today)
  if ('flaw' in read && isForeign) {
    // Nobody edits what another service exports.
    remarks.add('rows-left-aside', NOT_OVER, row.line)
    return undefined
  }
  if ('flaw' in read) {
    const position = positions?.get('period')
    const column = position === undefined ? undefined : header?.[position]
    const where = position === undefined || column === undefined ? {} : { column, columnNumber: position + 1 }
    log.add({ line: row.line, ...where, ...read.flaw })
    return undefined
  }
  if (read.value !== row)
    remarks.add(
      'read-inside-period',
      `Lu avant la fin de sa période, gardé comme lu le ${frenchDay(read.value.period)}`,
      row.line,
    )
  return read.value
}

function publishedOn({ setting, origin, cells, positions }: FigureOrigin): Day {
  const { publishedOn: said, today } = setting
  const position = positions?.get('publishedOn')
  const own = position === undefined ? undefined : readDay(cells[position] ?? '')
  const told = own !== undefined && 'value' in own && own.value <= today ? own.value : said
  return origin.frontMatter.publishedOn ?? told ?? today
}
