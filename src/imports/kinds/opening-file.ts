import { type CellReader, column } from '../cells/column.ts'
import { readPlannedDay, reversedDays } from '../cells/day-cell.ts'
import { flawed } from '../cells/fault.ts'
import { number } from '../cells/number-cell.ts'
import { readTime, WEEKDAYS, weekdaysIn, weeklyHours } from '../cells/time-cell.ts'
import { words } from '../cells/word-cell.ts'
import type { FaultLog } from '../fault-log.ts'
import { type CellsRow, factKind } from '../file-kind.ts'
import { communeColumn } from './figure-columns.ts'
import { STATIONS } from './town-hall-file.ts'

const readDayName = words<'1' | '2' | '3' | '4' | '5' | '6' | '7'>({
  1: 'lundi | lun | monday',
  2: 'mardi | mar | tuesday',
  3: 'mercredi | mer | wednesday',
  4: 'jeudi | jeu | thursday',
  5: 'vendredi | ven | friday',
  6: 'samedi | sam | saturday',
  7: 'dimanche | dim | sunday',
})
const readWeekday: CellReader<number> = text => {
  const read = readDayName(text)
  return 'flaw' in read ? read : { value: Number(read.value) }
}

const columns = {
  commune: communeColumn,
  weekday: column('jour', 'always', readWeekday, {
    aliases: 'weekday | jour de la semaine | day | jours | jours d’ouverture',
    description: 'Jour de la semaine, ou plusieurs : du lundi au vendredi.',
    example: 'lundi',
    each: weekdaysIn,
  }),
  opens: column('ouvre', 'always', readTime, {
    aliases: 'opens | ouverture | de | début | heure d’ouverture',
    description: 'Heure d’ouverture.',
    example: '8h30',
  }),
  closes: column('ferme', 'always', readTime, {
    aliases: 'closes | fermeture | à | fin | heure de fermeture',
    description: 'Heure de fermeture.',
    example: '12h00',
  }),
  from: column('depuis', 'optional', readPlannedDay, {
    aliases: 'from | valid from | à partir du | du',
    description: 'Premier jour de ces horaires ; vide pour toujours.',
    example: '2022-01-03',
  }),
  until: column('jusqu’à', 'optional', readPlannedDay, {
    aliases: 'until | valid to | jusqu’au | jusque | au',
    description: 'Dernier jour de ces horaires ; vide s’ils durent.',
    example: '2022-06-30',
  }),
  stations: column('stations', 'optional', number(STATIONS), {
    aliases: 'dr | postes',
    description: 'Stations servies à ces heures ; vide pour toutes.',
    example: '2',
  }),
}

/** Hours on one day of the week, 1 for Monday to 7 for Sunday. */
type OpeningRow = CellsRow<typeof columns>

/** When stations are served. */
export const openingHours = factKind({
  label: 'Horaires des stations',
  description:
    'Horaires hebdomadaires des stations de chaque mairie ; plusieurs lignes par jour sont possibles.',
  columns,
  span: {
    fields: ['opens', 'closes'],
    names:
      'horaires | horaire | heures | plages | plages horaires | horaires d’ouverture | heures d’ouverture',
    headed: 'weekday',
    split: weeklyHours,
  },
  examples: [
    { commune: '16015', weekday: 'lundi', opens: '8h30', closes: '12h00', stations: '2' },
    { commune: '16015', weekday: 'lundi', opens: '13h30', closes: '17h00', stations: '2' },
  ],
  check({ from, until, opens, closes }, reject) {
    if (closes <= opens) {
      reject(
        flawed(
          'reversed-hours',
          `La fermeture (${closes}) ne vient pas après l’ouverture (${opens}).`,
          'Échangez ou corrigez les deux heures.',
        ).flaw,
        'closes',
      )
    }
    if (from !== undefined && until !== undefined && until < from) reject(reversedDays(from, until), 'until')
  },
  subject: row => ({
    key: [row.commune, row.weekday, row.opens, row.closes, row.from, row.until].join('|'),
    words: `${dayName(row)} ${row.opens}–${row.closes} à ${row.commune}`,
  }),
  checkRows: reportOverlaps,
})

function dayName({ weekday }: OpeningRow): string {
  return WEEKDAYS[weekday - 1]!
}

/** Slots of one weekday of one town hall: more is no timetable, and comparing them all would take too long. */
const MAXIMUM_SLOTS = 200

function reportOverlaps(rows: readonly OpeningRow[], log: FaultLog): void {
  const byDay = new Map<string, OpeningRow[]>()
  for (const row of rows) {
    const key = `${row.commune}|${row.weekday}`
    const earlier = byDay.get(key) ?? []
    byDay.set(key, earlier)
    if (earlier.length >= MAXIMUM_SLOTS) {
      log.add({ line: row.line, ...tooManySlots(row) })
      continue
    }
    const other = earlier.find(slot => overlaps(slot, row))
    if (other === undefined) earlier.push(row)
    // The same slot twice is already a duplicate or a contradiction.
    else if (!isSameSlot(other, row)) log.add({ line: row.line, ...overlapFlaw(other, row) })
  }
}

function overlaps(a: OpeningRow, b: OpeningRow): boolean {
  const sameSeason = (a.from ?? '') <= (b.until ?? '9999') && (b.from ?? '') <= (a.until ?? '9999')
  return sameSeason && a.opens < b.closes && b.opens < a.closes
}

function isSameSlot(a: OpeningRow, b: OpeningRow): boolean {
  return a.opens === b.opens && a.closes === b.closes && a.from === b.from && a.until === b.until
}

function overlapFlaw(first: OpeningRow, second: OpeningRow) {
  return flawed(
    'overlapping-hours',
    `${dayName(second)} ${second.opens}–${second.closes} à ${second.commune} chevauche la ligne ${first.line} (${first.opens}–${first.closes}).`,
    'Séparez les deux plages, ou donnez à chacune ses jours « depuis » et « jusqu’à ».',
  ).flaw
}

function tooManySlots(row: OpeningRow) {
  return flawed(
    'too-many-rows',
    `Plus de ${MAXIMUM_SLOTS} plages le ${dayName(row)} à ${row.commune}.`,
    'Donnez les horaires d’une semaine type.',
  ).flaw
}
