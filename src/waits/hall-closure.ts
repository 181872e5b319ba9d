import { addDays, type Day } from '../pure/calendar/day.ts'
import { addMonths, firstDay, lastDay, type Month, monthNumber, monthOf } from '../pure/calendar/period.ts'
import { isWorkingDay, workingDaysIn } from '../pure/calendar/working-days.ts'
import { LONGEST_DAYS, MONTH_DAYS } from '../pure/numerics/queues/responsive-queue.ts'
import { type Closure, openShare } from './hall-capacity.ts'
import type { WaitNow } from './wait-now.ts'

/** Months after the last one told in which a wait can end. */
const MONTHS_AFTER = Math.ceil(LONGEST_DAYS / MONTH_DAYS)

/**
 * The futures of a hall that will be closed: who would have been received then stands behind the others, and everybody waits
 * through the days on which it is closed. With `c` the share of a month's working days that is closed, in days of open doors:
 *
 *     left behind   e′ = (1 − k) e + 30.4 c,  k = 1 − (1 − κ)^(1/3), the pace at which slots make good any other change
 *     wait          the time in which W + e open days go by
 *
 * A month is told the same however far the futures go: closures are waited through beyond their end.
 *
 * Example: 16 days of wait and κ = 0, a month closed: 46 days at its end, and 46 a month before, as it must be waited through.
 */
export function withClosures(now: WaitNow, announced: readonly Closure[]): WaitNow {
  const { asOf, futures } = now
  const closures = announced.filter(({ hall, to }) => hall === now.place.code && to > asOf)
  if (closures.length === 0) return now
  const first = monthOf(asOf) < futures.first ? monthOf(asOf) : futures.first
  const before = monthNumber(futures.first) - monthNumber(first)
  const months = before + (futures.paths[0]?.length ?? 0) + MONTHS_AFTER
  const closed = Array.from({ length: months }, (_, m) => closedShare(closures, addMonths(first, m), asOf))
  if (closed.every(share => share === 0)) return now
  const moved = (paths: readonly Float64Array[]) =>
    paths.map((path, p) => {
      const left = (1 - futures.queues[p]!.response.kappa) ** (1 / 3)
      let behind = 0
      const after = closed.map(share => {
        behind = left * behind + MONTH_DAYS * share
        return behind
      })
      return path.map((days, i) => {
        const m = before + i
        return Math.min(LONGEST_DAYS, waitThrough(days + after[m]!, closed, m + 1))
      })
    })
  return {
    ...now,
    closures,
    futures: {
      ...futures,
      paths: moved(futures.paths),
      firstSlot: futures.firstSlot && moved(futures.firstSlot),
    },
  }
}

/** The time in which some open days go by, closed shares of the months from one on being known. Example: 16 days, a month closed: 46.4. */
export function waitThrough(openDays: number, closed: readonly number[], from = 0): number {
  let left = openDays
  let m = from
  for (; m < closed.length; m++) {
    const open = MONTH_DAYS * (1 - closed[m]!)
    if (left <= open) return MONTH_DAYS * (m - from + left / open)
    left -= open
  }
  return MONTH_DAYS * (m - from) + left
}

/** Share of the working days of a month that will be closed, those behind a day left out. */
function closedShare(closures: readonly Closure[], month: Month, asOf: Day): number {
  let closed = 0
  for (let day = firstDay(month); day <= lastDay(month); day = addDays(day, 1))
    if (day > asOf && isWorkingDay(day)) closed += 1 - openShare(closures, day)
  return closed / workingDaysIn(month)
}
