import { expect, test } from 'vitest'
import { readDay, readPastDay, readPlannedDay } from '../../../src/imports/cells/day-cell.ts'
import { knownCommunes, TODAY } from '../reading.ts'

const context = { today: TODAY, knownCommunes, defaultPlace: undefined, suggesting: true }

test.each([
  ['2022-04-05', '2022-04-05'],
  ['05/04/2022', '2022-04-05'],
  ['5/4/2022', '2022-04-05'],
  ['05.04.2022', '2022-04-05'],
  ['2022.04.05', '2022-04-05'],
  ['2022/04/05', '2022-04-05'],
  ['1er avril 2022', '2022-04-01'],
  ['5 août 2021', '2021-08-05'],
  ['29/02/2020', '2020-02-29'],
])('%s is %s', (text, value) => {
  expect(readDay(text)).toEqual({ value })
})

test.each([
  ['29/02/2021', 'invalid-day'],
  ['04/25/2022', 'invalid-day'],
  ['44621', 'invalid-day'],
  ['05/04/22', 'two-digit-year'],
  ['31/12/1969', 'implausible-year'],
])('%s is refused: %s', (text, code) => {
  expect(readDay(text)).toMatchObject({ flaw: { code } })
})

test('today has come, tomorrow is to come, eleven years are too far', () => {
  expect(readPastDay('2022-04-05', context)).toEqual({ value: '2022-04-05' })
  expect(readPastDay('2022-04-06', context)).toMatchObject({ flaw: { code: 'future-day' } })
  expect(readPlannedDay('2032-04-05', context)).toEqual({ value: '2032-04-05' })
  expect(readPlannedDay('2032-04-06', context)).toMatchObject({ flaw: { code: 'implausible-year' } })
})
