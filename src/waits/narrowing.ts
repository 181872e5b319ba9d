import { addMonths, monthOf, quarterOf } from '../pure/calendar/period.ts'
import { withClosures } from './hall-closure.ts'
import type { WaitFact } from './wait-fact.ts'
import type { DemandGrowth } from './wait-futures.ts'
import { monthBand, type WaitNow, waitNow } from './wait-now.ts'

/** What one more value would give. */
export interface Narrowing {
  what: string
  place: string
  to: { p05: number; p95: number }
}

/** What one value of last month would make of the band of the day: of the place itself, of its department, of the nation. */
export function narrowings(now: WaitNow, growth: DemandGrowth | undefined): Narrowing[] {
  const { place, asOf, state, closures = [] } = now
  const month = addMonths(monthOf(asOf), -1)
  const wanted = [
    { code: place.code, what: 'own-month' },
    ...(place.kind === 'hall' && place.department
      ? [{ code: place.department, what: 'department-month' }]
      : []),
    ...(place.kind === 'nation' ? [] : [{ code: 'FR', what: 'nation-month' }]),
  ]
  return wanted.flatMap(({ code, what }) => {
    const days = monthBand(now, month, 30).median
    if (days === undefined) return []
    const seen: WaitFact = {
      place: code,
      period: month,
      granularity: 'month',
      days,
      clock: 'appointment-as-published',
      unit: 'unspecified-day',
      status: 'observed',
      source: '',
      document: '',
      publishedOn: asOf,
    }
    const open = waitNow({ place, facts: [...state.facts, seen], growth, asOf, to: quarterOf(asOf) })
    const band = open && monthBand(withClosures(open, closures), monthOf(asOf), 30)
    if (band?.low90 === undefined || band.high90 === undefined) return []
    return [{ what, place: code, to: { p05: band.low90, p95: band.high90 } }]
  })
}
