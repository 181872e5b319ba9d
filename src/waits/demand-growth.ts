import { nationalModel } from '../demand/engine/cohort-path.ts'
import { nationalFutures } from '../demand/engine/national-future.ts'
import { COUNTER_TITLES } from '../demand/engine/national-issues.ts'
import type { NationalVolumes } from '../demand/engine/national-volumes.ts'
import { monthIndex } from '../demand/engine/simulated-month.ts'
import { remembered } from '../pure/figures/remembered.ts'
import { newCardRule } from '../pure/law/identity-card.ts'
import type { DemandGrowth } from './wait-futures.ts'

/** Futures of demand that a wait is told along: growth matters little beside what capacity does. */
const FUTURES = 12
const SEED = 20_220_405
/** A growth beyond this in a month is no trend: it is kept out of the queue. */
const MOST = 0.08

/** The law of most departments: theirs differs by the month of the new card only. */
const USUAL_LAW = '75'
const FIRST_MONTH = '2010-01'
/** Last month to which demand, and so a wait, is projected. */
const LAST_MONTH = '2033-12'

// Departments differ by the wave in which they received the new card, and by nothing else.
const kept = remembered<DemandGrowth | undefined>(8)

/**
 * Growth of the national demand from month to month, without its season: that of the sum of twelve months. The futures are
 * those of the demand projected for every department, so that what is counted in one hall moves no wait by itself. What is
 * measured and what is served both come from here.
 *
 * @returns `undefined` where no volume of one of the titles is known.
 */
export function demandGrowth(national: NationalVolumes, department = USUAL_LAW): DemandGrowth | undefined {
  if (COUNTER_TITLES.some(title => national.volumes[title].length === 0)) return undefined
  return kept(JSON.stringify([national, newCardRule(department).from]), () => grown(national, department))
}

function grown(national: NationalVolumes, department: string): DemandGrowth {
  const model = nationalModel(national, department, LAST_MONTH)
  const { futures } = nationalFutures(model, FUTURES, SEED)
  return {
    first: FIRST_MONTH,
    futures: futures.map(({ national: issued }) =>
      yearlyGrowth(
        COUNTER_TITLES.map(title => issued[title]),
        monthIndex(FIRST_MONTH),
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
