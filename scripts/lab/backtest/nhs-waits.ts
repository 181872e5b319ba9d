import { type CountedQuarter, projectedLists } from './counted-queue.ts'
import type { FlowMonth } from './nhs-flows.ts'

/** Errors of the wait of regions told from their counted flows, beside the last wait carried. */
export interface FlowWaitScore {
  quartersAhead: number
  pairs: number
  logError: number
  lastValueLogError: number
}

/** Quarters that the share of leavers is learned from before the first origin. */
const LEARNED = 4
const AHEAD = [1, 4]

/** Months summed by three from the first one; a quarter that is not whole is left aside. */
export function countedQuarters(months: readonly FlowMonth[]): CountedQuarter[] {
  return Array.from({ length: Math.floor(months.length / 3) }, (_, q) => {
    const three = months.slice(3 * q, 3 * q + 3)
    return {
      came: three.reduce((sum, month) => sum + month.arrivals, 0),
      served: three.reduce((sum, month) => sum + month.completions, 0),
      waiting: three[2]!.backlog,
    }
  })
}

/** The wait in quarters of service, `waiting ÷ served`, foretold one and four quarters ahead from each quarter of each region. */
export function flowWaitScores(regions: ReadonlyMap<string, readonly FlowMonth[]>): FlowWaitScore[] {
  return AHEAD.map(quartersAhead => {
    const errors: number[] = []
    const carried: number[] = []
    for (const months of regions.values()) {
      const quarters = countedQuarters(months).filter(one => one.served > 0 && one.waiting > 0)
      for (let origin = LEARNED; origin + quartersAhead < quarters.length; origin++) {
        const came = quarters[origin + quartersAhead]!
        const list = projectedLists(quarters.slice(0, origin + 1), quartersAhead).at(-1)!
        const fact = Math.log(came.waiting / came.served)
        errors.push(Math.abs(Math.log(list.waiting / list.served) - fact))
        carried.push(Math.abs(Math.log(quarters[origin]!.waiting / quarters[origin]!.served) - fact))
      }
    }
    return {
      quartersAhead,
      pairs: errors.length,
      logError: mean(errors),
      lastValueLogError: mean(carried),
    }
  })
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
}
