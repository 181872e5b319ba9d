import type { Lever, Range } from '../pure/figures/lever.ts'
import type { Source } from '../pure/law/dated.ts'
import { type Hall, type WeekHours, weekCapacity } from './hall-capacity.ts'

/** What the levers of waits change: the halls of a department by code, and how many users take the shortest wait. */
export interface WaitParameters {
  halls: ReadonlyMap<string, Hall>
  sharedShare: number
}

/** What a lever costs, with its source; an unknown cost is said to be unknown, never zero. */
export type Cost = { once: number; perYear: number; source: Source } | 'unknown'

/** A lever of waits, with its French name. */
export interface WaitLever extends Lever<WaitParameters> {
  code: string
  name: string
  cost: Cost
}

/** What is known of a lever in one place. Without a source its cost is unknown. */
export interface LeverTerms {
  amount: Range
  leadWeeks: number
  cost?: Cost
}

/** Cost of an enrolment station in 2019: installed, then run without its agents. 30,000 € was also quoted that year. */
export const STATION_COST: Cost = {
  once: 10_000,
  perYear: 16_000,
  source: { title: 'Coût d’un dispositif de recueil sans les agents, 2019 (ID.CiTé, a41763)' },
}

/** Online pre-applications for a further share of the requests; they gain time only if `minutesSaved` is known. */
export function preApplications(hall: string, minutesSaved: number, terms: LeverTerms): WaitLever {
  return lever('pre-applications', 'Pré-demandes en ligne', terms, hall, (h, share) => ({
    ...h,
    preApplicationShare: between(0, h.preApplicationShare + share, 1),
    minutesSavedByPreApplication: minutesSaved,
  }))
}

/** Fewer empty minutes between two appointments. */
export function shorterGap(hall: string, terms: LeverTerms): WaitLever {
  return lever('shorter-gap', 'Intervalle plus court entre rendez-vous', terms, hall, (h, minutes) => ({
    ...h,
    gapMinutes: Math.max(0, h.gapMinutes - minutes),
  }))
}

/** More hours of appointments a week at each station, over the days already open. */
export function moreHours(hall: string, terms: LeverTerms): WaitLever {
  return lever('more-hours', 'Horaires plus larges', terms, hall, (h, hours) => {
    const open = h.hours.filter(day => day > 0).length
    return { ...h, hours: h.hours.map(day => (day > 0 ? day + hours / open : 0)) as unknown as WeekHours }
  })
}

/** More stations, with the hours of the others. */
export function moreStations(hall: string, terms: LeverTerms): WaitLever {
  return lever('more-stations', 'Station supplémentaire', { cost: STATION_COST, ...terms }, hall, addStations)
}

/** A mobile station present at a hall; 0.4 is two days a week out of five. Give its decision an end. */
export function mobileStation(hall: string, terms: LeverTerms): WaitLever {
  return lever('mobile-station', 'Station mobile', terms, hall, addStations)
}

/** Agents for stations that lack them: hours come back with somebody to keep them, up to `longestWeek` hours. */
export function counterAgents(hall: string, longestWeek: number, terms: LeverTerms): WaitLever {
  return lever('counter-agents', 'Agents de guichet en plus', terms, hall, (h, hours) => {
    const now = weekCapacity(h).stationHours
    const then = Math.min(now + hours, longestWeek * h.stations)
    return now > 0 ? { ...h, hours: h.hours.map(day => (day * then) / now) as unknown as WeekHours } : h
  })
}

/** Booking in common: a further share of the users takes the shortest wait of the department. */
export function sharing({ amount, leadWeeks }: LeverTerms): Lever<WaitParameters> {
  return {
    amount,
    leadWeeks,
    change: (parameters, share) => ({
      ...parameters,
      sharedShare: between(0, parameters.sharedShare + share, 1),
    }),
  }
}

function addStations(hall: Hall, stations: number): Hall {
  return { ...hall, stations: Math.max(0, hall.stations + stations) }
}

function lever(
  code: string,
  name: string,
  { amount, leadWeeks, cost = 'unknown' }: LeverTerms,
  hall: string,
  change: (hall: Hall, amount: number) => Hall,
): WaitLever {
  return {
    code,
    name,
    amount,
    leadWeeks,
    cost,
    change: (parameters, value) => {
      const before = parameters.halls.get(hall)
      // A hall outside of the place asked for changes nothing of it.
      if (before === undefined) return parameters
      return { ...parameters, halls: new Map(parameters.halls).set(hall, change(before, value)) }
    },
  }
}

function between(low: number, value: number, high: number): number {
  return Math.min(high, Math.max(low, value))
}
