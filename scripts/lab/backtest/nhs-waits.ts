import { RESPONSE_PRIOR } from '../../../src/pure/numerics/queues/responsive-queue.ts'
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

/** One quarter of a list whose flows are counted: who came, who was served, who waits at its end. */
interface CountedQuarter {
  came: number
  served: number
  waiting: number
}

/** A list of a later quarter; the wait is in quarters of service, `waiting ÷ served`. */
interface ProjectedList {
  waiting: number
  served: number
}

/**
 * Share of a list that leaves it in a quarter without being served, learned from its balance
 * `B′ = B (1 − r) + came − served`: the mean of past quarters, weights halved back in time.
 *
 * Example: 100 waiting, 30 come, 20 are served, 100 wait: 10 of the 100 left, r = .1.
 */
export function leavingShare(quarters: readonly CountedQuarter[]): number {
  let sum = 0
  let weights = 0
  quarters.forEach(({ came, served, waiting }, i) => {
    const before = quarters[i - 1]?.waiting
    if (before === undefined || before <= 0) return
    const weight = 0.5 ** (quarters.length - 1 - i)
    sum += (weight * (before + came - served - waiting)) / before
    weights += weight
  })
  return weights > 0 ? sum / weights : 0
}

/**
 * The list after each of the next quarters: those who come stay as many, capacity answers the overload that remains once
 * those who leave are counted, by κ and λ of the responsive queue.
 */
export function projectedLists(quarters: readonly CountedQuarter[], ahead: number): ProjectedList[] {
  const last = quarters.at(-1)
  if (last === undefined) return []
  const leaving = leavingShare(quarters)
  const usual = last.waiting / last.served
  const lists: ProjectedList[] = []
  let { waiting, served } = last
  for (let quarter = 0; quarter < ahead; quarter++) {
    const overload = Math.log(Math.max(1, last.came - leaving * waiting) / served)
    const above = Math.log(waiting / served / usual)
    waiting = Math.max(1, waiting * (1 - leaving) + last.came - served)
    served *= Math.exp(RESPONSE_PRIOR.kappa.mean * overload + RESPONSE_PRIOR.lambda.mean * above)
    lists.push({ waiting, served })
  }
  return lists
}
