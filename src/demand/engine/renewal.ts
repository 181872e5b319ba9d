import { fillGaps } from '../../pure/numerics/series/gaps.ts'
import type { LagKernel } from '../../pure/numerics/series/lag-kernel.ts'

/** Titles issued in one period that end in one period. Periods are whole months or years on one common count. */
export interface Cohort {
  issued: number
  end: number
  titles: number
}

/** Years without any count beyond which nothing is drawn between two known ones. */
const LONGEST_BRIDGE_YEARS = 8

/**
 * Counts with their gaps filled between their neighbours, season kept: titles of a missing period are unknown, never none.
 * What follows the last count goes on as it was. A gap of more than eight years is left as it is, and so is what comes before
 * the first count.
 *
 * Example: 1, –, 3 gives 1, 2, 3.
 */
export function bridgedCounts(
  counts: readonly (number | undefined)[],
  stepsAYear: number,
): (number | undefined)[] {
  const values = Float64Array.from(counts, count => count ?? Number.NaN)
  if (!values.some(Number.isNaN) || values.every(Number.isNaN)) return [...counts]
  const filled = fillGaps(values, stepsAYear)
  const seen = counts.flatMap((count, t) => (count === undefined ? [] : [t]))
  return counts.map((count, t) => {
    if (count !== undefined) return count
    const after = seen.find(other => other > t)
    const before = seen.findLast(other => other < t)
    if (before === undefined) return undefined
    return (after ?? counts.length) - before > LONGEST_BRIDGE_YEARS * stepsAYear
      ? undefined
      : Math.max(0, filled[t]!)
  })
}

/**
 * Sends titles issued together to the periods in which their holders come back: around one end, by a kernel of lags,
 * never before they were issued. Every model of this house sends its cohorts back through this function.
 * Worked example: 100 titles issued in period 3 that end in period 5, lags 0 and 1 with chances .75 and .25: 75 in
 * period 5, 25 in period 6.
 */
export function sendBack(
  { issued, end, titles }: Pick<Cohort, 'issued' | 'end' | 'titles'>,
  { first, probabilities }: LagKernel,
  arrive: (period: number, titles: number) => void,
): void {
  for (let i = 0; i < probabilities.length; i++) {
    const period = end + first + i
    // An early window longer than a short validity would have titles come back before they are issued.
    if (period > issued) arrive(period, titles * probabilities[i]!)
  }
}

/** Titles that would come back in each period from `start` on if every holder did: cohorts through the kernel. */
export function dueTitles(
  cohorts: readonly Cohort[],
  kernel: LagKernel,
  start: number,
  periods: number,
): number[] {
  const due = new Array<number>(periods).fill(0)
  for (const cohort of cohorts)
    sendBack(cohort, kernel, (period, back) => {
      const at = period - start
      if (at >= 0 && at < periods) due[at] = due[at]! + back
    })
  return due
}
