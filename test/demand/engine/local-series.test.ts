import { describe, expect, test } from 'vitest'
import {
  type CountedSeries,
  LEAST_MONTHS,
  type LocalQuestion,
  localForecasts,
} from '../../../src/demand/engine/local-series.ts'

const SEASON = [1, 1.1, 1.3, 1.25, 1.25, 1.2, 1, 0.7, 0.8, 0.85, 0.8, 0.75]
const series = (insee: string, level: number, months: number): CountedSeries => ({
  insee,
  title: 'cni',
  counts: Array.from({ length: months }, (_, i) =>
    Math.round(level * (SEASON[i % 12] ?? 1) * (1 + 0.03 * Math.sin(5 * i + level))),
  ),
})
const question = (all: readonly CountedSeries[], changes: Partial<LocalQuestion> = {}): LocalQuestion => ({
  series: all,
  firstMonth: '2019-01',
  exceptional: new Set(),
  firstQuarter: '2022-Q1',
  lastQuarter: '2033-Q4',
  expected: (_, month) => 1_000 * (SEASON[Number(month.slice(5)) - 1] ?? 1),
  due: () => 500,
  ...changes,
})

describe('three years of counts', () => {
  const forecasts = localForecasts(question([series('a', 100, 36), series('b', 300, 36)]))

  test('level and season continue', () => {
    const [a, b] = forecasts
    expect(a?.quarters[0]?.mean).toBeGreaterThan(0.93 * 340)
    expect(a?.quarters[0]?.mean).toBeLessThan(1.07 * 340)
    expect((b?.quarters[3]?.mean ?? 0) / (b?.quarters[1]?.mean ?? 1)).toBeCloseTo(2.4 / 3.7, 1)
  })

  test('their weight fades with the horizon and ends after three years', () => {
    const weights = forecasts[0]?.quarters.map(quarter => quarter.weight) ?? []
    expect(weights).toHaveLength(12)
    expect(weights).toEqual([...weights].sort((x, y) => y - x))
    expect(weights[0]).toBeGreaterThan(0)
    expect(weights[0]).toBeLessThanOrEqual(1)
  })

  test('an open gate silences them', () => {
    const open = question([series('a', 100, 36)], {
      due: month => (month < '2022-01' ? 500 : 4_000),
    })
    for (const { weight } of localForecasts(open)[0]?.quarters ?? []) expect(weight).toBeLessThan(0.02)
  })
})

test('a large department is judged on some of its errors as on all of them', () => {
  const halls = (count: number) =>
    Array.from({ length: count }, (_, i) => series(String(i), 100 + ((37 * i) % 90), 36))
  const weight = (count: number) => localForecasts(question(halls(count)))[0]?.quarters[0]?.weight ?? 0
  const some = weight(48)
  expect(some).toBeGreaterThan(0.1)
  expect(Math.abs(some - weight(16))).toBeLessThan(0.06)
})

test('less than two years of counts, or counts that stopped long ago, give no forecast', () => {
  expect(localForecasts(question([series('a', 100, LEAST_MONTHS - 1)]))).toEqual([])
  expect(localForecasts(question([series('a', 100, 36)], { firstQuarter: '2023-Q1' }))).toEqual([])
})

test('gaps, zeros and masked months never give a number that is none', () => {
  const gappy: CountedSeries = {
    insee: 'a',
    title: 'cni',
    counts: series('a', 40, 36).counts.map((count, i) => (i % 7 === 3 ? undefined : count)),
  }
  const silent: CountedSeries = { insee: 'b', title: 'passport', counts: Array.from({ length: 36 }, () => 0) }
  const forecasts = localForecasts(
    question([gappy, silent], { exceptional: new Set(['2020-04', '2020-05']) }),
  )
  for (const { quarters } of forecasts) {
    for (const { mean, logSpread, weight } of quarters) {
      expect([mean, logSpread, weight].every(value => Number.isFinite(value) && value >= 0)).toBe(true)
    }
  }
})
