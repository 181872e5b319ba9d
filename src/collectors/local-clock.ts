import { addDays, type Day, dayNumber, weekday } from '../pure/calendar/day.ts'

/** Minutes that clocks somewhere are ahead of UTC, at a minute of UTC counted from 1970. */
export type Clock = (utcMinutes: number) => number

/**
 * Hours that overseas clocks are ahead of UTC, all year, by the first three digits of the postcode (décret n° 2017-292 du
 * 6 mars 2017 relatif au temps légal français). Saint-Pierre-et-Miquelon (975) adds one in summer: no appointment is that late.
 */
const OVERSEAS_HOURS: Readonly<Record<string, number>> = {
  971: -4,
  972: -4,
  973: -3,
  974: 4,
  975: -3,
  976: 3,
  977: -4,
  978: -4,
  986: 12,
  987: -10,
  988: 11,
}

/** The clock of a postcode: that of Paris, but overseas. */
export function clockOf(zipCode: string): Clock {
  const hours = OVERSEAS_HOURS[zipCode.slice(0, 3)]
  return hours === undefined ? parisOffset : () => hours * 60
}

/** A minute of the clocks of Paris on another clock: at 20:00 on 30 November in Paris it is 6:00 on 1 December in Nouméa. */
export function localMinute(parisMinute: string, clock: Clock): string {
  const paris = minutesOf(parisMinute.slice(0, 10), parisMinute.slice(11))
  const utc = paris - parisOffset(paris - 60)
  return minuteOn(clock, utc)
}

/** Minutes since 1970 of a day and an hour, `10:00`, on one clock. */
export function minutesOf(day: Day, hour: string): number {
  const [hours, minutes] = hour.split(':')
  return dayNumber(day) * 1_440 + Number(hours) * 60 + Number(minutes)
}

/** What a clock shows at a minute of UTC: `2026-12-01T10:00`. */
export function minuteOn(clock: Clock, utc: number): string {
  const shown = utc + clock(utc)
  const [day, left] = [Math.floor(shown / 1_440), ((shown % 1_440) + 1_440) % 1_440]
  const two = (number: number) => String(number).padStart(2, '0')
  return `${addDays('1970-01-01', day)}T${two(Math.floor(left / 60))}:${two(left % 60)}`
}

/**
 * Minutes that clocks of Paris are ahead of UTC: 120 from the last Sunday of March at 01:00 UTC to the last Sunday of
 * October at 01:00 UTC, and 60 otherwise (directive 2000/84/CE). On 29 March 2026 at 00:59 UTC 60, at 01:00 UTC 120.
 */
export function parisOffset(utcMinutes: number): number {
  const year = addDays('1970-01-01', Math.floor(utcMinutes / 1_440)).slice(0, 4)
  const change = (month: string) => dayNumber(lastSunday(`${year}-${month}-31`)) * 1_440 + 60
  return utcMinutes >= change('03') && utcMinutes < change('10') ? 120 : 60
}

function lastSunday(lastDay: Day): Day {
  return addDays(lastDay, -(weekday(lastDay) % 7))
}
