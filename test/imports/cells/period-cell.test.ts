import { expect, test } from 'vitest'
import { period, readDayOrMonth } from '../../../src/imports/cells/period-cell.ts'
import { knownCommunes, TODAY } from '../reading.ts'

const context = { today: TODAY, knownCommunes, defaultPlace: undefined, suggesting: true }
const any = period('day', 'month', 'quarter', 'year')

test.each([
  ['T1 2022', '2022-Q1', 'quarter'],
  ['2022-Q1', '2022-Q1', 'quarter'],
  ['2022-T1', '2022-Q1', 'quarter'],
  ['1er trimestre 2022', '2022-Q1', 'quarter'],
  ['3e trim. 2021', '2021-Q3', 'quarter'],
  ['2ème trimestre 2021', '2021-Q2', 'quarter'],
  ['2022-03', '2022-03', 'month'],
  ['03/2022', '2022-03', 'month'],
  ['3/2022', '2022-03', 'month'],
  ['mars 2022', '2022-03', 'month'],
  ['Févr. 2022', '2022-02', 'month'],
  ['AOÛT 2021', '2021-08', 'month'],
  ['déc-2021', '2021-12', 'month'],
  ['2021', '2021', 'year'],
  ['2022-03-14', '2022-03-14', 'day'],
  ['14/03/2022', '2022-03-14', 'day'],
  ['1er mars 2022', '2022-03-01', 'day'],
  ['2022-04-05T07:00:00+02:00', '2022-04-05', 'day'],
  ['2022-03-31T22:00:00Z', 'invalid-period', undefined],
  ['Année 2021', '2021', 'year'],
  ['mars 2022 (p)', '2022-03', 'month'],
  ['2022 - T1', '2022-Q1', 'quarter'],
  ['T01 2022', '2022-Q1', 'quarter'],
  ['premier trimestre de 2022', '2022-Q1', 'quarter'],
  ['deuxième trimestre 2021', '2021-Q2', 'quarter'],
  ['janv.-mars 2022', '2022-Q1', 'quarter'],
  ['janvier, février, mars 2022', '2022-Q1', 'quarter'],
  ['01-03/2022', '2022-Q1', 'quarter'],
  ['du 01/01/2022 au 31/03/2022', '2022-Q1', 'quarter'],
  ['2022-01-01/2022-03-31', '2022-Q1', 'quarter'],
  ['oct. 2021 à déc. 2021', '2021-Q4', 'quarter'],
  ['janvier à avril 2022', 'wrong-granularity', undefined],
  ['janvier et mars 2022', 'invalid-period', undefined],
  ['septembre 2020 à août 2021', 'wrong-granularity', undefined],
  ['12 mois glissants à fin mars 2022', 'wrong-granularity', undefined],
])('%s is %s', (text, expected, granularity) => {
  const read = any(text, context)
  if (granularity === undefined) expect(read).toHaveProperty('flaw.code', expected)
  else expect(read).toEqual({ value: { period: expected, granularity } })
})

test('the period in course is allowed, the next is not', () => {
  expect(any('T2 2022', context)).toHaveProperty('value')
  expect(any('2022', context)).toHaveProperty('value')
  expect(any('T3 2022', { ...context, today: '2022-07-01' })).toHaveProperty('value')
  expect(any('T3 2022', context)).toMatchObject({ flaw: { code: 'future-period' } })
  expect(any('2023', context)).toMatchObject({ flaw: { code: 'future-period' } })
  expect(any(TODAY, context)).toHaveProperty('value')
  expect(any('2022-06-01', { ...context, today: '2022-05-31' })).toMatchObject({
    flaw: { code: 'future-period' },
  })
})

test('1970 is allowed, 1969 is not', () => {
  expect(any('1970', context)).toHaveProperty('value')
  expect(any('1969', context)).toMatchObject({ flaw: { code: 'implausible-year' } })
})

test('a length that is not expected says what is', () => {
  expect(period('month')('T1 2022', context)).toMatchObject({
    flaw: { code: 'wrong-granularity', message: '« T1 2022 » est un trimestre ; un mois est attendu.' },
  })
})

test('a day is refused where periods are longer, and one that does not exist where days are read', () => {
  expect(period('month', 'quarter')('14/03/2022', context)).toMatchObject({
    flaw: {
      code: 'wrong-granularity',
      message: '« 14/03/2022 » est un jour ; un mois ou un trimestre est attendu.',
    },
  })
  expect(any('2022-02-30', context)).toMatchObject({ flaw: { code: 'invalid-period' } })
  expect(any('14/03/22', context)).toMatchObject({ flaw: { code: 'two-digit-year' } })
})

test('a day or a month is a day', () => {
  expect(readDayOrMonth('2021-09', context)).toEqual({ value: '2021-09-01' })
  expect(readDayOrMonth('15/09/2021', context)).toEqual({ value: '2021-09-15' })
})
