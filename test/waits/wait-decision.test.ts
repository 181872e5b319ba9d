import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { exactly } from '../../src/pure/figures/lever.ts'
import { hallOffer } from '../../src/waits/hall-offer.ts'
import { hallLever, sharing } from '../../src/waits/lever.ts'
import { daysGained, monthlyChange, withChange } from '../../src/waits/wait-decision.ts'
import type { WaitFact } from '../../src/waits/wait-fact.ts'
import {
  monthBand,
  unchangedQuarters,
  type WaitNow,
  waitNow,
  waitQuarters,
} from '../../src/waits/wait-now.ts'
import type { WaitPlace } from '../../src/waits/wait-state.ts'

const fact = (period: string, days: number, place = 'FR'): WaitFact => ({
  place,
  period,
  granularity: 'month',
  days,
  clock: 'appointment-as-published',
  unit: 'unspecified-day',
  status: 'observed',
  source: 'Ministère',
  document: 'Communiqué',
  publishedOn: '2025-01-31',
})
const FACTS = [
  ...[fact('2019-12', 19.5), fact('2021-09', 33), fact('2022-05', 65), fact('2023-05', 66)],
  ...[fact('2023-12', 21), fact('2024-12', 15), fact('2024-06', 60, '16015')],
]
const NATION: WaitPlace = { code: 'FR', kind: 'nation', halls: [] }
const HALLS = ['16015', '16102']
const hallPlace = (code: string): WaitPlace => ({
  code,
  kind: 'hall',
  department: '16',
  halls: HALLS,
  largest: '16015',
})
const growthOf = (futures: readonly (readonly number[])[]) => ({
  first: '2025-01',
  futures: futures.map(values => Float64Array.from(values)),
})
const AS_OF = '2026-11-24'
const MONTHS = 108
const told = (place: WaitPlace, growth = growthOf([[]]), paths = 200) =>
  waitNow({ place, facts: FACTS, growth, asOf: AS_OF, to: '2033-Q4', paths })!
const offer = (insee: string, perWeek: number) =>
  hallOffer(
    { insee, name: insee, stations: undefined, hours: undefined, closures: [], withoutAppointment: false },
    perWeek,
  )
const station = (hall: string, amount = 1) => ({
  lever: hallLever('more-stations', hall, { amount: exactly(amount), leadWeeks: 0 }),
  decidedOn: AS_OF,
})
const ask = { from: AS_OF, months: 86 }
const medians = (now: WaitNow) => waitQuarters(now, '2026-Q4', 29, 30).map(({ wait }) => wait.median!)

describe('the wait of the nation', () => {
  test('is never 0 and never above two years in any future, whatever the demand', () => {
    const wild = [0.08, -0.08, 0, 0.03].map(step => new Array<number>(MONTHS).fill(step))
    const { futures } = told(NATION, growthOf(wild), 2_000)
    let [least, most] = [Number.POSITIVE_INFINITY, 0]
    for (const path of futures.paths)
      for (const days of path) {
        least = Math.min(least, days)
        most = Math.max(most, days)
      }
    expect(least).toBeGreaterThanOrEqual(1)
    expect(most).toBeLessThanOrEqual(730)
  })

  test('is never shortened by more demand', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -0.03, max: 0.03, noNaN: true }), { minLength: MONTHS, maxLength: MONTHS }),
        fc.nat(80),
        fc.double({ min: 0.001, max: 0.2, noNaN: true }),
        (steps, at, more) => {
          const before = medians(told(NATION, growthOf([steps]), 60))
          const after = medians(
            told(NATION, growthOf([steps.map((step, m) => (m === at ? step + more : step))]), 60),
          )
          after.forEach((days, q) => {
            expect(days).toBeGreaterThanOrEqual(before[q]! * (1 - 1e-9))
          })
        },
      ),
      { numRuns: 8 },
    )
  })
})

describe('a decision', () => {
  test('adds to the log of the slots of a place what it adds to those of its halls', () => {
    // A station of 30 hours at 20 minutes each receives 90 requests a week.
    const [one, two] = [offer('16015', 90), offer('16102', 90)]
    const alone = monthlyChange([one], [station('16015')], ask).slots
    expect(alone.at(-1)).toBeCloseTo(Math.log(2), 9)
    // Six days of November are left after the 24th, that day included: 7 ÷ 30 of the month.
    expect(alone[0]).toBeCloseTo(Math.log(1 + 7 / 30), 9)
    const both = monthlyChange([one, two], [station('16015')], ask)
    expect(both.slots.at(-1)).toBeCloseTo(Math.log(1.5), 9)
    expect(both.parts.map(part => part.weight)).toEqual([0.5, 0.5])
    expect(both.parts[0]?.slots.at(-1)).toBeCloseTo(Math.log(2), 9)
    expect(both.parts[1]?.slots.at(-1)).toBe(0)
    expect(monthlyChange([two], [station('16015')], ask).slots.every(level => level === 0)).toBe(true)
    const over = { ...station('16015'), until: '2027-06-30' }
    expect(monthlyChange([one], [over], ask).slots.at(-1)).toBe(0)
  })

  test('that adds slots never lengthens a wait, the less so the more it adds, and changes nothing of the past', () => {
    const now = told(hallPlace('16102'))
    fc.assert(
      fc.property(
        fc.double({ min: 0.05, max: 3, noNaN: true }),
        fc.double({ min: 10, max: 900, noNaN: true }),
        (amount, perWeek) => {
          const offers = [offer('16102', perWeek)]
          const some = withChange(now, monthlyChange(offers, [station('16102', amount)], ask))
          const more = withChange(now, monthlyChange(offers, [station('16102', 2 * amount)], ask))
          for (const { byPath } of daysGained(now, some, '2026-Q4', '2033-Q4'))
            expect(Math.min(...byPath)).toBeGreaterThanOrEqual(0)
          medians(more).forEach((days, q) => {
            expect(days).toBeLessThanOrEqual(medians(some)[q]! * (1 + 1e-9))
          })
          expect(monthBand(some, '2026-10', 30)).toEqual(monthBand(now, '2026-10', 30))
        },
      ),
      { numRuns: 3 },
    )
  })

  test('brings no longer wait to a hall of which counts say that it is asked less', () => {
    const now = told(hallPlace('16102'))
    const hours = {
      lever: hallLever('more-hours', '16102', { amount: exactly(5), leadWeeks: 8 }),
      decidedOn: AS_OF,
    }
    const waits = [200, 150, 60].map(perWeek =>
      medians(withChange(now, monthlyChange([offer('16102', perWeek)], [hours], ask))),
    )
    for (const [i, less] of waits.slice(1).entries())
      less.forEach((days, q) => {
        expect(days).toBeLessThanOrEqual(waits[i]![q]!)
      })
  })

  test('at one hall shortens the wait of its department by no more than its own part of it', () => {
    const whole = told({ code: '16', kind: 'department', department: '16', halls: HALLS, largest: '16015' })
    const offers = [offer('16015', 900), offer('16102', 100)]
    const changed = withChange(whole, monthlyChange(offers, [station('16102', 3)], ask))
    for (const [q, days] of medians(changed).entries())
      expect(days).toBeGreaterThan(0.89 * medians(whole)[q]!)
  })

  test('dated 2030 gains nothing before, and days in the wave of 2031', () => {
    const now = told(hallPlace('16102'))
    const later = { ...station('16102'), decidedOn: '2030-01-01' }
    const changed = withChange(now, monthlyChange([offer('16102', 150)], [later], ask))
    const gains = daysGained(now, changed, '2029-Q4', '2031-Q4')
    expect(gains[0]?.gained.high95).toBe(0)
    expect(gains.at(-1)?.gained.median).toBeGreaterThan(1)
  })

  test('to share bookings brings halls closer to their department, which waits the same', () => {
    const shared = { lever: sharing({ amount: exactly(0.5), leadWeeks: 0 }), decidedOn: AS_OF }
    const offers = HALLS.map(code => offer(code, 90))
    const change = monthlyChange(offers, [shared], ask)
    const long = told(hallPlace('16015'))
    const whole = told({ code: '16', kind: 'department', department: '16', halls: HALLS, largest: '16015' })
    expect(medians(withChange(long, change)).at(-1)).toBeLessThan(medians(long).at(-1)!)
    expect(medians(withChange(whole, change))).toEqual(medians(whole))
  })
})

test('slots unchanged are told for two quarters at most', () => {
  expect(unchangedQuarters(told(hallPlace('16102')), 30).map(({ quarter }) => quarter)).toEqual([
    '2027-Q1',
    '2027-Q2',
  ])
})
