import { addDays } from '../../pure/calendar/day.ts'
import { frenchDay } from '../../pure/french/french.ts'
import { type CellReader, column } from '../cells/column.ts'
import { monthNamed, readPlannedDay, reversedDays } from '../cells/day-cell.ts'
import { textColumn } from '../cells/word-cell.ts'
import { factKind } from '../file-kind.ts'
import { communeColumn } from './figure-columns.ts'

/** The last day closed; under « Date de réouverture », the day before. */
const readLastDay: CellReader<string> = (text, context) => {
  const read = readPlannedDay(text, context)
  const isAfter = 'value' in read && /ouverture|reprise/i.test(context.heading ?? '')
  return isAfter ? { value: addDays(read.value, -1) } : read
}

/** When a town hall is closed. */
export const closures = factKind({
  label: 'Fermetures',
  description: 'Jours sans rendez-vous d’une mairie : congés, travaux, formation.',
  columns: {
    commune: communeColumn,
    from: column('du', 'always', readPlannedDay, {
      aliases: `from | début | début de fermeture | first day | premier jour | depuis | fermé du | fermée du
        | fermeture du`,
      description: 'Premier jour fermé.',
      example: '2022-08-01',
    }),
    until: column('au', 'always', readLastDay, {
      aliases:
        'until | to | fin | fin de fermeture | last day | dernier jour | jusqu’au | jusqu’à | fermé au | fermée au | réouverture | date de réouverture | reprise',
      description: 'Dernier jour fermé, compris.',
      example: '2022-08-15',
    }),
    reason: textColumn('motif', 'optional', 500, {
      aliases: 'reason | raison | cause',
      description: 'Pourquoi.',
      example: 'congés',
    }),
  },
  span: {
    fields: ['from', 'until'],
    names: 'date | dates | jour | jours | fermeture | date de fermeture | jour fermé | jour férié',
    split: daysFromTo,
  },
  examples: [
    { commune: '16015', from: '2022-08-01', until: '2022-08-15', reason: 'congés' },
    { commune: '16102', from: '2022-12-26', until: '2022-12-30', reason: 'congés' },
  ],
  check({ from, until }, reject) {
    if (until < from) reject(reversedDays(from, until), 'until')
  },
  subject: ({ commune, from }) => ({
    key: `${commune}|${from}`,
    words: `la fermeture du ${frenchDay(from)} à ${commune}`,
  }),
})

/** A closure of one day has one day, « du 1er au 15 août 2022 » has two, « 24 et 31 décembre 2022 » are two closures: the last day says the month and the year of those before it. */
function daysFromTo(text: string): [string, string][] {
  return text.split(/\s*[,;]\s*|\s+et\s+/i).map(part => {
    const [, from, until] = /^(?:du\s)?\s*(\S.*?)\s+(?:au|à)\s+(\d.*)$/i.exec(part) ?? []
    const day = part.replace(/^les?\s+/i, '')
    const [first, last] = from === undefined || until === undefined ? [day, day] : [from, until]
    const end = inFull(last, text)
    return [inFull(first, end), end]
  })
}

/** A day written without its month or its year, as one before the last of a text: « 24 » and « 20 décembre » before « 3 janvier 2023 ». */
function inFull(day: string, text: string): string {
  const [, month = '', year = ''] = /\d{1,2}(?:er)?\s(\p{L}{3,}\.?)\s(\d{4})$/iu.exec(text) ?? []
  if (year === '') return day
  if (/^\d{1,2}(?:er)?$/i.test(day)) return `${day} ${month} ${year}`
  const own = /^\d{1,2}(?:er)?\s(\p{L}{3,}\.?)$/iu.exec(day)?.[1]
  if (own === undefined) return day
  const isYearBefore = (monthNamed(own) ?? '') > (monthNamed(month) ?? '')
  return `${day} ${isYearBefore ? Number(year) - 1 : year}`
}
