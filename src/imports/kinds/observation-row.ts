import type { Clock, Measure, Statistic, Status, Unit } from '../../pure/figures/measure.ts'
import { MEASURES } from '../../pure/figures/measure.ts'
import { frenchPeriod } from '../../pure/french/french.ts'
import { TITLE_NAMES, type Title } from '../../pure/law/title.ts'
import type { NumberRule } from '../cells/number-cell.ts'
import type { Granularity } from '../cells/period-cell.ts'
import type { Row } from '../file-kind.ts'

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

/** What a figure is about, everything but its value, its status, its target and its origin: its key, and in words. */
export function figureSubject(row: ObservationRow): { key: string; words: string } {
  const { measure, period, place, title, variant, statistic, unit, clock } = row
  const parts = [measure, period, place, title ?? '', variant, statistic, unit, clock]
  return {
    key: parts.join('|'),
    words: [MEASURES[measure].name, frenchPeriod(period), place, title && TITLE_NAMES[title], variant]
      .filter(Boolean)
      .join(', '),
  }
}
