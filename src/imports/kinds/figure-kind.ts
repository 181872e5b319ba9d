import type { Status } from '../../pure/figures/measure.ts'
import { frenchShortNumber } from '../../pure/french/french.ts'
import type { Cells, Columns } from '../cells/column.ts'
import { type Flaw, flawed } from '../cells/fault.ts'
import type { Period } from '../cells/period-cell.ts'
import { type FileKind, fileKind, missingValue, type Reject } from '../file-kind.ts'
import { locatorColumn, originColumns, statusColumn } from './figure-columns.ts'
import { figureSubject, type ObservationRow, USUAL_TERMS } from './observation-row.ts'

/** Columns that every file of figures may have, after its own. */
const LAST_COLUMNS = { status: statusColumn, locator: locatorColumn, ...originColumns }

type Maybe<T> = { [K in keyof T]?: T[K] | undefined }

/** What a row says of its figure, besides the cells that all figures have; terms that it does not say are the usual ones. */
type Said = Pick<ObservationRow, 'measure' | 'value'> &
  Maybe<Pick<ObservationRow, 'title' | 'variant' | 'statistic' | 'unit' | 'clock' | 'targetDays'>>

interface FigureDefinition<C extends Columns> {
  label: string
  description: string
  /** Its own columns, a period and a place among them. */
  columns: C
  /** The column of the figure. */
  figure: keyof C & string
  examples: readonly Partial<Record<keyof (C & typeof LAST_COLUMNS), string>>[]
  said(cells: Cells<C>, reject: Reject<C>): Said
}

/** Makes a kind of file whose rows are figures: a withdrawn one has no value, every other has one. */
export function figureKind<C extends Columns>({
  columns,
  figure,
  said,
  ...about
}: FigureDefinition<C>): FileKind<ObservationRow> {
  const { name, example } = columns[figure]!
  return fileKind<C & typeof LAST_COLUMNS, ObservationRow>({
    ...about,
    figure,
    columns: { ...columns, ...LAST_COLUMNS },
    row(cells, line, reject) {
      // Each definition has the columns that all figures have, which the compiler cannot follow.
      const { period, place, status = 'observed', locator = '' } = cells as unknown as CommonCells
      const { measure, value, title, variant = '', targetDays, ...terms } = said(cells as Cells<C>, reject)
      const flaw = valueFlaw(value, status, name, example)
      if (flaw) reject(flaw, figure)
      const usual = USUAL_TERMS[measure]
      // Written out whole: spreading what a row says and its cells would take ten times as long.
      return {
        line,
        measure,
        period: period.period,
        granularity: period.granularity,
        place,
        title,
        variant,
        statistic: terms.statistic ?? usual.statistic,
        unit: terms.unit ?? usual.unit,
        clock: terms.clock ?? usual.clock,
        value,
        status,
        targetDays,
        locator,
      }
    },
    subject: figureSubject,
    content: ({ value, status, targetDays }) => [value, status, targetDays],
  })
}

interface CommonCells {
  period: Period
  place: string
  status: Status | undefined
  locator: string | undefined
}

function valueFlaw(
  value: number | undefined,
  status: Status,
  name: string,
  example: string,
): Flaw | undefined {
  if (status !== 'withdrawn') return value === undefined ? missingValue(name, example) : undefined
  if (value === undefined) return undefined
  return flawed(
    'unexpected-value',
    `Le chiffre est dit « retiré » mais vaut ${frenchShortNumber(value, 6)}.`,
    'Videz la valeur, ou corrigez le statut.',
  ).flaw
}
