import type { NationalVolumes } from '../demand/engine/national-volumes.ts'
import { apart } from '../io/apart.ts'
import type { Day } from '../pure/calendar/day.ts'
import { monthOf, type Quarter } from '../pure/calendar/period.ts'
import { remembered } from '../pure/figures/remembered.ts'
import { demandGrowth } from './demand-growth.ts'
import { withClosures } from './hall-closure.ts'
import { type HallLevers, hallLevers } from './hall-lever.ts'
import type { HallOffer } from './hall-offer.ts'
import { type WaitKnowledge, waitBands } from './median-wait.ts'
import { type Narrowing, narrowings } from './narrowing.ts'
import type { WaitFact } from './wait-fact.ts'
import { hindcastAt, hindcastDays, type WaitPair } from './wait-hindcast.ts'
import { type WaitNow, waitNow } from './wait-now.ts'
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

const told = remembered<WaitNow | undefined>(2)
const now = (question: WaitQuestion) =>
  told(question.key, () => {
    const { place, facts, volumes, closures, asOf, to } = question
    const growth = demandGrowth(volumes, place.department)
    const open = waitNow({ place, facts, growth, asOf, to })
    return open && withClosures(open, closures)
  })

const TASKS = {
  now,
  narrowings: (question: WaitQuestion): Narrowing[] => {
    const wait = now(question)
    return wait === undefined
      ? []
      : narrowings(wait, demandGrowth(question.volumes, question.place.department))
  },
  levers: ({ question, offer, at, limitDays }: LeversQuestion): HallLevers | undefined => {
    const wait = now(question)
    return wait && hallLevers(wait, offer, at, limitDays)
  },
  hallBands: ({ codes, asOf, ...knowledge }: WaitKnowledge & { codes: string[]; asOf: Day }) =>
    new Map([...waitBands(knowledge, asOf, codes, [monthOf(asOf)])].map(([code, [band]]) => [code, band!])),
  hindcast: ({ place, facts, volumes }: HindcastQuestion): WaitPair[] =>
    hindcastDays(place, facts).flatMap(day =>
      hindcastAt(place, facts, day, demandGrowth(volumes.get(day.asOf)!)),
    ),
}

/** Asks for the waits of a place in threads of their own: a tenth of a second to one of computing. */
export const askWaits = apart(import.meta.url, TASKS)
