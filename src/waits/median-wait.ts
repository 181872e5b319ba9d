import type { NationalVolumes } from '../demand/engine/national-volumes.ts'
import type { Day } from '../pure/calendar/day.ts'
import { addMonths, firstDay, monthOf, quarterOf } from '../pure/calendar/period.ts'
import { demandGrowth } from './demand-growth.ts'
import { withClosures } from './hall-closure.ts'
import type { WaitFact } from './wait-fact.ts'
import { type HallClosure, monthBand, type WaitNow, waitNow } from './wait-now.ts'
import type { WaitPlace } from './wait-state.ts'

/** What the waits of a department and its halls stand on. */
export interface WaitKnowledge {
  place: WaitPlace
  facts: WaitFact[]
  volumes: NationalVolumes
  /** Closures announced at its halls. */
  closures: HallClosure[]
}

/** Futures that a median needs. */
export const FEW_PATHS = 150

/** Median waits of a department and of those of its halls of which something is known: of the day, and a year later. */
export function medianWaits(
  { place, facts, volumes, closures }: WaitKnowledge,
  asOf: Day,
): Map<string, { now: number; later: number }> {
  const growth = demandGrowth(volumes, place.department)
  const own = new Set(facts.map(fact => fact.place))
  const closing = new Set(closures.map(({ hall }) => hall))
  const later = addMonths(monthOf(asOf), 12)
  const told = (of: WaitPlace) => waitNow(of, facts, growth, asOf, quarterOf(firstDay(later)), FEW_PATHS)
  const whole = told(place)
  const medians = new Map<string, { now: number; later: number }>()
  for (const code of [place.code, ...place.halls.filter(hall => own.has(hall) || closing.has(hall))]) {
    // A hall of which nothing is published waits like its department, but for its own closures.
    const hall = { ...place, code, kind: 'hall' as const }
    const open = code === place.code ? whole : own.has(code) ? told(hall) : whole && { ...whole, place: hall }
    const now = open && withClosures(open, closures)
    const median = now && monthBand(now, later, 30).median
    if (now && median !== undefined) medians.set(code, { now: medianNow(now), later: median })
  }
  return medians
}

/** Median wait of the day. */
export function medianNow(now: WaitNow): number {
  return monthBand(now, now.asOf.slice(0, 7), 30).median ?? Number.NaN
}
