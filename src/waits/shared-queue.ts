import { fillEvenly } from '../pure/numerics/optimisation/water-filling.ts'

/** Days over which the pace of a hall is judged when choosing where to go. */
const PACE_DAYS = 28

/**
 * Backlogs of halls between which a share of the users chooses: each day the rest goes to its own hall, and that share to
 * the halls where the wait is shortest, until they are even. 0 is each hall alone. 1 is close to one queue for all, but
 * those already booked stay where they are.
 *
 * Example: halls of 10 slots a day receive 12 and 8. Alone, the first has 20 booked too many after ten days. With a tenth
 * of the users free to choose, 2 a day go to the second: 8 remain.
 *
 * @param reached running totals of the slots of each hall. @returns one backlog path per hall, as `backlogPath` gives.
 */
export function sharedBacklogs(
  start: readonly number[],
  demand: readonly ArrayLike<number>[],
  reached: readonly Float64Array[],
  sharedShare: number | ArrayLike<number>,
): Float64Array[] {
  const days = demand[0]?.length ?? 0
  const backlogs = start.map(requests => {
    const path = new Float64Array(days + 1)
    path[0] = requests
    return path
  })
  for (let day = 0; day < days; day++) {
    const share = typeof sharedShare === 'number' ? sharedShare : (sharedShare[day] ?? 0)
    let free = 0
    const own = demand.map((requests, hall) => {
      free += requests[day]! * share
      return backlogs[hall]![day]! + requests[day]! * (1 - share)
    })
    const pace = reached.map(
      total => total[Math.min(day + PACE_DAYS, total.length - 1)]! - total[Math.min(day, total.length - 1)]!,
    )
    const chosen = fillEvenly(own, pace, free)
    const lost = free > 0 && pace.every(p => p <= 0)
    for (const [hall, path] of backlogs.entries()) {
      const slots = (reached[hall]![day + 1] ?? 0) - (reached[hall]![day] ?? 0)
      const arrived = lost ? demand[hall]![day]! * share : chosen[hall]!
      path[day + 1] = Math.max(0, own[hall]! + arrived - slots)
    }
  }
  return backlogs
}
