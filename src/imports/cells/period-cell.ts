import { type Day, dayNumber, dayOfNumber, daysBetween, isDay } from '../../pure/calendar/day.ts'
import {
  firstDay,
  isMonth,
  lastDay,
  type Month,
  monthNumber,
  monthOf,
  parseQuarter,
} from '../../pure/calendar/period.ts'
import { frenchChoice, frenchDay } from '../../pure/french/french.ts'
import type { CellReader } from './column.ts'
import { implausibleYear, monthNamed, ofCentury, parseDay, readDay, withCentury } from './day-cell.ts'
import { flawed, quoted } from './fault.ts'
import { nameKey } from './name.ts'
import { monthsSpanned } from './period-span.ts'

/** Length of a period. */
export type Granularity = 'day' | 'month' | 'quarter' | 'year'

/** A period with its length: `2022-Q1` is a quarter, `2022-03` a month, `2022-03-14` a day, `2022` a year. */
export interface Period {
  period: string
  granularity: Granularity
}

/**
 * Days from the day of a reading to a first free slot, where a cell holds the day of that slot: `25/11/2026`, read on the
 * third, is `22`. `undefined` for any other text, or a slot in the past.
 */
export function daysUntil(text: string, read: Period | undefined): string | undefined {
  if (read?.granularity !== 'day' || !/\d[/-]\d/.test(text)) return undefined
  const slot = parseDay(text)
  const days = slot === undefined ? -1 : daysBetween(read.period, slot)
  return days < 0 ? undefined : String(days)
}

/** A period as people write it: of half a year, of a year that begins in September, of other months together, nothing is kept here. */
export interface WrittenPeriod {
  period: string
  granularity: Granularity | 'half-year' | 'school-year' | 'span'
}

const FORMS: Record<WrittenPeriod['granularity'], { name: string; form: string }> = {
  day: { name: 'un jour', form: '2022-03-14' },
  month: { name: 'un mois', form: '2022-03' },
  quarter: { name: 'un trimestre', form: 'T1 2022' },
  'half-year': { name: 'un semestre', form: 'S1 2022' },
  'school-year': { name: 'une année à cheval sur deux', form: '2021-2022' },
  year: { name: 'une année', form: '2022' },
  span: { name: 'une période de plusieurs mois', form: 'janvier-avril 2022' },
}
/** What is counted from the beginning of the year, or over the months before: no period tells it. */
const SUM = /gliss|cumul/i

/** Reads a period of one of the lengths given, that has begun: `T1 2022`, `1er trimestre 2022`, `mars 2022`. */
export function period(...granularities: readonly Granularity[]): CellReader<Period> {
  const names = frenchChoice(granularities.map(granularity => FORMS[granularity].name))
  const forms = frenchChoice(granularities.map(granularity => FORMS[granularity].form))
  const remedy = `Écrivez ${names} sous la forme ${forms}.`
  return (text, { today }) => {
    if (SUM.test(text))
      return flawed(
        'wrong-granularity',
        `${quoted(text)} est un cumul de plusieurs périodes ; ${names} est attendu.`,
        'Donnez le chiffre de chaque période prise seule, ou supprimez la ligne.',
      )
    const written = parsePeriod(text)
    if (written === undefined) {
      if (parsePeriod(withCentury(text)) !== undefined)
        return flawed('two-digit-year', `${quoted(text)} : de quel siècle ?`, remedy)
      if (isPartialPeriod(text))
        return flawed(
          'invalid-period',
          `${quoted(text)} : de quelle année ?`,
          `Écrivez l’année avec lui (${text} 2022), ou ajoutez une colonne « année ».`,
        )
      return WEEK.test(text)
        ? weekFlaw(text, granularities)
        : flawed('invalid-period', `${quoted(text)} n’est pas une période lisible.`, remedy)
    }
    const read = granularities.includes('day') ? written : monthKept(written)
    if (read.granularity === 'half-year' || read.granularity === 'school-year' || read.granularity === 'span')
      return flawed(
        'wrong-granularity',
        `${quoted(text)} est ${FORMS[read.granularity].name}${WEEK.test(text) ? ' (ou une semaine)' : ''} ; ${names} est attendu.`,
        `Ce qui est compté ainsi ne se découpe pas : demandez ${names} (${forms}), ou retirez-le.`,
      )
    if (!isOf(granularities, read)) {
      return flawed(
        'wrong-granularity',
        `${quoted(text)} est ${FORMS[read.granularity].name} ; ${names} est attendu.`,
        granularities.length === 1 && read.granularity !== 'day'
          ? `${remedy} Sans chiffres par mois, envoyez-le comme « Indicateurs » (# type : indicators), avec une colonne « mesure » remplie de « Demandes reçues » ; s’il additionne des mois déjà donnés, supprimez-le.`
          : read.granularity === 'quarter'
            ? `${remedy} Si ce trimestre additionne des mois déjà donnés, supprimez-le.`
            : remedy,
      )
    }
    if (Number(read.period.slice(0, 4)) < 1970) return implausibleYear(text)
    if (firstDayOf(read) > today) {
      return flawed(
        'future-period',
        `${quoted(text)} n’a pas commencé (nous sommes le ${frenchDay(today)}).`,
        'Corrigez la période : un fichier ne donne que des faits, les prévisions sont calculées.',
      )
    }
    return { value: read }
  }
}

function isOf(granularities: readonly string[], read: WrittenPeriod): read is Period {
  return granularities.includes(read.granularity)
}

/** Whether a text is a month or a quarter without its year: `mars`, `T1`, `1er trimestre`, `janv.-mars`. */
export function isPartialPeriod(text: string): boolean {
  if (!/\p{L}/u.test(text) || /\d{2}/.test(text)) return false
  const { granularity } = parsePeriod(`${text} 2022`) ?? {}
  return granularity === 'month' || granularity === 'quarter'
}

/** Whether months or quarters without their year go past its end, December before January: they are of two years. */
export function turnsYear(parts: readonly (string | undefined)[]): boolean {
  const all = new Set(
    parts.flatMap(
      part =>
        (part &&
          parsePeriod(/^\d+$/.test(part) ? `2022-${part.padStart(2, '0')}` : `${part} 2022`)?.period) ??
        [],
    ),
  )
  return [...all].some((part, i, list) => /01$|Q1$/.test(part) && /12$|Q4$/.test(list[i - 1] ?? ''))
}

/** Reads a day or a month, taken as its first day. */
export const readDayOrMonth: CellReader<Day> = text => {
  const read = parsePeriod(text)
  return read?.granularity === 'month' ? readDay(firstDayOf(read)) : readDay(text)
}

function firstDayOf({ period, granularity }: WrittenPeriod): Day {
  if (granularity === 'day') return period
  return granularity === 'year' ? `${period}-01-01` : firstDay(period)
}

function monthKept(read: WrittenPeriod): WrittenPeriod {
  // A spreadsheet keeps a month as its first day, exports often as its last.
  const isEdge = (day: Day) => day.endsWith('-01') || lastDay(monthOf(day)) === day
  return read.granularity === 'day' && isEdge(read.period)
    ? { period: monthOf(read.period), granularity: 'month' }
    : read
}

/** `2022-S10`, `S10 2022`, `semaine 10 2022`, `2022-W10`. */
const WEEK = /^(\d{4}[\s-]?[sw]\d{1,2}|s(em(aine|\.)?)?\s?\d{1,2}([\s/-]+\d{4})?)$/i

/** Whether a text is a week, with its year or without: `2022-W10`, `S10`. */
export function isWeek(text: string): boolean {
  return WEEK.test(text) && parsePeriod(text) === undefined && !isPartialPeriod(text)
}

function weekFlaw(text: string, granularities: readonly Granularity[]) {
  return flawed(
    'week-period',
    `${quoted(text)} est une semaine, qui peut être à cheval sur deux mois.`,
    granularities.includes('day')
      ? `Écrivez le jour du relevé${mondayOf(text)}.`
      : 'Comptez par mois, et écrivez un mois sous la forme 2022-03.',
  )
}

/** The Monday of a week that a text names with its year, as an example of a day. */
function mondayOf(text: string): string {
  const [year, week] =
    (/\d{4}/.test(text) ? text.match(/\d{4}|\d{1,2}/g) : undefined)?.toSorted(
      (a, b) => b.length - a.length,
    ) ?? []
  if (year === undefined || week === undefined) return ', par exemple 2022-03-07'
  const fourth = dayNumber(`${year}-01-04`)
  const monday = fourth - ((fourth + 3) % 7) + 7 * (Number(week) - 1)
  return ` : le lundi de cette semaine est le ${dayOfNumber(monday)}`
}

/** The period that a text gives, of any length, or `undefined`. */
export function parsePeriod(written: string): WrittenPeriod | undefined {
  const text = written.replace(AROUND, '').trim()
  if (isDay(text)) return { period: text, granularity: 'day' }
  const month = parseMonth(text)
  if (month !== undefined) return { period: month, granularity: 'month' }
  const quarter = parseQuarter(text) ?? parseSpokenQuarter(text)
  if (quarter !== undefined) return { period: quarter, granularity: 'quarter' }
  if (/^\d{4}$/.test(text)) return { period: text, granularity: 'year' }
  const half = parseHalfYear(text)
  if (half !== undefined) return { period: half, granularity: 'half-year' }
  const [, first, next] = /^(\d{4})\s?[-–/]\s?(?:20)?(\d{2})$/.exec(text) ?? []
  if (first !== undefined && Number(next) === (Number(first) + 1) % 100)
    return { period: first, granularity: 'school-year' }
  const day = parseDay(text) ?? dayOfSerial(text) ?? dayOfMoment(text)
  if (day !== undefined) return { period: day, granularity: 'day' }
  const span = monthsSpanned(text, parseMonth)
  return span && spanned(span)
}

/** What says nothing of the period itself: « mois de », « année », the mark of a value to be revised, the call of a note. */
const AROUND =
  /^(?:mois\s(?:de\s|d['’])|année\s|exercice\s)|\s?(?:\*{1,3}|\((?:\d|[pdre]|provisoires?|définitif|révisée?|estimée?s?|estimations?)\))$/gi

/** Whole months as the period that they make. */
function spanned([first, last]: readonly [Month, Month]): WrittenPeriod {
  const months = monthNumber(last) - monthNumber(first) + 1
  const [year, month] = first.split('-') as [string, string]
  const rank = (Number(month) - 1) / months
  if (months === 1) return { period: first, granularity: 'month' }
  if (months === 3 && Number.isInteger(rank))
    return { period: `${year}-Q${rank + 1}`, granularity: 'quarter' }
  if (months === 6 && Number.isInteger(rank))
    return { period: `${year}-S${rank + 1}`, granularity: 'half-year' }
  if (months === 12 && (rank === 0 || month === '09'))
    return { period: year, granularity: rank === 0 ? 'year' : 'school-year' }
  return { period: first, granularity: 'span' }
}

/** Spreadsheets count days from 30 December 1899; years 1970 to 2100 are five digits: 44621 is 1 March 2022. */
function dayOfSerial(text: string): Day | undefined {
  const serial = /^\d{5}$/.test(text) ? Number(text) : 0
  return serial >= 25_569 && serial < 73_050 ? dayOfNumber(serial - 25_569) : undefined
}

/** A day behind which a machine wrote an hour, that of the place where it was read. */
function dayOfMoment(text: string): Day | undefined {
  const [, day = '', hour, sign] =
    /^(.{8,10})[T ](\d{2}):\d{2}(?::\d{2}(?:\.\d+)?)?(Z|[+-]\d{2}:?\d{2})?$/.exec(text) ?? []
  // In universal time, the last hours of a day are those of the next in France.
  if (day === '' || (sign === 'Z' && Number(hour) >= 22)) return undefined
  return parseDay(day)
}

function parseMonth(text: string): string | undefined {
  if (isMonth(text)) return text
  const numeric = /^(\d{1,2})[/.-](\d{4})$/.exec(text)
  const yearFirst = /^(\d{4})[/.\s](\d{1,2})$|^(\d{4})[\s/-]+(\p{L}+\.?)$/u.exec(text)
  const short = /^(0?[1-9]|1[0-2])[/.-](1[3-9]|[2-9]\d)$/.exec(text)
  const whole = /^(20\d{2})(0[1-9]|1[0-2])$/.exec(text)
  if (short !== null || whole !== null)
    return short ? `${ofCentury(short[2]!)}-${short[1]!.padStart(2, '0')}` : `${whole![1]}-${whole![2]}`
  // As statistical offices write it: 2024-M03, M03 2024.
  const [, coded, month = '', codedAfter = coded] =
    /^(\d{4})[\s-]?M(\d{2})$/i.exec(text) ?? /^()M(\d{2})[\s-](\d{4})$/i.exec(text) ?? []
  if (codedAfter !== undefined && isMonth(`${codedAfter}-${month}`)) return `${codedAfter}-${month}`
  const named = /^(\p{L}+\.?)[\s/'’-]*(\d{4}|\d{2})$/u.exec(text)
  const number =
    (numeric?.[1] ?? yearFirst?.[2])?.padStart(2, '0') ?? monthNamed(named?.[1] ?? yearFirst?.[4] ?? '')
  const year = numeric?.[2] ?? yearFirst?.[1] ?? yearFirst?.[3] ?? ofCentury(named?.[2] ?? '')
  const written = `${year}-${number}`
  return number !== undefined && isMonth(written) ? written : undefined
}

function parseHalfYear(text: string): string | undefined {
  const key = nameKey(text)
  const [, rank, year] =
    /^([12])(?:er|e|eme|nd|d)?sem(?:estre)?(\d{4})$/.exec(key) ??
    /^(?:s|sem(?:estre)?)([12])(\d{4})$/.exec(key) ??
    []
  const [, first = year, later = rank] = /^(\d{4})(?:s|sem(?:estre)?)([12])$/.exec(key) ?? []
  return later === undefined ? undefined : `${first}-S${later}`
}

function parseSpokenQuarter(text: string): string | undefined {
  const key = nameKey(text.replace(/\sde\s/i, ' ')).replace(
    /^(premier|deuxieme|second|troisieme|quatrieme)(?=trim)/,
    (_, word: string) => String(['pr', 'de', 'tr', 'qu'].indexOf(word.slice(0, 2)) + 1 || 2),
  )
  const [, rank, year] =
    /^([1-4])(?:er|re|e|eme|nd|d)?t(?:ri(?:m(?:estre)?)?)?(\d{4}|\d{2})$/.exec(key) ??
    /^(?:trim(?:estre)?|[tq])0?([1-4])(\d{4}|\d{2})$/.exec(key) ??
    []
  if (rank !== undefined) return `${ofCentury(year!)}-Q${rank}`
  const [, roman, of] =
    /^(?:trim(?:estre)?|t)(i{1,3}|iv)(\d{4})$/.exec(key) ??
    /^(i{1,3}|iv)(?:er?|eme)?trim(?:estre)?(\d{4})$/.exec(key) ??
    []
  if (roman !== undefined) return `${of}-Q${roman === 'iv' ? 4 : roman.length}`
  const [, first, later = first] =
    /^(\d{4})([1-4])(?:er|re|e|eme|nd|d)?trim(?:estre)?$/.exec(key) ??
    /^(\d{4})(?:trim(?:estre)?|[tq])0?([1-4])$/.exec(key) ??
    []
  return later === undefined ? undefined : `${first}-Q${later}`
}
