import { describe, expect, it } from 'vitest'
import { daysFrom } from '../../src/delays/cert-capacity.ts'
import { type CertRun, evenlyAged, runCert } from '../../src/delays/cert-queue.ts'
import { daysBetween } from '../../src/pure/calendar/day.ts'
import { lastDay } from '../../src/pure/calendar/period.ts'
import { isWorkingDay } from '../../src/pure/calendar/working-days.ts'

const FROM = '2020-11-01'
const days = daysFrom(FROM, '2021-12-31')
const working = (files: (day: string) => number) => (day: string) => (isWorkingDay(day) ? files(day) : 0)
const perDay = (files: (day: string) => number) => Float64Array.from(days, working(files))
const endOfAugust = daysBetween(FROM, '2021-08-31')
const year2021 = (run: CertRun) => {
  const { days: daily, quarters } = runCert(run)
  return { stock: daily.stock[endOfAugust]!, delays: quarters.slice(1).map(q => q.backwardDays!) }
}

describe('the licences of 2021 in Charente', () => {
  it('follow a first-in first-out queue: 14.3, 37.5, 47.3, 47.9 days and 11,450 files at the end of August', () => {
    const { delays, stock } = year2021({
      from: FROM,
      arrivals: perDay(() => 345),
      capacity: perDay(() => 345),
      start: evenlyAged(3_450, 14),
      injections: [{ day: '2021-03-31', files: 8_000 }],
    })
    expect(stock).toBeCloseTo(11_450, 6)
    const expected = [14.3, 37.5, 47.3, 47.9]
    for (const [i, delay] of delays.entries()) expect(Math.abs(delay - expected[i]!)).toBeLessThan(0.06)
  })

  it('follow an express lane as well: 14.4, 31.0, 47.0, 47.8 days and 11,985 files', () => {
    const { delays, stock } = year2021({
      from: FROM,
      arrivals: perDay(day => (day >= '2021-03-30' ? 360 * 1.01 : 360)),
      capacity: perDay(() => 360),
      start: evenlyAged(3_600, 14),
      injections: [{ day: '2021-03-30', files: 8_000 }],
      expressShare: 0.35,
    })
    expect(stock).toBeCloseTo(11_985.2, 6)
    const expected = [14.4, 31, 47, 47.8]
    for (const [i, delay] of delays.entries()) expect(Math.abs(delay - expected[i]!)).toBeLessThan(0.06)
  })

  it('cannot tell the express share from the date: two other pairs stay within a day of the four figures', () => {
    for (const [day, expressShare] of [
      ['2021-03-26', 0.4],
      ['2021-03-15', 0.5],
    ] as const) {
      const { delays } = year2021({
        from: FROM,
        arrivals: perDay(d => (d >= day ? 360 * 1.01 : 360)),
        capacity: perDay(() => 360),
        start: evenlyAged(3_600, 14),
        injections: [{ day, files: 8_000 }],
        expressShare,
      })
      for (const [i, published] of [14, 31, 48, 48].entries())
        expect(Math.abs(delays[i]! - published)).toBeLessThan(1)
    }
  })
})

describe('a quarter of a CERT', () => {
  it('shows both clocks: the injection is in the forward delay at once', () => {
    const { days: daily, quarters } = runCert({
      from: FROM,
      arrivals: perDay(() => 345),
      capacity: Float64Array.from(
        daysFrom(FROM, '2022-06-30'),
        working(() => 345),
      ),
      start: evenlyAged(3_450, 14),
      injections: [{ day: '2021-03-31', files: 8_000 }],
    })
    expect(daily.forwardDays[daysBetween(FROM, '2021-03-31')]).toBeGreaterThan(46)
    const [, first, second] = quarters
    expect(daily.forwardDays[daysBetween(FROM, lastDay(first!.quarter))]).toBeGreaterThan(46)
    expect(first!.backwardDays).toBeLessThan(15)
    expect(daily.oldestDays[daysBetween(FROM, lastDay(second!.quarter))]).toBe(49)
    expect(second!.issued).toBe(345 * 62)
    expect(quarters.map(q => q.complete)).toEqual([false, true, true, true, true])
  })

  it('has no delay looking back when nothing is issued', () => {
    const [quarter] = runCert({
      from: '2021-01-01',
      arrivals: new Array<number>(90).fill(1),
      capacity: [],
      start: [],
    }).quarters
    expect(quarter).toMatchObject({
      backwardDays: undefined,
      forwardDays: Number.POSITIVE_INFINITY,
      stockAtEnd: 90,
    })
  })
})

it('spreads a stock evenly over its ages, the last day pro rata', () => {
  expect(evenlyAged(10, 2.5)).toEqual([
    { ageDays: 1, count: 4 },
    { ageDays: 2, count: 4 },
    { ageDays: 3, count: 2 },
  ])
  expect(evenlyAged(10, 0)).toEqual([{ ageDays: 0, count: 10 }])
  expect(evenlyAged(0, 0)).toEqual([])
})
