import { type Closure, evenWeek, type Hall, hallOf, type WeekHours } from './hall-capacity.ts'

/** What is assumed of a hall whose stations or hours nobody imported; each line is shown with its origin. */
export const HALL_ASSUMPTIONS = {
  minutesPerPerson: {
    value: 15,
    origin: 'Durée recommandée d’un rendez-vous (instruction d’avril 2022)',
  },
  gapMinutes: {
    value: 5,
    origin: 'Écart entre les 15 minutes recommandées et les 20 minutes au plus du plan de mai 2022',
  },
  stations: { value: 1, origin: 'Hypothèse : nombre de stations non publié' },
} as const

/** Weeks of a year in which a hall is open as usual: 251 working days. */
export const OPEN_WEEKS = 50

/**
 * Requests that a station receives in a week where its hours are not known, with both ends: 20, 30 and 35 hours at 22, 20 and
 * 15 minutes. A certification of the digital identity at the hand-over counts as the grant does, a tenth of a request.
 */
const STATION_WEEK = {
  low: (20 * 60) / 22,
  slots: (30 * 60) / 20,
  high: (35 * 60) / 15,
  origin:
    'Horaires non importés : de 20 à 35 h par station (30 h demandées à une station nouvelle, 35 h au plan de mai 2022 ; 20 h : hypothèse), de 15 minutes par demande à 22 (20 au plus, et 2 pour certifier l’identité numérique à la remise, depuis mars 2025)',
}

/** Slots of an ordinary week, estimated where they cannot be counted: the likely number, both ends, and where it comes from. */
export interface EstimatedWeek {
  slots: number
  low: number
  high: number
  origin: string
}

/**
 * What a hall offers in a week when its hours were not imported: by its stations where they are known, or else what it is asked,
 * as slots follow requests. Example: two stations, 109 to 280 requests, 180 being likely.
 */
export function estimatedWeek(
  stations: number | undefined,
  asked: Omit<EstimatedWeek, 'origin'>,
): EstimatedWeek {
  if (!stations)
    return {
      ...asked,
      origin: 'Stations et horaires non importés : créneaux supposés à la mesure des demandes',
    }
  const { low, slots, high, origin } = STATION_WEEK
  return { low: stations * low, slots: stations * slots, high: stations * high, origin }
}

/** Hours of stations on one day of the week; `stations` is `null` for all of them. */
export interface OpeningSlot {
  weekday: number
  opens: string
  closes: string
  stations: number | null
}

/** What is known of an equipped hall. */
export interface KnownHall {
  insee: string
  name: string
  stations: number | undefined
  /** Hours of each station on each day of the week; `undefined` when they were not imported. */
  hours: WeekHours | undefined
  closures: readonly Closure[]
  withoutAppointment: boolean
}

/** A hall with the week that it offers: imported, or implied by the requests that it receives. */
export interface HallOffer extends KnownHall {
  hall: Hall
  capacity: 'imported' | 'implied'
}

/** Hours of each station on each day of the week; `undefined` without any slot or any known station. */
export function hoursPerStation(
  slots: readonly OpeningSlot[],
  stations: number | undefined,
): WeekHours | undefined {
  if (slots.length === 0 || !stations) return undefined
  const hours: [number, number, number, number, number, number, number] = [0, 0, 0, 0, 0, 0, 0]
  for (const { weekday, opens, closes, stations: served } of slots) {
    hours[weekday - 1]! += ((minutes(closes) - minutes(opens)) / 60) * ((served ?? stations) / stations)
  }
  return hours
}

/**
 * What a hall offers. Where hours were not imported, its week is the one that receives what is asked: slots follow
 * requests, and how far behind they are stands in the state of the queue.
 *
 * Example: 90 requests a week at 20 minutes each are 30 hours of one station.
 */
export function hallOffer(known: KnownHall, requestsPerWeek: number): HallOffer {
  const { minutesPerPerson, gapMinutes, stations: assumed } = HALL_ASSUMPTIONS
  const stations = Math.max(1, known.stations ?? assumed.value)
  const imported = known.stations !== undefined && known.stations > 0 && known.hours !== undefined
  const perHour = 60 / (minutesPerPerson.value + gapMinutes.value)
  return {
    ...known,
    capacity: imported ? 'imported' : 'implied',
    hall: hallOf({
      stations,
      hours: (imported ? known.hours : undefined) ?? evenWeek(requestsPerWeek / perHour / stations),
      minutesPerPerson: minutesPerPerson.value,
      gapMinutes: gapMinutes.value,
      closures: known.closures,
    }),
  }
}

function minutes(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
}
