import type { DemandSample } from '../demand/demand-sample.ts'
import type { NationalVolumes } from '../demand/engine/national-volumes.ts'
import { apart } from '../io/apart.ts'
import type { Day } from '../pure/calendar/day.ts'
import { type Quarter, quarterOf } from '../pure/calendar/period.ts'
import { remembered } from '../pure/figures/remembered.ts'
import { newCardRule } from '../pure/law/identity-card.ts'
import { demandGrowth } from './demand-growth.ts'
import { meanRequests } from './department-waits.ts'
import { withClosures } from './hall-closure.ts'
import { type HallLevers, hallLevers } from './hall-lever.ts'
import type { HallOffer } from './hall-offer.ts'
import { FEW_PATHS, medianNow, type WaitKnowledge } from './median-wait.ts'
import type { WaitFact } from './wait-fact.ts'
import type { DemandGrowth } from './wait-futures.ts'
import { hindcastAt, hindcastDays, type WaitPair } from './wait-hindcast.ts'
import { type Narrowing, narrowings, type WaitNow, waitNow } from './wait-now.ts'
import type { WaitPlace } from './wait-state.ts'

/** What the wait of a place is told from, and how far. */
export interface WaitQuestion extends WaitKnowledge {
  /** A digest of all the rest: the same key, the same answer. */
  key: string
  asOf: Day
  to: Quarter
}

/** The waits of a place, with the volumes known on each day on which one of them became known. */
export interface HindcastQuestion {
  place: WaitPlace
  facts: WaitFact[]
  volumes: ReadonlyMap<Day, NationalVolumes>
}

/** The levers of a hall, read in a quarter. */
export interface LeversQuestion {
  question: WaitQuestion
  offer: HallOffer
  at: Quarter
  limitDays: number
}

// Departments differ by the wave in which they received the new card, and by nothing else.
const growths = remembered<DemandGrowth | undefined>(8)
const growthOf = (volumes: NationalVolumes, department: string | undefined) =>
  growths(JSON.stringify([volumes, newCardRule(department).from]), () => demandGrowth(volumes, department))

const told = remembered<WaitNow | undefined>(2)
const now = (question: WaitQuestion) =>
  told(question.key, () => {
    const { place, facts, volumes, closures, asOf, to } = question
    const open = waitNow(place, facts, growthOf(volumes, place.department), asOf, to)
    return open && withClosures(open, closures)
  })

const TASKS = {
  now,
  narrowings: (question: WaitQuestion): Narrowing[] => {
    const wait = now(question)
    return wait === undefined ? [] : narrowings(wait, growthOf(question.volumes, question.place.department))
  },
  meanRequests: ({ sample, from }: { sample: DemandSample; from: Day }) => meanRequests(sample, from),
  levers: ({ question, offer, at, limitDays }: LeversQuestion): HallLevers | undefined => {
    const wait = now(question)
    return wait && hallLevers(wait, offer, at, limitDays)
  },
  hallMedians: ({
    place,
    facts,
    volumes,
    closures,
    asOf,
  }: WaitKnowledge & { asOf: Day }): Map<string, number> => {
    const growth = growthOf(volumes, place.department)
    const seen = new Set(facts.map(fact => fact.place))
    return new Map(
      place.halls.flatMap(code => {
        if (!seen.has(code)) return []
        const hall = { ...place, code, kind: 'hall' as const }
        const own = waitNow(hall, facts, growth, asOf, quarterOf(asOf), FEW_PATHS)
        return own === undefined ? [] : [[code, medianNow(withClosures(own, closures))] as const]
      }),
    )
  },
  hindcast: ({ place, facts, volumes }: HindcastQuestion): WaitPair[] =>
    hindcastDays(place, facts).flatMap(day =>
      hindcastAt(place, facts, day, growthOf(volumes.get(day.asOf)!, undefined)),
    ),
}

/** Asks for the waits of a place in threads of their own: a tenth of a second to one of computing. */
export const askWaits = apart(import.meta.url, TASKS)
