import { fillGaps } from '../../pure/numerics/series/gaps.ts'
import { type LagKernel, monthlyKernel } from '../../pure/numerics/series/lag-kernel.ts'

/** When holders of a French title come back around its end, in months. */
export const RETURN_LAGS = monthlyKernel()

/** Titles issued in one period that end in one period. Periods are whole months or years on one common count. */
export interface Cohort {
  issued: number
  end: number
  titles: number
  /** Kind of title or holder, where return rates differ; one rate for all when absent. */
  group?: string
}

/** The share of new titles that last so many periods. */
export interface ValidityShare {
  share: number
  periods: number
  group?: string
}

/** Validities of titles issued in a period: a dated rule, so that a change of law is a change of answer. */
export type ValidityRule = (issued: number) => readonly ValidityShare[]

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

/** Cohorts of counts issued from `start` on, under a dated rule. A missing count leaves a gap, not a zero. */
export function cohortsOf(
  start: number,
  issued: readonly (number | undefined)[],
  validities: ValidityRule,
): Cohort[] {
  return issued.flatMap((titles, i) =>
    titles === undefined
      ? []
      : validities(start + i).map(({ share, periods, group }) => ({
          issued: start + i,
          end: start + i + periods,
          titles: titles * share,
          ...(group === undefined ? {} : { group }),
        })),
  )
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

/** A number for each group of titles. */
export type OfGroup = (group: string | undefined) => number

/**
 * Titles that would come back in each period from `start` on if every holder did: cohorts through the kernel.
 * With `relativeRate`, titles of a group count by how much more, or less, its holders return than the others.
 */
export function dueTitles(
  cohorts: readonly Cohort[],
  kernel: LagKernel,
  start: number,
  periods: number,
  relativeRate: OfGroup = () => 1,
): number[] {
  const due = new Array<number>(periods).fill(0)
  for (const cohort of cohorts) {
    const titles = cohort.titles * relativeRate(cohort.group)
    sendBack({ ...cohort, titles }, kernel, (period, back) => {
      const at = period - start
      if (at >= 0 && at < periods) due[at] = due[at]! + back
    })
  }
  return due
}

/** One projected period, in its parts: `renewals` by period of issue of the title that ends, and the rest. */
export interface DemandPoint {
  period: number
  total: number
  other: number
  renewals: ReadonlyMap<number, number>
}

/** What a projection of demand rests on. */
export interface RenewalModel {
  cohorts: readonly Cohort[]
  kernel: LagKernel
  /** Share of the holders of a group who come back, in [0, 1]. */
  returnRate: OfGroup
  /** First projected period. */
  start: number
  /** Requests that no earlier title explains, one per projected period. */
  other: readonly number[]
  /** Validities of the titles issued on the projected requests, which come back in their turn. */
  validities: ValidityRule
}

/**
 * Demand from renewal cycles: D(t) = Σ_c ρ · k(t − end_c) · titles_c + other(t), where the titles issued on D(t)
 * join the cohorts (renewal equation, Feller 1941; with replacement probability ρ). Titles per period.
 * Worked example: 100 titles ending in period 5, ρ = 0.6, no lag, 10 other requests a period, validity 2:
 * period 5 asks 60 + 10 = 70, period 7 asks 0.6 · 70 + 10 = 52.
 */
export function projectDemand(model: RenewalModel): DemandPoint[] {
  const { cohorts, kernel, returnRate, start, other, validities } = model
  const parts = other.map(() => new Map<number, number>())
  const arrive = (cohort: Cohort) => {
    const rate = Math.min(1, Math.max(0, returnRate(cohort.group)))
    sendBack({ ...cohort, titles: rate * cohort.titles }, kernel, (period, returning) => {
      const renewals = parts[period - start]
      if (renewals === undefined || returning <= 0) return
      renewals.set(cohort.issued, (renewals.get(cohort.issued) ?? 0) + returning)
    })
  }
  cohorts.forEach(arrive)
  return other.map((requests, i) => {
    const rest = Math.max(0, requests)
    const renewals = parts[i]!
    const total = [...renewals.values()].reduce((sum, part) => sum + part, rest)
    for (const cohort of cohortsOf(start + i, [total], validities)) arrive(cohort)
    return { period: start + i, total, other: rest, renewals }
  })
}
