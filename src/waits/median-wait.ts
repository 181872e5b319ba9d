import type { NationalVolumes } from '../demand/engine/national-volumes.ts'
import type { Day } from '../pure/calendar/day.ts'
import { type Month, quarterOf } from '../pure/calendar/period.ts'
import { remembered } from '../pure/figures/remembered.ts'
import type { PathBand } from '../pure/numerics/series/path-band.ts'
import { demandGrowth } from './demand-growth.ts'
import type { Closure } from './hall-capacity.ts'
import { withClosures } from './hall-closure.ts'
import type { WaitFact } from './wait-fact.ts'
import { monthBand, waitsNow } from './wait-now.ts'
import type { WaitPlace } from './wait-state.ts'

/** What the waits of a department and its halls stand on. */
export interface WaitKnowledge {
  place: WaitPlace
  facts: WaitFact[]
  volumes: NationalVolumes
  /** Closures announced at its halls. */
  closures: Closure[]
}

// A file is tried with and without: what stands without it is what stood with the one before.
const kept = remembered<Map<string, readonly PathBand[] | undefined>>(4)

/**
 * Waits of a department, or of some of its halls, in some months, in days: the figures that the page of each tells. Halls
 * of which nothing is published wait alike but for their closures, and the largest apart: they are drawn once.
 */
export function waitBands(
  { place, facts, volumes, closures }: WaitKnowledge,
  asOf: Day,
  codes: readonly string[],
  months: readonly Month[],
): Map<string, readonly PathBand[]> {
  const growth = demandGrowth(volumes, place.department)
  const own = new Set([place.code, place.largest, ...facts.map(fact => fact.place)])
  const known = kept(JSON.stringify([place, facts, volumes, closures, asOf, months]), () => new Map())
  const missing = codes.filter(code => !known.has(code))
  const alike = missing.find(code => !own.has(code) && place.halls.includes(code))
  const drawnFor = (code: string) => (own.has(code) || !place.halls.includes(code) ? code : alike!)
  const to = quarterOf(months.toSorted().at(-1)!)
  const drawn = waitsNow({ place, facts, growth, asOf, to }, [...new Set(missing.map(drawnFor))])
  for (const code of missing) {
    const open = drawn.get(drawnFor(code))
    const now = open && withClosures({ ...open, place: { ...open.place, code } }, closures)
    known.set(code, now && months.map(month => monthBand(now, month, 30)))
  }
  return new Map(
    codes.flatMap(code => {
      const told = known.get(code)
      return told === undefined ? [] : [[code, told] as const]
    }),
  )
}

/** Their medians alone. */
export function medianWaits(
  known: WaitKnowledge,
  asOf: Day,
  codes: readonly string[],
  months: readonly Month[],
): Map<string, number[]> {
  const bands = waitBands(known, asOf, codes, months)
  return new Map([...bands].map(([code, own]) => [code, own.map(({ median }) => median ?? Number.NaN)]))
}
