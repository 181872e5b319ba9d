import { nationalModel } from '../demand/engine/cohort-path.ts'
import { nationalFutures } from '../demand/engine/national-future.ts'
import { COUNTER_TITLES } from '../demand/engine/national-issues.ts'
import type { NationalVolumes } from '../demand/engine/national-volumes.ts'
import { monthIndex } from '../demand/engine/simulated-month.ts'
import type { Month } from '../pure/calendar/period.ts'
import type { DemandGrowth } from './wait-futures.ts'

/** Futures of demand that a wait is told along: growth matters little beside what capacity does. */
const FUTURES = 12
const SEED = 20_220_405
/** A growth beyond this in a month is no trend: it is kept out of the queue. */
const MOST = 0.08

/**
 * Growth of the national demand from month to month, without its season: that of the sum of twelve months. The futures are
 * those of the demand projected for every department, so that what is counted in one hall moves no wait by itself.
 */
export function demandGrowth(
  national: NationalVolumes,
  department: string,
  first: Month,
  last: Month,
): DemandGrowth {
  const model = nationalModel(national, department, last)
  const start = monthIndex(first)
  const { futures } = nationalFutures(model, FUTURES, SEED)
  return {
    first,
    futures: futures.map(({ national }) =>
      yearlyGrowth(
        COUNTER_TITLES.map(title => national[title]),
        start,
      ),
    ),
  }
}

/**
 * Growth of the log of twelve months around each month, from the month before, one value a month from `start` on; 0 where
 * twelve months are not known.
 *
 * Example: 100 a month for ever grows by 0; 100 a month then 112 once in a twelfth month grows by log(1212 ÷ 1200) once.
 */
export function yearlyGrowth(titles: readonly Float64Array[], start: number): Float64Array {
  const months = titles[0]?.length ?? 0
  const sums = new Float64Array(months + 1)
  for (let m = 0; m < months; m++)
    sums[m + 1] = sums[m]! + titles.reduce((sum, counts) => sum + (counts[m] ?? 0), 0)
  const year = (m: number) => (m - 5 < 0 || m + 7 > months ? Number.NaN : sums[m + 7]! - sums[m - 5]!)
  return Float64Array.from({ length: Math.max(0, months - start) }, (_, i) => {
    const growth = Math.log(year(start + i) / year(start + i - 1))
    return Number.isFinite(growth) ? Math.min(MOST, Math.max(-MOST, growth)) : 0
  })
}
