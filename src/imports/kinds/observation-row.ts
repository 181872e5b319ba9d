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
  days: true,
  unit: /\s*(?<!\p{L})(?:jour\(s\)|jours?|jrs?|j)\.?(\s(ouvrés|ouvrables|calendaires|francs))?$/iu,
}
/** Bounds of counts: fewer than the inhabitants of France. */
export const COUNT: NumberRule = {
  min: 0,
  max: 99_999_999,
  integer: true,
  unit: /\s+(?:demandes?|dossiers?|titres?)$/i,
}

/** Bounds of ratios: hours, files for each agent. */
export const RATIO: NumberRule = { min: 0, max: 1_000 }
/** Bounds of rates. */
export const PERCENT: NumberRule = { min: 0, max: 100, percent: true }
/** Bounds of the grant of one commune, in euros: Paris received about 3 million in 2024. */
export const EUROS: NumberRule = { min: 0, max: 20_000_000, money: true, unit: /\s*(€|euros?|eur|e)$/i }

/** How a figure of a measure is counted when its file does not say it, and the bounds of its value. */
interface Terms {
  statistic: Statistic
  unit: Unit
  clock: Clock
  bounds: NumberRule
}

function termsOf(measure: Measure): Terms {
  const { unit } = MEASURES[measure]
  const clock = 'not-a-delay'
  if (unit === 'percent') return { statistic: 'rate', unit, clock, bounds: PERCENT }
  if (unit === 'euro') return { statistic: 'total', unit, clock, bounds: EUROS }
  if (unit === 'day') {
    const days = { unit: 'unspecified-day', bounds: DAYS } as const
    if (measure === 'issuance-delay') return { ...days, statistic: 'mean', clock: 'issued-in-period' }
    return measure === 'oldest-file-age'
      ? { ...days, statistic: 'maximum', clock }
      : { ...days, statistic: 'as-published', clock: 'appointment-as-published' }
  }
  if (measure === 'agent-productivity' || measure === 'weekly-opening')
    return { statistic: 'mean', unit, clock, bounds: RATIO }
  const isLevel = measure === 'stock' || measure === 'population'
  return { statistic: isLevel ? 'as-published' : 'total', unit, clock, bounds: COUNT }
}

/** The usual terms of each measure. */
export const USUAL_TERMS = Object.fromEntries(
  (Object.keys(MEASURES) as Measure[]).map(measure => [measure, termsOf(measure)]),
) as Record<Measure, Terms>

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
