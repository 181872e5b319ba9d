import { quantile } from 'simple-statistics'
import { largest } from '../pure/numerics/extremes.ts'
import { sum } from '../pure/numerics/sum.ts'
import type { Team } from './team.ts'

/** Months whose median need reaches this share of the horizon's highest are its peaks. */
const PEAK = 0.9

/** What one month needs and does, over the paths. */
export interface MonthUse {
  /** Files that come in, median over the paths. */
  need: number
  /** Files decided, mean over the paths: no more than there are, nor than the team can treat. */
  decided: number
  peak: boolean
}

/** Capacity that no file uses. Shares are of the capacity of the months counted. */
export interface Idle {
  months: MonthUse[]
  /** 1 − files decided ÷ capacity, over the months outside the peaks; `undefined` when every month is a peak. */
  share: number | undefined
  /** The same over all months. */
  shareAll: number | undefined
}

/**
 * What a plan leaves idle on some paths. Example: a month of 80 files for a capacity of 100, another, the peak, of 100 for
 * 100: 20 % outside the peak, 10 % in all.
 */
export function idleOf(
  team: Pick<Team, 'startStock' | 'months'>,
  capacity: ArrayLike<number>,
  demands: readonly Float64Array[],
): Idle {
  const horizon = team.months.length
  const decided = new Float64Array(horizon)
  for (const demand of demands) {
    let stock = team.startStock
    for (let t = 0; t < horizon; t++) {
      const done = Math.min(stock + demand[t]!, capacity[t]!)
      decided[t]! += done / demands.length
      stock += demand[t]! - done
    }
  }
  const needs = team.months.map((_, t) =>
    quantile(
      Array.from(demands, demand => demand[t]!),
      0.5,
    ),
  )
  const highest = largest(needs)
  const months = needs.map((need, t) => ({ need, decided: decided[t]!, peak: need >= PEAK * highest }))
  const share = (counts: (month: MonthUse) => boolean) => {
    const able = sum(months.map((month, t) => (counts(month) ? capacity[t]! : 0)))
    const done = sum(months.map(month => (counts(month) ? month.decided : 0)))
    return able > 0 ? Math.max(0, 1 - done / able) : undefined
  }
  return { months, share: share(month => !month.peak), shareAll: share(() => true) }
}
