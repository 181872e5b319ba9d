import { describe, expect, test } from 'vitest'
import type { ObservedMonth } from '../../src/demand/counted-month.ts'
import type { ProjectedPoint } from '../../src/demand/engine/projection.ts'
import { completed, observedBefore, observedThrough } from '../../src/demand/observed.ts'

const month = (
  insee: string,
  of: string,
  requests = 120,
  title: ObservedMonth['title'] = 'cni',
): ObservedMonth => ({
  insee,
  title,
  month: of,
  requests,
})
const halls = ['a', 'b'].map(insee => ({ insee, presence: [{ from: '2000-Q1', share: 1 }] }))
const point = (place: string, mean: number, quarter = '2022-Q2'): ProjectedPoint => ({
  place,
  title: 'cni',
  quarter,
  mean,
  quantiles: { p05: 0.8 * mean, p10: mean, p25: mean, p50: mean, p75: mean, p90: mean, p95: 1.5 * mean },
  parts: {
    renewals: mean / 2,
    other: mean / 2,
    end: mean / 2,
    travelEnd: 0,
    early: 0,
    suppressed: 0,
    cohorts: [],
  },
})
const whole = (insee: string, title?: ObservedMonth['title']) =>
  ['2022-04', '2022-05', '2022-06'].map(of => month(insee, of, 120, title))

describe('a quarter beside what was counted of it', () => {
  const of = (counted: ObservedMonth[], insee = 'a', mean = 300) =>
    completed([point(insee, mean)], { code: insee, halls: halls.slice(0, 1), counted }, [
      point(insee, mean),
    ])[0]!

  test('is completed for the months that are not known: the worked example', () => {
    const { mean, quantiles, status, counted, parts } = of([month('a', '2022-04')])
    expect(mean).toBeCloseTo(120 + 300 * (1 - 0.105 / 0.31), 9)
    expect(quantiles.p05).toBeCloseTo(120 + 240 * (1 - 0.105 / 0.31), 9)
    expect([status, counted]).toEqual(['estimated', 120])
    expect(parts.renewals + parts.other).toBeCloseTo(mean, 9)
  })

  test('is observed once its three months are, and stays projected without any', () => {
    expect(of(whole('a'))).toMatchObject({ mean: 360, status: 'observed' })
    expect(of([month('a', '2022-07')])).toMatchObject({ mean: 300, status: 'estimated' })
  })

  test('of a department is the sum of its halls, counted or not, and observed when all are', () => {
    const place = (counted: ObservedMonth[]) => ({ code: '16', halls, counted })
    const expected = [point('16', 500), point('a', 300), point('b', 200)]
    const [some] = completed(expected.slice(0, 1), place(whole('a')), expected)
    expect(some).toMatchObject({ status: 'estimated', counted: 360 })
    expect(some!.mean).toBeCloseTo(360 + 200, 9)
    expect(some!.quantiles.p95).toBeCloseTo(360 + 300, 9)
    const [all] = completed(expected.slice(0, 1), place([...whole('a'), ...whole('b')]), expected)
    expect(all).toMatchObject({ status: 'observed', mean: 720 })
  })
})

test('quarters before a projection are observed where every open hall counted both titles', () => {
  const both = (insee: string) => [
    ...whole(insee),
    ...whole(insee).map(row => ({ ...row, title: 'passport' as const })),
  ]
  const place = { code: '16', halls, counted: [...both('a'), ...whole('b')] }
  expect(observedBefore(place, '2023-Q1').map(one => [one.title, one.requests])).toEqual([['cni', 720]])
  expect(observedBefore({ ...place, counted: [...both('a'), ...both('b')] }, '2023-Q1')).toContainEqual({
    place: '16',
    title: 'cni-passport',
    quarter: '2022-Q2',
    requests: 1440,
  })
  expect(observedBefore(place, '2022-Q2')).toEqual([])
})

test('what is known of every series ends with the first that does; a month is no quarter', () => {
  expect(observedThrough([])).toBeUndefined()
  expect(observedThrough([...whole('a'), month('a', '2022-07')])).toBe('2022-Q2')
  expect(observedThrough([...whole('a'), month('b', '2026-10')])).toBe('2022-Q2')
  expect(observedThrough([month('b', '2026-10')])).toBe('2026-Q3')
})

test('what was counted of both titles together is observed of their sum, and of neither', () => {
  const hall = { code: 'a', halls: halls.slice(0, 1) }
  const points = (['cni', 'passport', 'cni-passport'] as const).map(title => ({ ...point('a', 300), title }))
  const told = (counted: ObservedMonth[]) =>
    completed(points, { ...hall, counted }, points).map(({ status, mean }) => [status, mean])
  expect(told(whole('a', 'cni-passport'))).toEqual([
    ['estimated', 300],
    ['estimated', 300],
    ['observed', 360],
  ])
  const [april, , june] = whole('a', 'cni-passport')
  const may = [month('a', '2022-05', 70), month('a', '2022-05', 50, 'passport')]
  expect(told([april!, ...may, june!])[2]).toEqual(['observed', 360])
  const before = observedBefore({ ...hall, counted: whole('a', 'cni-passport') }, '2022-Q3')
  expect(before).toEqual([{ place: 'a', title: 'cni-passport', quarter: '2022-Q2', requests: 360 }])
})
