import type { Context } from '../cells/column.ts'
import { parsePeriod } from '../cells/period-cell.ts'
import { readHeading } from './heading.ts'
import type { TableRow } from './row.ts'

/** What labels of a level are, by the names of their columns; a quarter above its months says nothing more than they do. */
export type Level = 'année' | 'trimestre' | 'mois' | 'période' | 'titre' | 'commune'

/** The level of a label that says what it is, or `undefined`. */
export function levelOf(text: string, context: Context): Level | undefined {
  const heading = readHeading(text, context)
  if (heading?.year !== undefined && heading.period === undefined) return 'année'
  const part = heading?.partial ?? heading?.period
  if (part !== undefined) {
    const { granularity } = parsePeriod(heading?.partial === undefined ? part : `${part} 2022`) ?? {}
    return granularity === 'month' ? 'mois' : granularity === 'quarter' ? 'trimestre' : 'période'
  }
  return heading?.title !== undefined ? 'titre' : heading?.place !== undefined ? 'commune' : undefined
}

/** How the labels of a table stand above its rows. */
export interface LabelShape {
  /** Where the label of a row stands, and its level from the outermost, 0; the last is that of the rows of figures. */
  labelled(row: TableRow): { text: string; depth: number }
  /** A row of figures with the labels above it. */
  written(row: TableRow, above: readonly string[]): string[]
  /** How many levels there are. */
  depths: number
  /** The names of the columns, which those of the labels above are added to. */
  names: readonly string[]
  /** Labels that stand above the first row, when they stand above the names of the columns too. */
  above?: readonly string[]
}

/** The only text of a row, which may stand in each of its cells when they were merged. */
export function loneText({ cells }: Pick<TableRow, 'cells'>): string | undefined {
  const texts = new Set(cells.map(cell => cell.trim()).filter(cell => cell !== ''))
  return texts.size === 1 ? [...texts][0] : undefined
}

/** Labels of all levels in the first column: those above become columns behind the others. */
export function labelColumn(
  named: TableRow,
  levels: readonly Level[],
  labelled: LabelShape['labelled'],
  first: string = levels.at(-1) ?? 'commune',
): LabelShape {
  const width = named.cells.length
  const isAdded = (level: Level) => level !== 'trimestre' || !levels.includes('mois')
  const added = levels.slice(0, -1).flatMap((level, depth) => (isAdded(level) ? [depth] : []))
  return {
    labelled,
    depths: levels.length,
    names: [first, ...named.cells.slice(1), ...added.map(depth => levels[depth]!)],
    written(row, above) {
      const rest = Array.from({ length: width - 1 }, (_, i) => row.cells[i + 1] ?? '')
      const { text, depth } = labelled(row)
      // A label whose rows were folded lacks one of its own.
      const label = (i: number) =>
        (levels[i] === 'année' ? /\d{4}/.exec(above[i] ?? '')?.[0] : above[i]) ?? ''
      return [depth === levels.length - 1 ? text : '', ...rest, ...added.map(label)]
    },
  }
}
