import { expect, test } from 'vitest'
import { breaches, lastYears, oldBefore } from '../../src/home/attention.ts'
import { printedSeries } from '../quarterly-series.ts'

/** The quarters of 2021, from the first on. */
const series = (days: number[], targetDays: number | null) =>
  printedSeries(Object.fromEntries(days.map((value, i) => [`2021-Q${i + 1}`, value])), targetDays)

test('licences of 2021: 34 days over the target, passed since the second quarter, no worse than the quarter before', () => {
  expect(breaches([series([14, 31, 48, 48], 14)])).toMatchObject([
    { gap: 34, since: '2021-Q2', change: 0, target: 14 },
  ])
})

test('a target held again in between counts from its last breach; the widest gap comes first', () => {
  const found = breaches([series([20, 10, 15, 16], 14), series([14, 14, 14, 26], 14)])
  expect(found.map(({ gap, since, change }) => [gap, since, change])).toEqual([
    [12, '2021-Q4', 12],
    [2, '2021-Q3', 1],
  ])
})

test('a quarter that nobody published is neither before nor above', () => {
  const told = series([26, 33], 14)
  const [first, last] = told.points
  const apart = { ...told, points: [first!, { ...last!, quarter: '2026-Q3' }] }
  expect(breaches([apart])).toMatchObject([{ since: '2026-Q3', change: undefined }])
})

test('a target that is held, or that nobody declared, is no breach', () => {
  expect(breaches([series([4, 4, 4, 4], 14), series([90], null), series([], 14)])).toEqual([])
})

test('a figure is old four months after its publication, across the new year too', () => {
  expect(oldBefore('2026-11-24')).toBe('2026-07-24')
  expect(oldBefore('2027-02-10')).toBe('2026-10-10')
})

test('the last year published of each title; a title without a year is absent', () => {
  const years = [
    { year: 2023, days: 26, method: 'as-published' as const },
    { year: 2024, days: 13, method: 'as-published' as const },
  ]
  expect(lastYears([{ ...series([], null), title: 'cni', years }, series([90], null)])).toEqual([
    { title: 'cni', year: 2024, days: 13 },
  ])
})
