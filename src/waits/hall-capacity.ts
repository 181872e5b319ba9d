import { type Day, dayNumber, dayOfNumber, weekday } from '../pure/calendar/day.ts'
import { smallest } from '../pure/numerics/extremes.ts'

/** Hours of each day of the week, Monday first. */
export type WeekHours = readonly [number, number, number, number, number, number, number]

/** Days, both included, on which a share of the appointments of a hall is not offered; 1 closes it. August is one of these. */
export interface Closure {
  hall: string
  from: Day
  to: Day
  share: number
}

/** How a town hall turns time into requests received. One request is one person and one title. */
export interface Hall {
  /** Enrolment stations that take appointments. */
  stations: number
  /** Hours that each station takes appointments, in an ordinary week. */
  hours: WeekHours
  minutesPerPerson: number
  /** Empty minutes between two appointments. */
  gapMinutes: number
  /** Share of requests with an online pre-application, and minutes it saves: no source gives them, 0 claims nothing. */
  preApplicationShare: number
  minutesSavedByPreApplication: number
  /** Handing a title over takes the same station, once for each request. */
  handOverMinutes: number
  closures: readonly Closure[]
}

/** A hall from what is known of it; everything not said claims nothing (no gap, no saving, no hand-over, no closure). */
export function hallOf(known: Pick<Hall, 'stations' | 'hours' | 'minutesPerPerson'> & Partial<Hall>): Hall {
  return {
    gapMinutes: 0,
    preApplicationShare: 0,
    minutesSavedByPreApplication: 0,
    handOverMinutes: 0,
    closures: [],
    ...known,
  }
}

/** The same hours from Monday to Friday: the convention when only a number of hours a week is known. */
export function evenWeek(hours: number): WeekHours {
  const day = hours / 5
  return [day, day, day, day, day, 0, 0]
}

/**
 * Requests that a hall can receive in an ordinary week, and the hours of its stations together:
 * stations × hours × 60 ÷ (per person + gap − pre-application share × minutes saved + hand-over).
 *
 * Examples: 400 stations of 35 hours at 20 minutes, 42,000 a week (50,000 were announced in May 2022, which needs 16.8
 * minutes); 1 station of 30 hours at 15 minutes, 120; with 3 minutes of hand-over each, 100.
 *
 * @throws RangeError when a request would take no time.
 */
export function weekCapacity(hall: Hall): { requests: number; stationHours: number } {
  const stationHours = hall.stations * hall.hours.reduce((sum, hours) => sum + hours, 0)
  const minutes =
    hall.minutesPerPerson +
    hall.gapMinutes -
    hall.preApplicationShare * hall.minutesSavedByPreApplication +
    hall.handOverMinutes
  if (!(minutes > 0)) throw new RangeError(`a request would take ${minutes} minutes`)
  return { requests: (stationHours * 60) / minutes, stationHours }
}

/**
 * Requests that a hall can receive on each calendar day from `from` to `to`, both included: its week shared by opening
 * hours, nothing on public holidays, less during closures.
 */
export function dailySlots(hall: Hall, from: Day, to: Day, isHoliday: (day: Day) => boolean): Float64Array {
  const { requests, stationHours } = weekCapacity(hall)
  const first = dayNumber(from)
  return Float64Array.from({ length: Math.max(0, dayNumber(to) - first + 1) }, (_, i) => {
    const day = dayOfNumber(first + i)
    const hours = hall.hours[weekday(day) - 1]!
    if (hours <= 0 || isHoliday(day)) return 0
    return (requests / stationHours) * hours * hall.stations * openShare(hall.closures, day)
  })
}

/** Share of the appointments of a hall that it offers on a day, the least that its closures leave. */
export function openShare(closures: readonly Closure[], day: Day): number {
  return smallest(
    closures.map(({ from, to, share }) => (from <= day && day <= to ? 1 - share : 1)),
    1,
  )
}
