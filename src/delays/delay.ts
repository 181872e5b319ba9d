import {
  type Month,
  monthsOfQuarter,
  type Quarter,
  quarterOf,
  quartersBetween,
} from '../pure/calendar/period.ts'

/** A delay published for a quarter, in days. */
export interface QuarterDelay {
  quarter: Quarter
  days: number
}

/** A delay published for a month, in days, with the decisions it is a mean of when they are known. */
export interface MonthDelay {
  month: Month
  days: number
  decisions?: number
}

/** How several delays became one; the words go beside the figure. */
export const MEAN_METHODS = {
  'mean-of-quarters': 'moyenne simple des quatre trimestres',
  'mean-of-months': 'moyenne simple des mois',
  'decision-weighted': 'moyenne des mois pondérée par le nombre de décisions',
} as const

/** Code of a method. */
export type MeanMethod = keyof typeof MEAN_METHODS

/** A mean delay with the method that made it, or the reason why there is none. */
export type MeanDelay =
  | { method: MeanMethod; days: number }
  | {
      method: MeanMethod
      days: undefined
      reason: 'missing-quarters' | 'missing-months' | 'missing-decisions'
    }

/**
 * Delay of a year as the committee prints it: plain mean of its four quarters, not rounded.
 *
 * Example, 2021: CNI and passports 6, 8, 14, 26 give 13.5; driving licences 14, 31, 48, 48 give 35.25, printed 35,3.
 */
export function yearDelay(year: number, quarters: readonly QuarterDelay[]): MeanDelay {
  const method = 'mean-of-quarters'
  const wanted = quartersBetween(`${year}-Q1`, `${year}-Q4`)
  const days = wanted.flatMap(quarter => quarters.find(q => q.quarter === quarter)?.days ?? [])
  if (days.length < 4) return { method, days: undefined, reason: 'missing-quarters' }
  return { method, days: days.reduce((sum, d) => sum + d, 0) / 4 }
}

/**
 * Delay over a list of months, plain and weighted by decisions.
 *
 * Example, first residence permits of 2021: plain 57.5 days, weighted by their 4,718 decisions 50.1; renewals 30.3
 * and 28.4. The two differ whenever a busy month is quicker or slower than a quiet one: always name the one shown.
 */
export function delayOfMonths(
  wanted: readonly Month[],
  months: readonly MonthDelay[],
): [MeanDelay, MeanDelay] {
  const found = wanted.flatMap(month => months.find(m => m.month === month) ?? [])
  if (found.length < wanted.length || found.length === 0) {
    const reason = 'missing-months'
    return [
      { method: 'mean-of-months', days: undefined, reason },
      { method: 'decision-weighted', days: undefined, reason },
    ]
  }
  const plain = found.reduce((sum, m) => sum + m.days, 0) / found.length
  const decisions = found.reduce((sum, m) => sum + (m.decisions ?? Number.NaN), 0)
  const weighted = found.reduce((sum, m) => sum + m.days * (m.decisions ?? Number.NaN), 0) / decisions
  return [
    { method: 'mean-of-months', days: plain },
    decisions > 0
      ? { method: 'decision-weighted', days: weighted }
      : { method: 'decision-weighted', days: undefined, reason: 'missing-decisions' },
  ]
}

/** `delayOfMonths` for each quarter that has at least one of its months. */
export function quartersOfMonths(
  months: readonly MonthDelay[],
): { quarter: Quarter; plain: MeanDelay; weighted: MeanDelay }[] {
  const quarters = [...new Set(months.map(m => quarterOf(m.month)))].sort()
  return quarters.map(quarter => {
    const [plain, weighted] = delayOfMonths(monthsOfQuarter(quarter), months)
    return { quarter, plain, weighted }
  })
}

/** A delay beside its target: `late` only above it, since a target of 14 days is met on the fourteenth. */
export function againstTarget(days: number, targetDays: number): { late: boolean; excessDays: number } {
  return { late: days > targetDays, excessDays: Math.max(0, days - targetDays) }
}
