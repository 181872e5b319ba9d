import type { StepsAYear } from './issue-counts.ts'
import type { Span } from './options.ts'

/** Name of the periods that a dated event marks, scored apart. */
export const EXCEPTIONAL = 'exceptionnel'
/** Name of all other periods, where no regime is named. */
export const ORDINARY = 'ordinaire'

/** The months of a period; those of a year or a quarter are of the calendar. */
export function monthsOf(period: number, stepsAYear: StepsAYear): number[] {
  const length = 12 / stepsAYear
  return Array.from({ length }, (_, i) => period * length + i)
}

/** Whether any month of a period lies in a span. */
export function touches(span: Span, period: number, stepsAYear: StepsAYear): boolean {
  return monthsOf(period, stepsAYear).some(month => span.from <= month && month <= span.to)
}

/** The exceptional periods among those from one to another. */
export function exceptionalPeriods(
  spans: readonly Span[],
  from: number,
  to: number,
  stepsAYear: StepsAYear,
): Set<number> {
  const periods = Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i)
  return new Set(periods.filter(period => spans.some(span => touches(span, period, stepsAYear))))
}

/** The regime of a period: exceptional, one named on the command line, or ordinary. */
export function regimeOf(
  period: number,
  stepsAYear: StepsAYear,
  exceptional: readonly Span[],
  named: readonly Span[],
): string {
  if (exceptional.some(span => touches(span, period, stepsAYear))) return EXCEPTIONAL
  return named.find(span => touches(span, period, stepsAYear))?.name ?? ORDINARY
}
