import { addYears, type Day, isDay } from '../../pure/calendar/day.ts'
import { frenchDay } from '../../pure/french/french.ts'
import type { Context } from './column.ts'
import { flawed, quoted, type Reading } from './fault.ts'
import { nameKey } from './name.ts'

const MONTHS = [
  ['janvier', 'janv', 'jan', 'january'],
  ['fevrier', 'fevr', 'fev', 'february', 'feb'],
  ['mars', 'mar', 'march'],
  ['avril', 'avr', 'april', 'apr'],
  ['mai', 'may'],
  ['juin', 'june', 'jun'],
  ['juillet', 'juil', 'july', 'jul'],
  ['aout', 'august', 'aug'],
  ['septembre', 'sept', 'sep', 'september'],
  ['octobre', 'oct', 'october'],
  ['novembre', 'nov', 'november'],
  ['decembre', 'dec', 'december'],
]

/** Number of a month by its French name or its usual abbreviation, in two digits: `août` is `08`. */
export function monthNamed(name: string): string | undefined {
  const key = nameKey(name)
  const index = MONTHS.findIndex(names => names.includes(key))
  return index < 0 ? undefined : String(index + 1).padStart(2, '0')
}

const FORMS = 'Écrivez le jour sous la forme 2022-04-05 ou 05/04/2022.'

/** Reads a day: `2022-04-05`, `05/04/2022`, `5.4.2022`, `2022.04.05`, `1er avril 2022`. */
export function readDay(text: string): Reading<Day> {
  const day = parseDay(text)
  if (day === undefined) {
    if (parseDay(withCentury(text)) !== undefined) {
      return flawed(
        'two-digit-year',
        `${quoted(text)} : de quel siècle ?`,
        'Écrivez l’année en quatre chiffres.',
      )
    }
    return flawed('invalid-day', `${quoted(text)} n’est pas un jour du calendrier.`, FORMS)
  }
  const year = Number(day.slice(0, 4))
  return year < 1970 || year > 2100 ? implausibleYear(text) : { value: day }
}

/** Reads a day that must have come: `future-day` after today. */
export function readPastDay(text: string, { today }: Context): Reading<Day> {
  const reading = readDay(text)
  if ('flaw' in reading || reading.value <= today) return reading
  return flawed(
    'future-day',
    `${quoted(text)} est à venir (nous sommes le ${frenchDay(today)}).`,
    'Corrigez ce jour.',
  )
}

/** Reads a day of the past or of the ten years to come, for what is planned. */
export function readPlannedDay(text: string, { today }: Context): Reading<Day> {
  const reading = readDay(text)
  return 'value' in reading && reading.value > addYears(today, 10) ? implausibleYear(text) : reading
}

/** The flaw of a year before 1970 or too far ahead. */
export function implausibleYear(text: string) {
  return flawed(
    'implausible-year',
    `${quoted(text)} : année invraisemblable.`,
    'Corrigez l’année : rien n’est suivi avant 1970 ni au-delà de quelques années.',
  )
}

/** The flaw of a last day before the first. */
export function reversedDays(first: Day, last: Day) {
  return flawed(
    'reversed-days',
    `Le dernier jour (${frenchDay(last)}) vient avant le premier (${frenchDay(first)}).`,
    'Échangez ou corrigez les deux jours.',
  ).flaw
}

/** A year of two digits in full: facts of 1970 to 2069. `22` is `2022`; four digits stay. */
export function ofCentury(year: string): string {
  return year.length !== 2 ? year : `${Number(year) < 70 ? '20' : '19'}${year}`
}

/** The text with a two-digit year at its end taken as 20…, to recognise what was meant. */
export function withCentury(text: string): string {
  return text.replace(/(?<=\D)(\d{2})$/, '20$1')
}

/** A day as people write it, `undefined` when it is none of the calendar. */
export function parseDay(text: string): Day | undefined {
  const numeric = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4})$/.exec(text)
  const named =
    /^(?:(?:lun|mar|mercre|jeu|vendre|same)di\s+|dimanche\s+)?(\d{1,2})(?:er)?\s+(\p{L}+\.?)\s+(\d{4})$/u.exec(
      text,
    )
  const [, date = '', month = '', year = ''] = numeric?.toSpliced(2, 1) ?? named ?? []
  const day = numeric
    ? `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`
    : named
      ? `${year}-${monthNamed(month)}-${date.padStart(2, '0')}`
      : text.replace(/^(\d{4})([./])(\d{2})\2(\d{2})$/, '$1-$3-$4')
  return isDay(day) ? day : undefined
}
