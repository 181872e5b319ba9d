import { expect, test } from 'vitest'
import type { PublishedRow } from '../../../src/pure/figures/observation.ts'
import { quarterlyVintages } from '../../../src/pure/figures/quarterly-vintages.ts'

const said = (
  release: number,
  period: string,
  value: number | undefined,
  changes: Partial<PublishedRow> = {},
): PublishedRow => ({
  measure: 'issuance-delay',
  title: 'cni',
  place: '16',
  variant: '',
  statistic: 'mean',
  unit: 'calendar-day',
  clock: 'issued-in-period',
  granularity: 'quarter',
  period,
  target: undefined,
  recordedAt: '2026-11-24T08:00:00Z',
  shownAt: `2026-11-0${release}T08:00:00.123456Z`,
  value,
  status: value === undefined ? 'withdrawn' : 'observed',
  release,
  kind: 'initial',
  publishedOn: `2022-0${release}-01`,
  source: 'Préfecture',
  document: 'bilan',
  locator: '',
  ...changes,
})
const quartersOf = ({ series }: ReturnType<typeof quarterlyVintages>) =>
  series.flatMap(one => one.points.map(point => [point.quarter, point.days]))

const ROWS = [
  said(1, '2021-Q1', 10),
  said(1, '2021-Q2', 11),
  said(2, '2021-Q2', 12, { kind: 'revision', reason: 'recompté' }),
  said(3, '2021-Q1', undefined, { kind: 'correction' }),
]

test('a day corrected since a moment keeps the quarter of which it makes the mean', () => {
  const day = (release: number, period: string, changes: Partial<PublishedRow> = {}) =>
    said(release, period, 9, { granularity: 'day', ...changes })
  const rows = [day(1, '2021-02-03'), day(1, '2021-05-03'), day(3, '2021-05-03', { kind: 'correction' })]
  const means = ['2021-01', '2021-02', '2021-03', '2021-04', '2021-05', '2021-06'].map(month => ({
    ...said(1, month, 9, { granularity: 'month' }),
    meanOf: 20,
  }))
  const told = quarterlyVintages(rows, () => undefined, { updatedAfter: '2026-11-02T00:00:00Z' }, means)
  expect(quartersOf(told)).toEqual([['2021-Q2', 9]])
  expect(told.history).toHaveLength(2)
})

test('without a moment: every point in force, every change, every value', () => {
  const told = quarterlyVintages(ROWS, () => undefined)
  expect(quartersOf(told)).toEqual([['2021-Q2', 12]])
  expect(told.notices.map(({ row, change }) => [row.period, change])).toEqual([
    ['2021-Q1', 'withdrawal'],
    ['2021-Q2', 'revision'],
  ])
  expect(told.history).toHaveLength(4)
})

test('since a moment: what was shown after it, in any zone; a withdrawal is told', () => {
  const after = (updatedAfter: string) => quarterlyVintages(ROWS, () => undefined, { updatedAfter })
  expect(quartersOf(after('2026-11-02T07:59:59Z'))).toEqual([['2021-Q2', 12]])
  expect(quartersOf(after('2026-11-02T09:00:01+01:00'))).toEqual([])
  expect(after('2026-11-02T08:00:01Z').notices.map(({ change }) => change)).toEqual(['withdrawal'])
  expect(after('2026-11-04').history).toEqual([])
})

test('quarters asked for bound notices and history too, by month and by year', () => {
  const rows = [
    ...ROWS,
    said(1, '2021-02', 9, { granularity: 'month' }),
    said(1, '2021', 10, { granularity: 'year' }),
  ]
  const told = quarterlyVintages(rows, () => undefined, { from: '2021-Q2', to: '2021-Q4' })
  expect(told.history.map(({ row }) => row.period)).toEqual(['2021-Q2', '2021-Q2'])
  expect(told.notices.map(({ row }) => row.period)).toEqual(['2021-Q2'])
})

test('a month brings its quarter, a year itself, and a figure shown at the very moment is not new', () => {
  const rows = [
    said(1, '2021-Q1', 10),
    said(1, '2021', 11, { granularity: 'year' }),
    said(1, '2020', 12, { granularity: 'year' }),
    said(1, '2021-Q1', 20, { place: '17' }),
    said(2, '2021', 13, { granularity: 'year', kind: 'revision' }),
    ...['2022-04', '2022-05', '2022-06'].map(period => said(1, period, 9, { granularity: 'month' })),
    said(3, '2022-05', 8, { granularity: 'month', kind: 'revision' }),
  ]
  const after = (updatedAfter: string) => {
    const { series } = quarterlyVintages(rows, () => undefined, { updatedAfter })
    return series.map(({ place, points, years }) => [
      place,
      points.map(({ quarter }) => quarter),
      years.map(({ year }) => year),
    ])
  }
  expect(after('2026-11-01T07:00:00Z')).toEqual([
    ['16', ['2021-Q1', '2022-Q2'], [2020, 2021]],
    ['17', ['2021-Q1'], []],
  ])
  expect(after('2026-11-01T09:00:00Z')).toEqual([['16', ['2022-Q2'], [2021]]])
  expect(after('2026-11-02T08:00:00.122Z')).toEqual([['16', ['2022-Q2'], [2021]]])
  expect(after('2026-11-02T08:00:00.123Z')).toEqual([['16', ['2022-Q2'], []]])
  expect(after('2026-11-03T08:00:00.123Z')).toEqual([])
})

test('a year is in a range that holds all of it, a month in one that holds its quarter', () => {
  const rows = [said(1, '2021', 10, { granularity: 'year' }), said(1, '2021-05', 9, { granularity: 'month' })]
  const within = (from?: string, to?: string) =>
    quarterlyVintages(rows, () => undefined, { from, to }).history.map(({ row }) => row.period)
  expect(within('2021-Q1', '2021-Q4')).toEqual(['2021', '2021-05'])
  expect(within('2021-Q2', '2021-Q4')).toEqual(['2021-05'])
  expect(within('2021-Q1', '2021-Q3')).toEqual(['2021-05'])
  expect(within('2021-Q2', '2021-Q2')).toEqual(['2021-05'])
  expect(within('2021-Q3')).toEqual([])
  expect(within(undefined, '2021-Q1')).toEqual([])
})
