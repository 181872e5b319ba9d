import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  type DelayFact,
  delayBasis,
  delayNow,
  delayQuarters,
  delayToday,
} from '../../src/delays/delay-now.ts'

const fact = (place: string, period: string, days: number, other: Partial<DelayFact> = {}): DelayFact => ({
  place,
  title: 'passport',
  period,
  granularity: period.length === 4 ? 'year' : period.includes('Q') ? 'quarter' : 'month',
  days,
  clock: 'request-to-receipt',
  unit: 'unspecified-day',
  statistic: 'mean',
  status: 'observed',
  source: 'Sénat',
  document: '',
  publishedOn: '2025-11-30',
  ...other,
})
const NATION = [fact('FR', '2022', 31), fact('FR', '2023', 34), fact('FR', '2024', 20)]
const OWN = ['2021-Q3', '2021-Q4'].map((quarter, i) =>
  fact('2A', quarter, 14 + 12 * i, { clock: 'issued-in-period', publishedOn: '2022-04-05' }),
)
const TODAY = '2026-11-29'
const widthOf = ({ low90, high90 }: { low90: number | undefined; high90: number | undefined }) =>
  high90! / low90!

test('an old delay is not today’s: the band holds both, and one recent value makes it known', () => {
  const now = delayNow('2A', 'passport', [...NATION, ...OWN], TODAY)!
  expect(now.clock).toBe('issued-in-period')
  const today = delayToday(now, 14)
  expect(today.low90).toBeLessThan(14)
  expect(today.high90).toBeGreaterThan(26)
  expect(widthOf(today)).toBeGreaterThan(2.5)
  const recent = fact('2A', '2026-10', 17, { clock: 'issued-in-period', publishedOn: '2026-11-05' })
  const told = delayNow('2A', 'passport', [...NATION, ...OWN, recent], TODAY)!
  expect(widthOf(delayToday(told, 14))).toBeLessThanOrEqual(2.5)
  expect(delayBasis(told)[0]).toMatchObject({ fact: { period: '2026-10' }, ageDays: 29 })
})

test('quarters nobody observed are estimates of the past, around what the nation did, then ever wider', () => {
  const now = delayNow('2A', 'passport', [...NATION, ...OWN], TODAY)!
  const quarters = delayQuarters(now, '2021-Q4', 33, 14)
  expect(quarters.map(one => one.tense).filter((tense, i, all) => tense !== all[i - 1])).toEqual([
    'past',
    'present',
    'future',
  ])
  const at = (quarter: string) => quarters.find(one => one.quarter === quarter)!.band
  expect(at('2021-Q4').median).toBeCloseTo(26, -1)
  expect(at('2023-Q3').median! / at('2024-Q3').median!).toBeGreaterThan(1.2)
  expect(widthOf(at('2029-Q4'))).toBeGreaterThan(widthOf(at('2024-Q3')))
})

test('a day knows what was published by it, and nothing is said of nothing', () => {
  expect(delayNow('2A', 'passport', [...NATION, ...OWN], '2022-04-05')!.facts).toHaveLength(2)
  expect(delayNow('2A', 'passport', [...NATION, ...OWN], '2022-04-04')).toBeUndefined()
  expect(delayNow('2A', 'driving-licence', NATION, TODAY)).toBeUndefined()
})

test('whatever was published, a delay stays between a day and two years, its quantiles in order', () => {
  const any = fc.record({
    place: fc.constantFrom('FR', '2A'),
    period: fc.constantFrom('2019', '2021-Q2', '2023-05', '2026-09'),
    days: fc.double({ min: 0.1, max: 5_000, noNaN: true }),
    status: fc.constantFrom('observed' as const, 'at-most' as const, 'censored' as const),
    clock: fc.constantFrom('issued-in-period' as const, 'request-to-receipt' as const),
  })
  fc.assert(
    fc.property(fc.array(any, { minLength: 1, maxLength: 12 }), facts => {
      const now = delayNow(
        '2A',
        'passport',
        facts.map(one => fact(one.place, one.period, one.days, one)),
        TODAY,
      )!
      for (const { band } of delayQuarters(now, '2018-Q1', 60, 14)) {
        const { low90, low50, median, high50, high90 } = band
        expect(
          [1, low90, low50, median, high50, high90, 730].every((v, i, all) => i === 0 || v! >= all[i - 1]!),
        ).toBe(true)
      }
    }),
    { numRuns: 60 },
  )
})
