import { addDays } from '../../pure/calendar/day.ts'
import { frenchDay } from '../../pure/french/french.ts'
import { type CellReader, column } from '../cells/column.ts'
import { readPlannedDay, reversedDays } from '../cells/day-cell.ts'
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

/** A closure of one day has one day; « du 01/08/2022 au 15/08/2022 » has two, and « du 1er au 15 août 2022 » says their month once. */
function daysFromTo(text: string): [string, string][] {
  const [, from, until] = /^(?:du\s)?\s*(\S.*?)\s+(?:au|à)\s+(\d.*)$/i.exec(text) ?? []
  if (from === undefined || until === undefined) return [[text, text]]
  const [, month = '', year = ''] = /^\d{1,2}(?:er)?(\s\p{L}{3,}\.?)(\s\d{4})$/iu.exec(until) ?? []
  const isDay = /^\d{1,2}(?:er)?$/i.test(from)
  return [[isDay ? from + month + year : /\p{L}\.?$/u.test(from) ? from + year : from, until]]
}
