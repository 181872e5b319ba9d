import type { Span } from './options.ts'

/** Name of the periods that a dated event marks, scored apart. */
export const EXCEPTIONAL = 'exceptionnel'
/** Name of all other periods, where no regime is named. */
export const ORDINARY = 'ordinaire'

/** Whether any month of a period lies in a span. A year's months are those of its calendar. */
export function touches(span: Span, period: number, stepsAYear: 1 | 12): boolean {
  const first = stepsAYear === 12 ? period : period * 12
  const last = stepsAYear === 12 ? period : period * 12 + 11
  return span.from <= last && first <= span.to
}

/** The exceptional periods among those from one to another. */
export function exceptionalPeriods(
  spans: readonly Span[],
  from: number,
  to: number,
  stepsAYear: 1 | 12,
): Set<number> {
  const periods = Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => from + i)
  return new Set(periods.filter(period => spans.some(span => touches(span, period, stepsAYear))))
}

/** The regime of a period: exceptional, one named on the command line, or ordinary. */
export function regimeOf(
  period: number,
  stepsAYear: 1 | 12,
  exceptional: readonly Span[],
  named: readonly Span[],
): string {
  if (exceptional.some(span => touches(span, period, stepsAYear))) return EXCEPTIONAL
  return named.find(span => touches(span, period, stepsAYear))?.name ?? ORDINARY
}
