import { addMonths, type Month } from '../pure/calendar/period.ts'
import { groupBy } from '../pure/figures/group-by.ts'
import type { PathBand } from '../pure/numerics/series/path-band.ts'
import { isFirstSlot, monthValues, type WaitFact } from './wait-fact.ts'
import { pairOf, usualOf, type WaitPair } from './wait-hindcast.ts'
import { monthBand, type WaitNow } from './wait-now.ts'

/** What a run tells of: the wait of those who are seen, or the first free slot of a hall. */
export type RunClock = 'wait' | 'firstSlot'

/** A month as a run told it. */
export interface RunPoint {
  clock: RunClock
  month: Month
  band: Pick<PathBand, 'low90' | 'low50' | 'median' | 'high50' | 'high90'>
}

/** What a kept run said of one month, with the two forecasts that anybody could have made. */
export interface WaitClaim {
  run: string
  place: string
  asOf: string
  lastMonth: Month
  lastValue: number
  usualValue: number
  clock: RunClock
  month: Month
  low90: number
  median: number
  high90: number
}

/** Every month after the last one known, as it was told. */
export function runPoints(now: WaitNow): RunPoint[] {
  const { first, paths, firstSlot } = now.futures
  const clocks: RunClock[] = firstSlot === undefined ? ['wait'] : ['wait', 'firstSlot']
  return clocks.flatMap(clock =>
    Array.from({ length: paths[0]?.length ?? 0 }, (_, m): RunPoint => {
      const month = addMonths(first, m)
      return { clock, month, band: monthBand(now, month, 30, clock) }
    }),
  )
}

/**
 * What anybody could say on that day: the last wait known, and the geometric mean of those known; of the place itself, else
 * of its department, else of the nation, else of whatever was published around it.
 */
export function rivals({ place, state }: Pick<WaitNow, 'place' | 'state'>): {
  last: number
  usual: number
} {
  const near = [place.code, place.department, 'FR'].map(code => state.facts.filter(one => one.place === code))
  const values = monthValues(near.find(facts => facts.length > 0) ?? state.facts)
  return { last: values.at(-1)!.days, usual: usualOf(values) }
}

/** What kept runs said beside the facts that came later: a run speaks only of months after the last one that it knew. */
export function judged(claims: readonly WaitClaim[], facts: readonly WaitFact[]): WaitPair[] {
  const told = groupBy(facts, fact => `${fact.place} ${isFirstSlot(fact) ? 'firstSlot' : 'wait'}`)
  const came = new Map([...told].map(([key, own]) => [key, monthValues(own)]))
  return claims.flatMap(claim => {
    const value = came.get(`${claim.place} ${claim.clock}`)?.find(({ month }) => month === claim.month)
    if (value === undefined) return []
    const { lastMonth, month: _, ...said } = claim
    return [pairOf(value, { ...said, lastKnown: lastMonth })]
  })
}
