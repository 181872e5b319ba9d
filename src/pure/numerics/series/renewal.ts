import type { LagKernel } from './lag-kernel.ts'

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
    kernel.probabilities.forEach((probability, i) => {
      const period = cohort.end + kernel.first + i - start
      if (period >= 0 && period < periods && period + start > cohort.issued)
        due[period] = due[period]! + probability * titles
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
export function projectDemand({
  cohorts,
  kernel,
  returnRate,
  start,
  other,
  validities,
}: RenewalModel): DemandPoint[] {
  const parts = other.map(() => new Map<number, number>())
  const arrive = (cohort: Cohort) => {
    const rate = Math.min(1, Math.max(0, returnRate(cohort.group)))
    kernel.probabilities.forEach((probability, i) => {
      const period = cohort.end + kernel.first + i
      const renewals = parts[period - start]
      const returning = rate * probability * cohort.titles
      // An early window longer than a short validity would have titles come back before they are issued.
      if (renewals === undefined || returning <= 0 || period <= cohort.issued) return
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
