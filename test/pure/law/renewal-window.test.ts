import { expect, test } from 'vitest'
import { monthNumber } from '../../../src/pure/calendar/period.ts'
import { lawfulMonths } from '../../../src/pure/law/renewal-window.ts'

const windows = (end: string, old: boolean, day: string) =>
  lawfulMonths(end, old, day).map(({ from, to }) => [from, to])
const between = (from: string, to: string) => [monthNumber(from), monthNumber(to)]

test('an old card may be changed early from the day of the law, until it stops serving in Europe', () => {
  expect(windows('2034-05', true, '2025-03-31')).toEqual([
    between('2025-03', '2031-08'),
    between('2033-05', '2034-05'),
  ])
  expect(windows('2034-05', true, '2025-03-30')).toEqual([between('2033-05', '2034-05')])
  expect(windows('2031-05', false, '2026-11-29')).toEqual([between('2030-05', '2031-05')])
})
