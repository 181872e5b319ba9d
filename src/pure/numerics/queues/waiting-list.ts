import type { Day } from '../../calendar/day.ts'

/** People waiting at the end of a day: those referred by then and not removed by then. */
export function listOn(referrals: readonly Day[], removals: readonly Day[], day: Day): number {
  const until = (days: readonly Day[]) => days.filter(one => one <= day).length
  return until(referrals) - until(removals)
}

/** A referral, and the day on which it is or was served; `undefined` when no slot is left. */
export interface Served {
  referral: Day
  served: Day | undefined
}

/**
 * Gives slots to those who wait, first referred first; a slot serves nobody referred after it and is then lost.
 *
 * Example: referred on 4, 10 and 16 January, slots on 3, 5 and 18 January: the 3rd is lost, the first is served on the
 * 5th, the second on the 18th, the third is not.
 */
export function fillSlots(referrals: readonly Day[], slots: readonly Day[]): Served[] {
  const free = [...slots].sort()
  let next = 0
  return [...referrals].sort().map(referral => {
    while (next < free.length && free[next]! < referral) next++
    const served = free[next]
    if (served !== undefined) next++
    return { referral, served }
  })
}
