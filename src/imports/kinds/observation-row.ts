import type { Clock, Measure, Statistic, Status, Unit } from '../../pure/figures/measure.ts'
import { MEASURES } from '../../pure/figures/measure.ts'
import { frenchPeriod, frenchShortNumber } from '../../pure/french/french.ts'
import { TITLE_NAMES, type Title } from '../../pure/law/title.ts'
import type { Flaw } from '../cells/fault.ts'
import { flawed } from '../cells/fault.ts'
import type { NumberRule } from '../cells/number-cell.ts'
import type { Granularity, Period } from '../cells/period-cell.ts'
import { missingValue, type Row } from '../file-kind.ts'

/** One figure as a file gives it. `value` is `undefined` exactly when the file withdraws the figure. */
export interface ObservationRow extends Row {
  measure: Measure
  period: string
  granularity: Granularity
  place: string
  title: Title | undefined
  /** Part of the whole that is measured: empty, `validity=10`, `validity=5;minors`, `adults`. */
  variant: string
  statistic: Statistic
  unit: Unit
  clock: Clock
  value: number | undefined
  status: Status
  targetDays: number | undefined
  /** Where in the document; empty when not said. */
  locator: string
}

/** Bounds of delays, in days: four years already need an explanation. */
export const DAYS: NumberRule = {
  min: 0,
  max: 1_500,
  unit: /\s*\b(jours?|j\.?)(\s(ouvrés|ouvrables|calendaires|francs))?$/i,
}
/** Bounds of counts: fewer than the inhabitants of France. */
export const COUNT: NumberRule = { min: 0, max: 99_999_999, integer: true }

/** How values of a measure that is no delay became one figure, and their unit. */
export function plainMeasure(measure: Measure): { statistic: Statistic; unit: Unit } {
  const { unit } = MEASURES[measure]
  if (unit === 'percent') return { statistic: 'rate', unit }
  if (unit === 'euro') return { statistic: 'total', unit }
  if (measure === 'agent-productivity' || measure === 'weekly-opening')
    return { statistic: 'mean', unit: 'count' }
  const level = measure === 'stock' || measure === 'population'
  return { statistic: level ? 'as-published' : 'total', unit: 'count' }
}

/** Why a value and its status do not go together: a withdrawn figure has no value, every other has one. */
export function valueFlaw(
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

/** What tells one figure from another. */
export type ObservationSubject = Pick<
  ObservationRow,
  'measure' | 'period' | 'place' | 'title' | 'variant' | 'statistic' | 'unit' | 'clock'
>

/** What an observation is about: everything but its value, its status, its target and its origin. */
export function observationSubject(row: ObservationRow) {
  return figureSubject(row)
}

/** What a figure is about, its key and in words. */
export function figureSubject(row: ObservationSubject): { key: string; words: string } {
  const { measure, period, place, title, variant, statistic, unit, clock } = row
  const parts = [measure, period, place, title ?? '', variant, statistic, unit, clock]
  return {
    key: parts.join('|'),
    words: [MEASURES[measure].name, frenchPeriod(period), place, title && TITLE_NAMES[title], variant]
      .filter(Boolean)
      .join(', '),
  }
}

/** What an observation says. */
export function observationContent({ value, status, targetDays }: ObservationRow): readonly unknown[] {
  return [value, status, targetDays]
}

/** The cells that every observation has. */
export interface CommonCells {
  period: Period
  place: string
  status: Status | undefined
  locator: string | undefined
}

/** The status of a row: observed unless it says otherwise. */
export function statusOf({ status }: CommonCells): Status {
  return status ?? 'observed'
}

/** What an observation says besides its common cells. */
export type ObservationFigure = Pick<
  ObservationRow,
  'measure' | 'title' | 'variant' | 'statistic' | 'unit' | 'clock' | 'value' | 'targetDays'
>

/** A row of its common cells and its figure; written out whole, as spreading both would take ten times as long. */
export function observationRow(cells: CommonCells, line: number, figure: ObservationFigure): ObservationRow {
  const { period, granularity } = cells.period
  const { measure, title, variant, statistic, unit, clock, value, targetDays } = figure
  return {
    line,
    measure,
    period,
    granularity,
    place: cells.place,
    title,
    variant,
    statistic,
    unit,
    clock,
    value,
    status: statusOf(cells),
    targetDays,
    locator: cells.locator ?? '',
  }
}
