import { expect, test } from 'vitest'
import type { PublishedRow } from '../../../src/pure/figures/observation.ts'
import { quarterlySeries, type SeriesRow } from '../../../src/pure/figures/quarterly-series.ts'

const row = (period: string, value: number, changes: Partial<PublishedRow> = {}): PublishedRow => ({
  measure: 'issuance-delay',
  title: 'residence-first',
  place: '16',
  variant: '',
  statistic: 'mean',
  unit: 'unspecified-day',
  clock: 'decided-in-period',
  granularity: period.includes('Q') ? 'quarter' : period.length === 4 ? 'year' : 'month',
  period,
  value,
  status: 'observed',
  target: undefined,
  locator: 'tableau',
  release: 1,
  kind: 'initial',
  publishedOn: '2022-04-05',
  recordedAt: '2026-11-24T00:00:00.000Z',
  shownAt: '2026-11-24T08:00:00Z',
  source: 'Préfecture',
  document: 'bilan',
  ...changes,
})
const none = () => undefined

test('months make a quarter only when all three are there: an absent month is not a zero', () => {
  const [series] = quarterlySeries(
    [row('2021-01', 124), row('2021-02', 60), row('2021-03', 66), row('2021-04', 40)],
    none,
  )
  expect(series?.points.map(point => [point.quarter, point.method, point.status])).toEqual([
    ['2021-Q1', 'mean-of-months', 'derived'],
  ])
  expect(series?.points[0]?.days).toBeCloseTo(250 / 3, 12)
})

const mean = (period: string, value: number, changes: Partial<SeriesRow> = {}): SeriesRow => ({
  ...row(period, value),
  status: 'derived',
  meanOf: 22,
  ...changes,
})

test('a month that nobody printed is the mean of its days, and the quarter says so', () => {
  const [series] = quarterlySeries(
    [mean('2021-01', 10), row('2021-02', 20), mean('2021-02', 99), mean('2021-03', 30)],
    none,
  )
  expect(series?.points).toMatchObject([
    { quarter: '2021-Q1', days: 20, method: 'mean-of-days', status: 'derived', conflicts: [] },
  ])
})

test('days alone make nothing, and a printed quarter wins over them', () => {
  const days = ['2021-01-05', '2021-02-05', '2021-03-05'].map(day => row(day, 5, { granularity: 'day' }))
  expect(quarterlySeries(days, none)).toEqual([])
  const months = ['2021-01', '2021-02', '2021-03'].map(month => mean(month, 5))
  const [series] = quarterlySeries([...days, ...months, row('2021-Q1', 6)], none)
  expect(series?.points).toMatchObject([{ quarter: '2021-Q1', days: 6, method: 'as-published' }])
})

test('twelve months of which some are means of days make a year of them', () => {
  const months = Array.from({ length: 12 }, (_, i) => `2021-${String(i + 1).padStart(2, '0')}`)
  const [series] = quarterlySeries(
    months.map((month, i) => (i === 0 ? mean(month, 12) : row(month, i))),
    none,
  )
  expect(series?.years).toEqual([{ year: 2021, method: 'mean-of-days', days: 6.5 }])
})

test.each([
  [['observed', 'observed', 'observed'], 'derived'],
  [['observed', 'estimated', 'observed'], 'estimated'],
  [['estimated', 'observed', 'censored'], 'censored'],
] as const)('a mean of months that are %j is %s', (statuses, expected) => {
  const rows = statuses.map((status, i) => row(`2021-0${i + 1}`, 40, { status }))
  expect(quarterlySeries(rows, none)[0]?.points[0]?.status).toBe(expected)
})

test('weights make a second method, named; a missing weight makes none', () => {
  const rows = [row('2021-01', 124), row('2021-02', 60), row('2021-03', 66)]
  const decisions: Record<string, number> = { '2021-01': 60, '2021-02': 191, '2021-03': 272 }
  const [weighted] = quarterlySeries(rows, (_title, _place, month) => decisions[month])
  expect(weighted?.points[0]?.methods.map(one => one.method)).toEqual(['mean-of-months', 'decision-weighted'])
  expect(weighted?.points[0]?.methods[1]?.days).toBeCloseTo((124 * 60 + 60 * 191 + 66 * 272) / 523, 12)
  const [plain] = quarterlySeries(rows, (_title, _place, month) => (month === '2021-02' ? undefined : 10))
  expect(plain?.points[0]?.methods).toHaveLength(1)
})

test('a printed quarter wins over its months, and a year is computed only from four printed quarters', () => {
  const rows = [
    row('2021-Q1', 6),
    row('2021-Q2', 8),
    row('2021-Q3', 14),
    row('2021-01', 99),
    row('2021-02', 99),
    row('2021-03', 99),
  ]
  const [series] = quarterlySeries(rows, none)
  expect(series?.points[0]?.days).toBe(6)
  expect(series?.years).toEqual([])
})

test('another clock is another series: they are never averaged together', () => {
  const series = quarterlySeries([row('2022-Q1', 27, { clock: 'first-free-slot' }), row('2022-Q1', 78)], none)
  expect(series.map(one => one.points[0]?.days)).toEqual([27, 78])
})

test('overload needs the quarter before: none after a gap', () => {
  const [series] = quarterlySeries([row('2021-Q1', 6), row('2021-Q2', 8), row('2021-Q4', 26)], none)
  expect(series?.points.map(point => point.impliedOverloadPct?.toFixed(1) ?? null)).toEqual([
    null,
    '2.2',
    null,
  ])
})

test('a withdrawn quarter leaves a hole, and conflicts stay', () => {
  const withdrawn = row('2021-Q2', 0, {
    value: undefined,
    status: 'withdrawn',
    kind: 'correction',
    release: 2,
  })
  const [series] = quarterlySeries(
    [row('2021-Q1', 40), row('2021-Q1', 39, { release: 3 }), row('2021-Q2', 8), withdrawn],
    none,
  )
  expect(series?.points.map(point => point.quarter)).toEqual(['2021-Q1'])
  expect(series?.points[0]?.conflicts.map(conflict => conflict.days)).toEqual([39])
})
