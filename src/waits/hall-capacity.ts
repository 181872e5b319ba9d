import { type Day, dayNumber, dayOfNumber, weekday } from '../pure/calendar/day.ts'

/** Hours of each day of the week, Monday first. */
export type WeekHours = readonly [number, number, number, number, number, number, number]

/** Days on which a share of the appointments is not offered; 1 closes the hall. August is one of these. */
export interface Closure {
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
  /** An appointment of k persons takes `minutesPerAppointment + k × minutesPerPerson`. */
  minutesPerAppointment: number
  minutesPerPerson: number
  personsPerAppointment: number
  /** Empty minutes between two appointments. */
  gapMinutes: number
  /** Share of requests with an online pre-application, and minutes it saves: no source gives them, 0 claims nothing. */
  preApplicationShare: number
  minutesSavedByPreApplication: number
  /** Share of appointments not honoured, and share of those given to somebody else. */
  noShowShare: number
  refilledShare: number
  /** Handing titles over takes the same station: minutes each, and how many a week. */
  handOverMinutes: number
  titlesHandedOverPerWeek: number | 'as-many-as-requests'
  closures: readonly Closure[]
}

/** A hall from what is known of it; everything not said claims nothing (no gap, no absence, no saving, no closure). */
export function hallOf(known: Pick<Hall, 'stations' | 'hours' | 'minutesPerPerson'> & Partial<Hall>): Hall {
  return {
    minutesPerAppointment: 0,
    personsPerAppointment: 1,
    gapMinutes: 0,
    preApplicationShare: 0,
    minutesSavedByPreApplication: 0,
    noShowShare: 0,
    refilledShare: 0,
    handOverMinutes: 0,
    titlesHandedOverPerWeek: 'as-many-as-requests',
    closures: [],
    ...known,
  }
}

/** The same hours from Monday to Friday: the convention when only a number of hours a week is known. */
export function evenWeek(hours: number): WeekHours {
  const day = hours / 5
  return [day, day, day, day, day, 0, 0]
}

/** What a hall offers in an ordinary week. */
export interface WeekCapacity {
  requests: number
  appointments: number
  minutesPerRequest: number
  stationHours: number
}

/**
 * Requests that a hall can receive in an ordinary week:
 * stations × hours × 60, less the time of hand-overs, ÷ minutes per request × (1 − no-show × (1 − refilled)), where
 * minutes per request = (fixed + gap) ÷ persons + per person − pre-application share × minutes saved.
 *
 * Hand-overs as numerous as requests solve `requests × (minutes ÷ kept + hand-over) = time`. Examples: 400 stations of 35
 * hours at 20 minutes, 42,000 a week (50,000 were announced in May 2022, which needs 16.8 minutes); 1 station of 30 hours
 * at 15 minutes, 120; with 3 minutes of hand-over each, 100.
 *
 * @throws RangeError when a request would take no time.
 */
export function weekCapacity(hall: Hall): WeekCapacity {
  const stationHours = hall.stations * hall.hours.reduce((sum, hours) => sum + hours, 0)
  const minutes =
    (hall.minutesPerAppointment + hall.gapMinutes) / hall.personsPerAppointment +
    hall.minutesPerPerson -
    hall.preApplicationShare * hall.minutesSavedByPreApplication
  if (!(minutes > 0)) throw new RangeError(`a request would take ${minutes} minutes`)
  const kept = 1 - hall.noShowShare * (1 - hall.refilledShare)
  const time = stationHours * 60
  const requests =
    hall.titlesHandedOverPerWeek === 'as-many-as-requests'
      ? (time * kept) / (minutes + kept * hall.handOverMinutes)
      : (Math.max(0, time - hall.titlesHandedOverPerWeek * hall.handOverMinutes) * kept) / minutes
  return {
    requests,
    appointments: requests / hall.personsPerAppointment,
    minutesPerRequest: minutes,
    stationHours,
  }
}

/** Days on which slots are counted, with what every hall must know of them. */
export interface SlotCalendar {
  days: readonly Day[]
  weekdays: readonly number[]
  holidays: readonly boolean[]
}

/** Every calendar day from `from` to `to`, both included. */
export function slotCalendar(from: Day, to: Day, isHoliday: (day: Day) => boolean): SlotCalendar {
  const first = dayNumber(from)
  const days = Array.from({ length: Math.max(0, dayNumber(to) - first + 1) }, (_, i) =>
    dayOfNumber(first + i),
  )
  const monday = weekday(from) - 1
  return {
    days,
    weekdays: days.map((_, i) => ((monday + i) % 7) + 1),
    holidays: days.map(day => isHoliday(day)),
  }
}

/** Requests that a hall can receive on each day of a calendar, the hall being told by the index of the day. */
export function slotsOver(calendar: SlotCalendar, hallAt: (index: number) => Hall): Float64Array {
  const { days, weekdays, holidays } = calendar
  const slots = new Float64Array(days.length)
  let known: Hall | undefined
  let perStationHour = 0
  for (let i = 0; i < slots.length; i++) {
    const hall = hallAt(i)
    const hours = hall.hours[weekdays[i]! - 1]!
    if (hours <= 0 || holidays[i]) continue
    if (hall !== known) {
      const { requests, stationHours } = weekCapacity(hall)
      perStationHour = requests / stationHours
      known = hall
    }
    slots[i] = perStationHour * hours * hall.stations * openShare(hall.closures, days[i]!)
  }
  return slots
}

/**
 * Requests that a hall can receive on each calendar day from `from` to `to`, both included: its week shared by opening
 * hours, nothing on public holidays, less during closures.
 *
 * @param hallOn the hall as it is on a day, so that levers can act from a date.
 */
export function dailySlots(
  hallOn: (day: Day) => Hall,
  from: Day,
  to: Day,
  isHoliday: (day: Day) => boolean,
): Float64Array {
  const calendar = slotCalendar(from, to, isHoliday)
  return slotsOver(calendar, index => hallOn(calendar.days[index]!))
}

function openShare(closures: readonly Closure[], day: Day): number {
  return closures.reduce(
    (open, { from, to, share }) => (from <= day && day <= to ? Math.min(open, 1 - share) : open),
    1,
  )
}
