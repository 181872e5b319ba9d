import type { Lever, Range } from '../pure/figures/lever.ts'
import { PLAN_STATION_HOURS } from '../pure/law/targets.ts'
import { type Hall, type WeekHours, weekCapacity } from './hall-capacity.ts'

/** What the levers of waits change: the halls of a department by code, and how many users take the shortest wait. */
export interface WaitParameters {
  halls: ReadonlyMap<string, Hall>
  sharedShare: number
}

/** What is known of a lever in one place; the minutes that a pre-application saves have no source. */
export interface LeverTerms {
  amount: Range
  leadWeeks: number
  minutesSaved?: number | undefined
}

const addStations = (hall: Hall, stations: number): Hall => ({
  ...hall,
  stations: Math.max(0, hall.stations + stations),
})

const withHours = (hall: Hall, of: (day: number) => number): Hall => ({
  ...hall,
  hours: hall.hours.map(of) as unknown as WeekHours,
})

/**
 * The levers of a hall, and what an amount of each changes there. Hours are added over the days already open; a new station has
 * those of the others; 0.4 of a mobile station is two days a week out of five (give its decision an end); agents bring back
 * hours of stations that lack them, up to those of the plan of May 2022.
 */
export const HALL_LEVERS = {
  'pre-applications': {
    name: 'Pré-demandes en ligne',
    change: (hall, share, minutesSaved) => ({
      ...hall,
      preApplicationShare: between(0, hall.preApplicationShare + share, 1),
      minutesSavedByPreApplication: minutesSaved,
    }),
  },
  'shorter-gap': {
    name: 'Intervalle plus court entre rendez-vous',
    change: (hall, minutes) => ({ ...hall, gapMinutes: Math.max(0, hall.gapMinutes - minutes) }),
  },
  'more-hours': {
    name: 'Horaires plus larges',
    change: (hall, hours) => {
      const open = hall.hours.filter(day => day > 0).length
      return withHours(hall, day => (day > 0 ? day + hours / open : 0))
    },
  },
  'more-stations': { name: 'Station supplémentaire', change: addStations },
  'mobile-station': { name: 'Station mobile', change: addStations },
  'counter-agents': {
    name: 'Agents de guichet en plus',
    change: (hall, hours) => {
      const now = weekCapacity(hall).stationHours
      const then = Math.min(now + hours, PLAN_STATION_HOURS.values[0].value * hall.stations)
      return now > 0 ? withHours(hall, day => (day * then) / now) : hall
    },
  },
} as const satisfies Record<
  string,
  { name: string; change: (hall: Hall, amount: number, minutesSaved: number) => Hall }
>

/** Code of a lever of one hall. */
export type HallLeverCode = keyof typeof HALL_LEVERS

/** A lever at one hall; a hall outside of the place asked for changes nothing of it. */
export function hallLever(
  code: HallLeverCode,
  insee: string,
  { amount, leadWeeks, minutesSaved = 0 }: LeverTerms,
): Lever<WaitParameters> {
  return {
    amount,
    leadWeeks,
    change: (parameters, value) => {
      const hall = parameters.halls.get(insee)
      if (hall === undefined) return parameters
      const changed = HALL_LEVERS[code].change(hall, value, minutesSaved)
      return { ...parameters, halls: new Map(parameters.halls).set(insee, changed) }
    },
  }
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

function between(low: number, value: number, high: number): number {
  return Math.min(high, Math.max(low, value))
}
