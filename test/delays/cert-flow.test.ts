import { describe, expect, it } from 'vitest'
import { daysFrom } from '../../src/delays/cert-capacity.ts'
import { deposits, type Flow, type FlowPoint, flowOf } from '../../src/delays/cert-flow.ts'
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
  start: { stock: 1_500, oldestDays: 14 },
  targetDays: 14,
  isWorkingDay: day => isWorkingDay(day),
  ...changes,
})
const periods = months.map(period => ({ period, first: firstDay(period), last: lastDay(period) }))
const sum = (points: readonly FlowPoint[], read: (point: FlowPoint) => number) =>
  points.reduce((all, point) => all + read(point), 0)

it('lets pass at the counters what their slots take', () => {
  expect([...deposits([5, 5, 5, 5, 5, 5, 5], { backlog: 10, slots: [8, 8, 8, 8, 8, 8, 8] })]).toEqual([
    8, 8, 8, 6, 5, 5, 5,
  ])
})

describe('the flow of a centre', () => {
  it('loses no file: the stock of the start, receipts and decisions make the stock, of any age', () => {
    for (const changes of [
      {},
      { counters: undefined },
      { capacity: onWorkingDays(90) },
      { capacity: onWorkingDays(400) },
    ]) {
      const points = flowOf(flow(changes), periods)
      for (const point of points) {
        const kept = point.startStock.mean + point.receipts.mean - point.decisions.mean
        expect(Math.abs(kept - point.stock.mean)).toBeLessThan(1e-9 * Math.max(1, kept) + 1e-7)
        const ages = point.stockByAge
        const aged = ages.upTo7.mean + ages.upTo14.mean + ages.upTo30.mean + ages.upTo60.mean + ages.over.mean
        expect(aged).toBeCloseTo(point.stock.mean, 6)
      }
    }
  })

  it('is throttled by the counters: what they do not take does not come', () => {
    const points = flowOf(flow({ counters: { backlog: 2_000, slots: onWorkingDays(100) } }), periods)
    expect(sum(points, point => point.receipts.mean)).toBeCloseTo(100 * 254, 6)
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
