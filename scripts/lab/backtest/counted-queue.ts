import { RESPONSE_PRIOR } from '../../../src/pure/numerics/queues/responsive-queue.ts'

/** One quarter of a list whose flows are counted: who came, who was served, who waits at its end. */
export interface CountedQuarter {
  came: number
  served: number
  waiting: number
}

/** A list of a later quarter; the wait is in quarters of service, `waiting ÷ served`. */
export interface ProjectedList {
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
