import { expect, test } from 'vitest'
import { dailyWaits, figureChanges, type PointDay, waitsFile } from '../../src/collectors/daily-wait.ts'
import { isRefused } from '../../src/imports/imported-file.ts'
import { readFile } from '../../src/imports/read-file.ts'

const point = (changes: Partial<PointDay>): PointDay => ({
  hall: '16102',
  day: '2026-11-29',
  reading: 1,
  state: 'read',
  firstSlotDays: 12,
  horizonDays: 181,
  ...changes,
})
const full = { state: 'no-slot-within-horizon', firstSlotDays: undefined } as const
const away = { state: 'unreachable', firstSlotDays: undefined } as const

test('the quickest point of a hall that answered; full only when all said so', () => {
  expect(dailyWaits([point({}), point({ firstSlotDays: 5 }), point(away)])).toEqual([
    { hall: '16102', day: '2026-11-29', days: 5, status: 'observed' },
  ])
  expect(dailyWaits([point(full), point(full)])).toMatchObject([{ days: 181, status: 'censored' }])
  expect(dailyWaits([point(full), point(away)])).toEqual([])
})

test('a later reading of a day revises nothing, and fills what the first could not read', () => {
  expect(dailyWaits([point({ reading: 2, firstSlotDays: 3 }), point({})])).toMatchObject([{ days: 12 }])
  expect(dailyWaits([point(away), point({ reading: 2, firstSlotDays: 3 })])).toMatchObject([{ days: 3 }])
})

test('a hall that was another one takes its figures back', () => {
  const wait = { hall: '16102', day: '2026-11-29', days: 5, status: 'observed' } as const
  expect(figureChanges([{ ...wait, hall: '16015' }], [wait])).toEqual({
    added: [{ ...wait, hall: '16015' }],
    corrected: [],
    withdrawn: [{ hall: '16102', day: '2026-11-29' }],
  })
  expect(figureChanges([wait], [wait])).toEqual({ added: [], corrected: [], withdrawn: [] })
  expect(figureChanges([{ ...wait, days: 6 }], [wait]).corrected).toHaveLength(1)
})

test('the file of figures is read as one that a person would bring', () => {
  const file = waitsFile(
    { source: 'Éditeur\nX', document: 'Relevé', publishedOn: '2026-11-29', reason: 'mairie corrigée' },
    [{ hall: '16102', day: '2026-11-29', days: 181, status: 'censored' }],
    [{ hall: '16015', day: '2026-11-29' }],
  )
  const read = readFile(new TextEncoder().encode(file), {
    today: '2026-11-29',
    kind: undefined,
    defaultPlace: '16',
    knownCommunes: () => ({ state: 'current' }),
    answersFor: undefined,
  })
  if (isRefused(read)) throw new Error(JSON.stringify(read.faults))
  expect(read.rows).toMatchObject([
    { period: '2026-11-29', granularity: 'day', place: '16102', value: 181, status: 'censored' },
    { place: '16015', value: undefined, status: 'withdrawn', clock: 'first-free-slot' },
  ])
})
