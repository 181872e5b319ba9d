import { type Cohort, sendBack } from '../../../src/demand/engine/renewal.ts'
import type { LagKernel } from '../../../src/pure/numerics/series/lag-kernel.ts'

/** Titles of one kind or holder, where return rates differ; one rate for all when absent. */
export interface GroupCohort extends Cohort {
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
): GroupCohort[] {
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

/** One projected period, in its parts: `renewals` by period of issue of the title that ends, and the rest. */
export interface DemandPoint {
  period: number
  total: number
  other: number
  renewals: ReadonlyMap<number, number>
}

/** What a projection of demand rests on. */
export interface RenewalModel {
  cohorts: readonly GroupCohort[]
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
  const arrive = (cohort: GroupCohort) => {
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
