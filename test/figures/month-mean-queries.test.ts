import { afterAll, beforeAll, expect, test } from 'vitest'
import { monthMeans } from '../../src/figures/month-mean-queries.ts'
import { importFile } from '../../src/imports/import-queries.ts'
import { actAs } from '../../src/io/database/acting.ts'
import { ANYBODY } from '../../src/pure/access/identity.ts'
import { addDays, type Day } from '../../src/pure/calendar/day.ts'
import { daysInPeriod, firstDay, monthOf } from '../../src/pure/calendar/period.ts'
import { groupBy } from '../../src/pure/figures/group-by.ts'
import { seededRandom } from '../../src/pure/numerics/series/random.ts'
import { freshDatabase } from '../database.ts'

let database: Awaited<ReturnType<typeof freshDatabase>>
beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.close())

async function imported(place: string, head: readonly string[], rows: readonly string[]): Promise<void> {
  const text = [
    '# type : appointment-waits',
    '# source : Relevé',
    ...head,
    'jour;lieu;jours;horloge;statut',
    ...rows.map(row => row.replace(';', `;${place};`)),
  ].join('\n')
  const stored = await importFile(
    database.db,
    { bytes: Buffer.from(text), name: 'releves.csv', defaultPlace: '16', receivedFrom: 'test' },
    '2026-11-24',
  )
  if ('faults' in stored) throw new Error(JSON.stringify(stored.faults))
}

const monthsOf = async (place: string, asOf?: Day) =>
  (
    await monthMeans(database.db, {
      measure: 'appointment-wait',
      places: [place],
      ...(asOf ? { asOf } : {}),
    })
  ).map(({ period, value, status, meanOf }) => [period, value, status, meanOf])

const march = (days: readonly number[], wait: number, status = 'observé') =>
  days.map(day => `2025-03-${String(day).padStart(2, '0')};${wait};premier créneau;${status}`)

test('a month needs a day in each of its thirds', async () => {
  const cases: [string, number[], boolean][] = [
    ['16106', [10, 11, 21], true],
    ['16108', [1, 20, 31], true],
    ['16113', [10, 20], false],
    ['16116', [10, 21, 22, 23], false],
    ['16120', [11, 12, 13, 25], false],
  ]
  for (const [place, days, counts] of cases) {
    await imported(place, ['# publié le : 2025-04-01'], march(days, 12))
    expect([place, (await monthsOf(place)).length]).toEqual([place, counts ? 1 : 0])
  }
})

test('the mean of which a day is a lower bound is one', async () => {
  await imported(
    '16154',
    ['# publié le : 2025-04-01'],
    [...march([2, 12], 30), ...march([22], 90, 'censuré')],
  )
  expect(await monthsOf('16154')).toEqual([['2025-03', 50, 'censored', 3]])
  await imported('16167', ['# publié le : 2025-04-01'], [...march([2, 12], 30), ...march([22], 60, 'estimé')])
  expect(await monthsOf('16167')).toEqual([['2025-03', 40, 'estimated', 3]])
})

test('a corrected day moves the mean from the day of its correction, and a day taken back leaves it', async () => {
  await imported('16192', ['# publié le : 2025-04-01'], march([2, 12, 22, 23], 20))
  await imported(
    '16192',
    ['# publié le : 2025-06-01', '# nature : correction', '# motif : mal lu'],
    [...march([22], 50), '2025-03-23;;premier créneau;retiré'],
  )
  expect(await monthsOf('16192')).toEqual([['2025-03', 30, 'derived', 3]])
  expect(await monthsOf('16192', '2025-05-31')).toEqual([['2025-03', 20, 'derived', 4]])
  expect(await monthsOf('16192', '2025-06-01')).toEqual([['2025-03', 30, 'derived', 3]])
  expect(await monthsOf('16192', '2025-03-31')).toEqual([])
  const byAnybody = (asOf?: Day) =>
    actAs({ identity: ANYBODY, access: 'read only' }, () => monthsOf('16192', asOf))
  expect(await byAnybody()).toEqual([['2025-03', 30, 'derived', 3]])
  expect(await byAnybody('2025-05-31')).toEqual([['2025-03', 20, 'derived', 4]])
})

test('random days: the plain mean of those seen, month by month', async () => {
  const random = seededRandom(19)
  const seen = Array.from({ length: 400 }, (_, i) => addDays('2023-10-05', i))
    .filter(() => random() < 0.25)
    .map(day => ({ day, wait: Math.floor(90 * random()) }))
  await imported(
    '16291',
    ['# publié le : 2025-04-01'],
    seen.map(({ day, wait }) => `${day};${wait};premier créneau;observé`),
  )
  const expected = [...groupBy(seen, ({ day }) => monthOf(day))].flatMap(([month, days]) => {
    const last = daysInPeriod(month)
    const thirds = [10, 20, last].map(end => addDays(firstDay(month), end - 1))
    const third = (day: Day) => thirds.findIndex(end => day <= end)
    if (new Set(days.map(({ day }) => third(day))).size < 3) return []
    const mean = days.reduce((sum, { wait }) => sum + wait, 0) / days.length
    return [[month, expect.closeTo(mean, 9), 'derived', days.length]]
  })
  expect(expected.length).toBeGreaterThan(5)
  expect(expected.length).toBeLessThan(14)
  expect(await monthsOf('16291')).toEqual(expected)
})
