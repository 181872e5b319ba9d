import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FlowPoint } from '../../src/delays/cert-answer.ts'
import { daysFrom, workingDayShares } from '../../src/delays/cert-capacity.ts'
import { deposits, type Flow, flowOf } from '../../src/delays/cert-flow.ts'
import { countedCohorts, evenlyAged } from '../../src/delays/cert-queue.ts'
import { addDays } from '../../src/pure/calendar/day.ts'
import { firstDay, lastDay, monthsBetween } from '../../src/pure/calendar/period.ts'
import { isWorkingDay } from '../../src/pure/calendar/working-days.ts'
import { seededRandom } from '../../src/pure/numerics/series/random.ts'

const months = monthsBetween('2027-01', '2027-12')
const [from, to] = [firstDay('2027-01'), lastDay('2027-12')]
const days = daysFrom(from, addDays(to, 500))
const onWorkingDays = (files: number) => Float64Array.from(days, day => (isWorkingDay(day) ? files : 0))
const random = seededRandom(5)
const requests = Array.from({ length: 30 }, () =>
  Float64Array.from(months, () => 3_000 * (0.7 + 0.6 * random())),
)

const flow = (changes: Partial<Flow> = {}): Flow => ({
  from,
  to,
  months,
  requests,
  counters: { backlog: 2_000, slots: onWorkingDays(140) },
  capacity: onWorkingDays(145),
  start: evenlyAged(1_500, 14),
  targetDays: 14,
  shares: workingDayShares(from, to),
  ...changes,
})
const periods = months.map(period => ({ period, first: firstDay(period), last: lastDay(period) }))
const weeks = Array.from({ length: 10 }, (_, i) => ({
  period: `week ${i}`,
  first: addDays(from, 7 * i),
  last: addDays(from, 7 * i + 6),
}))
const sum = (points: readonly FlowPoint[], read: (point: FlowPoint) => number) =>
  points.reduce((all, point) => all + read(point), 0)

it('lets pass at the counters what their slots take', () => {
  expect([...deposits([5, 5, 5, 5, 5, 5, 5], { backlog: 10, slots: [8, 8, 8, 8, 8, 8, 8] })]).toEqual([
    8, 8, 8, 6, 5, 5, 5,
  ])
})

it('a supposed team ahead of its files lends its agents; those who join are seen', () => {
  const even = requests.map(() => Float64Array.from(months, () => 3_000))
  const supposed = { requests: even, counters: undefined, levels: even.map((_, p) => 0.94 + 0.004 * p) }
  const [last] = flowOf(flow(supposed), periods).slice(-1)
  const [joined] = flowOf(flow({ ...supposed, joining: onWorkingDays(5) }), periods).slice(-1)
  expect(last!.stock.p05).toBeGreaterThan(1_400)
  expect(last!.forwardDelay.p50).toBeGreaterThan(8)
  expect(joined!.stock.p05).toBeLessThan(800)
  expect(flowOf(flow({ requests: even, counters: undefined }), periods).at(-1)!.stock.p50).toBeLessThan(800)
})

it('starts from a stock as it was counted, by age', () => {
  const start = countedCohorts(300, { upTo7: 70, upTo60: 30 })
  expect(start.length).toBe(37)
  expect(start[0]).toEqual({ ageDays: 1, count: 30 })
  expect(start.at(-1)!.ageDays).toBe(60)
  const idle = {
    requests: [Float64Array.from(months, () => 0)],
    counters: undefined,
    capacity: onWorkingDays(0),
  }
  const [first] = flowOf(flow({ ...idle, start, startCounted: true, levels: [0.9] }), [
    { period: 'day', first: from, last: from },
  ])
  expect(first!.startStock.mean).toBeCloseTo(300, 9)
  expect(first!.stockByAge.upTo7.mean + first!.stockByAge.upTo14.mean).toBeCloseTo(210, 9)
  expect(first!.stockByAge.upTo60.mean + first!.stockByAge.over.mean).toBeCloseTo(90, 9)
})

describe('the flow of a centre', () => {
  it('loses no file, whatever the counters, the team and the start', () => {
    const files = fc.double({ min: 0, max: 400, noNaN: true })
    fc.assert(
      fc.property(
        fc.option(fc.record({ backlog: fc.double({ min: 0, max: 9_000, noNaN: true }), slots: files })),
        files,
        fc.record({
          stock: fc.double({ min: 0, max: 9_000, noNaN: true }),
          oldestDays: fc.double({ min: 1, max: 90, noNaN: true }),
        }),
        fc.option(fc.record({ upTo14: files, over: fc.double({ min: 1, max: 900, noNaN: true }) })),
        fc.constantFrom<'week' | 'month'>('week', 'month'),
        (counters, capacity, start, bands, grain) => {
          const asked = flow({
            requests: requests.slice(0, 3),
            counters: counters
              ? { backlog: counters.backlog, slots: onWorkingDays(counters.slots) }
              : undefined,
            capacity: onWorkingDays(capacity),
            start: bands ? countedCohorts(start.stock, bands) : evenlyAged(start.stock, start.oldestDays),
            startCounted: bands !== null,
          })
          for (const point of flowOf(asked, grain === 'month' ? periods : weeks)) {
            const kept = point.startStock.mean + point.receipts.mean - point.decisions.mean
            expect(Math.abs(kept - point.stock.mean)).toBeLessThan(1e-9 * Math.max(1_000, kept))
            const aged = Object.values(point.stockByAge).reduce((all, { mean }) => all + mean, 0)
            expect(Math.abs(aged - point.stock.mean)).toBeLessThan(1e-9 * Math.max(1_000, kept))
            expect(Number.isFinite(point.forwardDelay.p95)).toBe(true)
          }
        },
      ),
      { numRuns: 25 },
    )
  })

  it('is throttled by the counters: what they do not take does not come', () => {
    const points = flowOf(flow({ counters: { backlog: 2_000, slots: onWorkingDays(100) } }), periods)
    expect(sum(points, point => point.receipts.mean)).toBeCloseTo(100 * 254, 6)
    const supposed = {
      backlog: 2_000,
      slots: onWorkingDays(100),
      levels: requests.map((_, i) => 0.9 + 0.1 * (i % 3)),
    }
    const { p05, p95 } = flowOf(flow({ counters: supposed }), periods)[0]!.receipts
    expect(p05).toBeCloseTo(90 * 20, 6)
    expect(p95).toBeCloseTo(110 * 20, 6)
    const open = flowOf(flow({ counters: undefined }), periods)
    const asked = requests.reduce((all, path) => all + path.reduce((a, b) => a + b, 0), 0) / requests.length
    expect(sum(open, point => point.receipts.mean)).toBeCloseTo(asked, 6)
  })

  it('receives a wave from new slots, by what they free, then no more', () => {
    const before = flowOf(flow({ counters: { backlog: 2_000, slots: onWorkingDays(120) } }), periods)
    const more = flowOf(flow({ counters: { backlog: 2_000, slots: onWorkingDays(240) } }), periods)
    const gained = sum(more, point => point.receipts.mean) - sum(before, point => point.receipts.mean)
    const waiting =
      2_000 +
      requests.reduce((all, path) => all + path.reduce((a, b) => a + b, 0), 0) / requests.length -
      120 * 254
    expect(gained).toBeGreaterThan(0.9 * waiting)
    expect(gained).toBeLessThanOrEqual(waiting + 1e-6)
    expect(more[0]!.receipts.mean).toBeGreaterThan(before[0]!.receipts.mean * 1.2)
    expect(more[2]!.forwardDelay.mean).toBeGreaterThan(before[2]!.forwardDelay.mean)
  })

  it('decides all within the target when little waits, and nothing when all is old', () => {
    const fast = flowOf(flow({ capacity: onWorkingDays(400) }), periods)
    expect(fast[6]!.shareWithinTarget!.mean).toBeCloseTo(1, 9)
    const slow = flowOf(flow({ capacity: onWorkingDays(60) }), periods)
    expect(slow[6]!.shareWithinTarget!.mean).toBeCloseTo(0, 9)
    expect(slow[6]!.backwardDelay!.mean).toBeGreaterThan(60)
  })
})
