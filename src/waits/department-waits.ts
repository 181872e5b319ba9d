import type { Day } from '../pure/calendar/day.ts'
import { addMonths, type Month, monthNumber, monthOf, monthsOfQuarter } from '../pure/calendar/period.ts'
import type { HallOffer } from './hall-offer.ts'
import { LAST_QUARTER } from './wait-now.ts'

/** What the halls of a department offer and are asked, from the month of a day on. */
export interface DepartmentWaits {
  department: string
  asOf: Day
  /** Halls of the projected demand, in its order. */
  offers: readonly HallOffer[]
  /** Mean requests of each hall in each month, the first that of the day. */
  requests: ReadonlyMap<string, Float64Array>
}

/** Months from that of a day to the last one projected. */
export function monthsAhead(from: Day): Month[] {
  const first = monthOf(from)
  const count = monthNumber(monthsOfQuarter(LAST_QUARTER)[2]) - monthNumber(first) + 1
  return Array.from({ length: Math.max(0, count) }, (_, m) => addMonths(first, m))
}

/** Halls of a place: all of them for the department, else the one that it is. */
export function offersOf({ department, offers }: DepartmentWaits, place: string): readonly HallOffer[] {
  return place === department ? offers : offers.filter(offer => offer.insee === place)
}

/** Mean requests of a place in each month: those of its halls together. */
export function requestsOf(waits: DepartmentWaits, place: string): Float64Array {
  const own = offersOf(waits, place).flatMap(({ insee }) => waits.requests.get(insee) ?? [])
  return Float64Array.from(own[0] ?? [], (_, m) => own.reduce((sum, counts) => sum + counts[m]!, 0))
}
