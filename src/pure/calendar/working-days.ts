import { addDays, type Day, weekday } from './day.ts'
import { firstDay, lastDay, type Month } from './period.ts'

/**
 * Easter Sunday of a year, Gregorian calendar: the anonymous computus of *Nature* (1876), as in Meeus,
 * *Astronomical Algorithms*, ch. 8. Easter 2024 is 31 March; 1818 and 2285 have the earliest one, 22 March.
 */
export function easterSunday(year: number): Day {
  const golden = year % 19
  const century = Math.floor(year / 100)
  const ofCentury = year % 100
  const correction = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3)
  const moon = (19 * golden + century - Math.floor(century / 4) - correction + 15) % 30
  const sunday = (32 + 2 * (century % 4) + 2 * Math.floor(ofCentury / 4) - moon - (ofCentury % 4)) % 7
  const late = Math.floor((golden + 11 * moon + 22 * sunday) / 451)
  const count = moon + sunday - 7 * late + 114
  return `${String(year).padStart(4, '0')}-${String(Math.floor(count / 31)).padStart(2, '0')}-${String((count % 31) + 1).padStart(2, '0')}`
}

/**
 * Public holidays of a year with their French names (code du travail, art. L. 3133-1: eleven
 * days). The two more of Alsace-Moselle (art. L. 3134-13) are not counted.
 */
export function publicHolidays(year: number): ReadonlyMap<Day, string> {
  const easter = easterSunday(year)
  const text = easter.slice(0, 4)
  return new Map<Day, string>([
    [`${text}-01-01`, 'Jour de l’an'],
    [addDays(easter, 1), 'Lundi de Pâques'],
    [`${text}-05-01`, 'Fête du Travail'],
    [`${text}-05-08`, 'Victoire de 1945'],
    [addDays(easter, 39), 'Ascension'],
    [addDays(easter, 50), 'Lundi de Pentecôte'],
    [`${text}-07-14`, 'Fête nationale'],
    [`${text}-08-15`, 'Assomption'],
    [`${text}-11-01`, 'Toussaint'],
    [`${text}-11-11`, 'Armistice de 1918'],
    [`${text}-12-25`, 'Noël'],
  ])
}

// A queue asks the same year thousands of times.
const known = new Map<string, ReadonlyMap<Day, string>>()

/** Whether a day is a public holiday of the nation. */
export function isPublicHoliday(day: Day): boolean {
  const year = day.slice(0, 4)
  const holidays = known.get(year) ?? publicHolidays(Number(year))
  known.set(year, holidays)
  return holidays.has(day)
}

/** Whether offices work on a day: Monday to Friday, no public holiday. @throws RangeError if it is no day. */
export function isWorkingDay(day: Day): boolean {
  return weekday(day) <= 5 && !isPublicHoliday(day)
}

/**
 * Working days after `from` up to and including `to`, negative the other way round: a file received on
 * Friday and issued on Monday took 1. `workingDaysBetween('2020-12-31', '2021-12-31')` is 254.
 */
export function workingDaysBetween(from: Day, to: Day): number {
  if (to < from) return -workingDaysBetween(to, from)
  let count = 0
  for (let day = from; day < to; ) {
    day = addDays(day, 1)
    if (isWorkingDay(day)) count++
  }
  return count
}

// A network asks the same months for every team.
const counted = new Map<Month, number>()

/** Working days of a month. Example: 23 in March 2021. */
export function workingDaysIn(month: Month): number {
  const count = counted.get(month) ?? workingDaysBetween(addDays(firstDay(month), -1), lastDay(month))
  counted.set(month, count)
  return count
}
