import { expect, test } from 'vitest'
import { grainedSeries, seriesRows } from '../../../src/pure/figures/grained-series.ts'
import type { PublishedRow } from '../../../src/pure/figures/observation.ts'
import { quarterlySeries } from '../../../src/pure/figures/quarterly-series.ts'

const row = (period: string, value: number, more: Partial<PublishedRow> = {}): PublishedRow => ({
  measure: 'appointment-wait',
  title: '',
  place: 'FR',
  variant: '',
  statistic: 'as-published',
  unit: 'unspecified-day',
  clock: 'appointment-as-published',
  granularity: 'month',
  period,
  value,
  status: 'observed',
  target: undefined,
  locator: 'page 1',
  release: 1,
  kind: 'initial',
  publishedOn: '2022-01-01',
  recordedAt: '2022-01-01T00:00:00Z',
  shownAt: '2022-01-01T00:00:00Z',
  source: 'Ministère',
  document: 'bilan',
  ...more,
})
const told = (rows: PublishedRow[], range = {}) =>
  grainedSeries(
    rows,
    quarterlySeries(rows, () => undefined, range),
    range,
  )

test('isolated months are told as months, with no quarter', () => {
  const [series] = told([row('2022-04', 65), row('2023-11', 14)])
  expect(series?.points).toMatchObject([
    { grain: 'month', period: '2022-04', quarter: null, days: 65 },
    { grain: 'month', period: '2023-11', quarter: null, days: 14 },
  ])
})

test('whole quarters are told by quarter, even before a month that is not one yet', () => {
  const months = ['2022-01', '2022-02', '2022-03', '2022-04'].map((month, i) => row(month, 10 * (i + 1)))
  expect(told(months)[0]?.points).toMatchObject([
    { grain: 'quarter', quarter: '2022-Q1', period: '2022-Q1', days: 20 },
  ])
  expect(told(months, { grain: 'month' })[0]?.points).toHaveLength(4)
  expect(told(months, { grain: 'all' })[0]?.points).toHaveLength(5)
  expect(told(months, { grain: 'year' })).toEqual([])
})

test('years published alone are told, a range keeps what is whole inside it', () => {
  const years = ['2022', '2023', '2024'].map((year, i) => row(year, 29 - i, { granularity: 'year' }))
  expect(told(years)[0]?.points.map(point => point.period)).toEqual(['2022', '2023', '2024'])
  expect(told(years, { from: '2022-Q2', to: '2024-Q3' })[0]?.points.map(point => point.period)).toEqual([
    '2023',
  ])
})

test('only what changed since a moment, when it is asked', () => {
  const rows = [row('2022-04', 65), row('2022-05', 77, { shownAt: '2024-01-01T00:00:00Z' })]
  expect(told(rows, { updatedAfter: '2023-01-01' })[0]?.points.map(point => point.period)).toEqual([
    '2022-05',
  ])
})

test('the export keeps grain, conflicts and origin', () => {
  const { header, rows } = seriesRows(
    told([row('2022-05', 77), row('2022-05', 90, { release: 2, source: 'Autre' })]),
  )
  const cell = (name: string) => rows[0]?.[header.indexOf(name)]
  expect([
    cell('période'),
    cell('maille'),
    cell('trimestre'),
    cell('valeurs en conflit'),
    cell('document'),
  ]).toEqual(['2022-05', 'month', undefined, '90', 'bilan'])
})
