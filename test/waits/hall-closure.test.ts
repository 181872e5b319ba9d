import fc from 'fast-check'
import { expect, test } from 'vitest'
import { quarterOf } from '../../src/pure/calendar/period.ts'
import { waitThrough, withClosures } from '../../src/waits/hall-closure.ts'
import type { WaitFact } from '../../src/waits/wait-fact.ts'
import { monthBand, waitNow } from '../../src/waits/wait-now.ts'

const AS_OF = '2026-11-24'
const place = { code: '79191', kind: 'hall' as const, department: '79', halls: ['79191'], largest: '79191' }
const facts = ['FR', '79191'].map(
  (code): WaitFact => ({
    place: code,
    period: '2026-10',
    granularity: 'month',
    days: 16,
    clock: 'appointment-as-published',
    unit: 'unspecified-day',
    status: 'observed',
    source: '',
    document: '',
    publishedOn: '2026-11-02',
  }),
)
const open = waitNow({
  place,
  facts,
  growth: undefined,
  asOf: AS_OF,
  to: quarterOf('2028-12-31'),
  paths: 100,
})!
const median = (months: string[], ...closures: [from: string, to: string][]) => {
  const now = withClosures(
    open,
    closures.map(([from, to]) => ({ hall: '79191', from, to, share: 1 })),
  )
  return months.map(month => monthBand(now, month, 30).median!)
}

test('a closed month is waited through, and so is the half of one', () => {
  expect(waitThrough(16, [1])).toBeCloseTo(46.4375, 4)
  expect(waitThrough(16, [0.5])).toBeCloseTo(30.4375 + 16 - 15.21875, 4)
  expect(waitThrough(16, [0, 1])).toBe(16)
  expect(waitThrough(16, [])).toBe(16)
})

test('a closure to come is waited for before, left behind after, and made good in time', () => {
  const months = ['2026-11', '2027-01', '2027-02', '2027-03', '2028-11']
  const before = median(months)
  const then = median(months, ['2027-02-01', '2027-02-28'])
  const gap = then.map((days, i) => days - before[i]!)
  expect(gap[0]).toBe(0)
  expect(gap[1]).toBeGreaterThan(25)
  expect(gap[2]).toBeGreaterThan(20)
  expect(gap[3]).toBeLessThan(gap[2]!)
  expect(gap[4]).toBeLessThan(10)
})

test('days that are past, of another hall or on Sundays change nothing, and nothing exceeds two years', () => {
  const months = ['2026-11', '2027-06']
  const before = median(months)
  expect(median(months, ['2026-10-01', AS_OF], ['2027-01-10', '2027-01-10'])).toEqual(before)
  const other = [{ hall: '79049', from: '2027-01-01', to: '2027-12-31', share: 1 }]
  expect(withClosures(open, other)).toBe(open)
  expect(median(months, ['2026-12-01', '2031-12-31']).every(days => days <= 730)).toBe(true)
})

test('closing longer never shortens a wait in any month', () => {
  const months = ['2026-11', '2027-01', '2027-04', '2027-12', '2028-06']
  const day = fc.integer({ min: 1, max: 28 }).map(date => `2027-03-${String(date).padStart(2, '0')}`)
  fc.assert(
    fc.property(day, day, (one, other) => {
      const [from, to] = [one, other].sort() as [string, string]
      const shorter = median(months, [from, to])
      const longer = median(months, [from, '2027-04-15'])
      expect(longer.every((days, i) => days >= shorter[i]! - 1e-9)).toBe(true)
    }),
    { numRuns: 20 },
  )
})
