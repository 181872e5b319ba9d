import type { Day } from '../../pure/calendar/day.ts'
import { frenchDay } from '../../pure/french/french.ts'
import { readDay } from '../cells/day-cell.ts'
import type { Row } from '../file-kind.ts'
import type { ObservationRow } from '../kinds/observation-row.ts'
import type { Kind } from '../kinds.ts'
import { datedFigure, NOT_OVER } from '../publication-day.ts'
import type { TableGround } from './about.ts'
import type { TablePlan } from './plan.ts'

/** The plan and the cells that a row was made with, and whether another service exported it. */
interface Made {
  plan: Pick<TablePlan, 'positions' | 'header'> | undefined
  cells: readonly string[]
  isForeign: boolean
}

/** Keeps a row, a figure as its day of publication lets it be. @returns whether it does; else it is told why not. */
export function keptInTime(row: Row, kind: Kind, ground: TableGround, made: Made): boolean {
  const { setting, logs, remarks, keep } = ground
  const isFigure = 'measure' in row && !setting.shipped
  const read = isFigure
    ? datedFigure(row as ObservationRow, publishedOn(ground, made), setting.today)
    : { value: row }
  const { line } = row
  if ('value' in read) {
    if (read.value !== row)
      remarks.add(
        'read-inside-period',
        `Lu avant la fin de sa période, gardé comme lu le ${frenchDay((read.value as ObservationRow).period)}`,
        line,
      )
    keep(read.value, kind)
  } else if (made.isForeign) {
    // Nobody edits what another service exports.
    remarks.add('rows-left-aside', NOT_OVER, line)
  } else {
    const position = made.plan?.positions.get('period') ?? -1
    const column = made.plan?.header[position]
    logs.cells.add({
      line,
      ...(column !== undefined && { column, columnNumber: position + 1 }),
      ...read.flaw,
    })
  }
  return 'value' in read
}

function publishedOn({ setting, origin }: TableGround, { cells, plan }: Made): Day {
  const { publishedOn: said, today } = setting
  const position = plan?.positions.get('publishedOn')
  const own = position === undefined ? undefined : readDay(cells[position] ?? '')
  const told = own !== undefined && 'value' in own && own.value <= today ? own.value : said
  return origin.frontMatter.publishedOn ?? told ?? today
}
