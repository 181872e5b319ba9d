import { type Day, isDay } from '../../pure/calendar/day.ts'
import { firstDay, isMonth, parseQuarter } from '../../pure/calendar/period.ts'
import { frenchChoice, frenchDay } from '../../pure/french/french.ts'
import type { CellReader } from './column.ts'
import { implausibleYear, monthNamed, parseDay, readDay, withCentury } from './day-cell.ts'
import { flawed, quoted } from './fault.ts'
import { nameKey } from './name.ts'

/** Length of a period. */
export type Granularity = 'day' | 'month' | 'quarter' | 'year'

/** A period with its length: `2022-Q1` is a quarter, `2022-03` a month, `2022-03-14` a day, `2022` a year. */
export interface Period {
  period: string
  granularity: Granularity
}

const FORMS: Record<Granularity, { name: string; form: string }> = {
  day: { name: 'un jour', form: '2022-03-14' },
  month: { name: 'un mois', form: '2022-03' },
  quarter: { name: 'un trimestre', form: 'T1 2022' },
  year: { name: 'une année', form: '2022' },
}

/** Reads a period of one of the lengths given, that has begun: `T1 2022`, `1er trimestre 2022`, `mars 2022`. */
export function period(...granularities: readonly Granularity[]): CellReader<Period> {
  const names = frenchChoice(granularities.map(granularity => FORMS[granularity].name))
  const forms = frenchChoice(granularities.map(granularity => FORMS[granularity].form))
  const remedy = `Écrivez ${names} sous la forme ${forms}.`
  return (text, { today }) => {
    const read = parsePeriod(text)
    if (read === undefined) {
      if (parsePeriod(withCentury(text)) !== undefined) {
        return flawed('two-digit-year', `${quoted(text)} : de quel siècle ?`, remedy)
      }
      return flawed('invalid-period', `${quoted(text)} n’est pas une période lisible.`, remedy)
    }
    if (!granularities.includes(read.granularity)) {
      return flawed(
        'wrong-granularity',
        `${quoted(text)} est ${FORMS[read.granularity].name} ; ${names} est attendu.`,
        remedy,
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

/** Reads a day or a month, taken as its first day. */
export const readDayOrMonth: CellReader<Day> = text => {
  const read = parsePeriod(text)
  return read?.granularity === 'month' ? readDay(firstDayOf(read)) : readDay(text)
}

function firstDayOf({ period, granularity }: Period): Day {
  if (granularity === 'day') return period
  return granularity === 'year' ? `${period}-01-01` : firstDay(period)
}

function parsePeriod(text: string): Period | undefined {
  if (isDay(text)) return { period: text, granularity: 'day' }
  const month = parseMonth(text)
  if (month !== undefined) return { period: month, granularity: 'month' }
  const quarter = parseQuarter(text) ?? parseSpokenQuarter(text)
  if (quarter !== undefined) return { period: quarter, granularity: 'quarter' }
  if (/^\d{4}$/.test(text)) return { period: text, granularity: 'year' }
  const day = parseDay(text)
  return day === undefined ? undefined : { period: day, granularity: 'day' }
}

function parseMonth(text: string): string | undefined {
  if (isMonth(text)) return text
  const numeric = /^(\d{1,2})[/.-](\d{4})$/.exec(text)
  const named = /^(\p{L}+\.?)[\s/-]+(\d{4})$/u.exec(text)
  const number = numeric ? numeric[1]!.padStart(2, '0') : named ? monthNamed(named[1]!) : undefined
  const month = `${numeric?.[2] ?? named?.[2]}-${number}`
  return number !== undefined && isMonth(month) ? month : undefined
}

function parseSpokenQuarter(text: string): string | undefined {
  const [, rank, year] = /^([1-4])(?:er|e|eme|nd|d)?trim(?:estre)?(\d{4})$/.exec(nameKey(text)) ?? []
  return rank === undefined ? undefined : `${year}-Q${rank}`
}
