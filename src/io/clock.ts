import type { Day } from '../pure/calendar/day.ts'

/** The day it is in Paris, whatever the time zone of the machine. */
export function today(): Day {
  return dayInParis(new Date())
}

// The Swedish way of writing a date is ISO 8601.
const paris = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Paris',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
})

/** The day in Paris at an instant: 22:30 UTC on 28 March 2026 is 23:30 in Paris, a day later it is already the 30th. */
export function dayInParis(instant: Date): Day {
  return paris.format(instant)
}

const parisClock = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Paris',
  dateStyle: 'short',
  timeStyle: 'short',
})

/** The minute it is on the clocks of Paris: `2026-11-29T06:00`. */
export function clockInParis(): string {
  return parisClock.format(new Date()).replace(' ', 'T')
}
