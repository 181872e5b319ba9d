import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  backlogOfTime,
  backlogPath,
  cumulative,
  timesToClear,
} from '../../../../src/pure/numerics/queues/fluid-queue.ts'

/** Quarters of a file are exact in binary, so that ties at the end of a day are ties. */
const amount = fc.nat(200).map(n => n / 4)
/** Whole steps that a backlog takes from a step on, then the part of the last one: as it is said, step by step. */
function timeToClear(backlog: number, reached: Float64Array, from = 0): number {
  if (backlog <= 1e-9) return 0
  const goal = reached[from]! + backlog
  const end = reached.findIndex((sum, step) => step > from && sum >= goal - 1e-9)
  if (end < 0) return Number.POSITIVE_INFINITY
  return end - 1 - from + Math.min(1, (goal - reached[end - 1]!) / (reached[end]! - reached[end - 1]!))
}

const amounts = fc.array(amount, { minLength: 1, maxLength: 60 })

describe('the time to clear', () => {
  it('is 60.4 days for 12,000 files, 150 a day for 31 days then 250', () => {
    const slots = Array.from({ length: 100 }, (_, day) => (day < 31 ? 150 : 250))
    expect(timesToClear([12_000], cumulative(slots))[0]).toBeCloseTo(60.4, 9)
  })

  it('waits through closed days', () => {
    const slots = cumulative([10, 0, 0, 10, 10])
    expect(timesToClear([15], slots)[0]).toBe(3.5)
    expect([...timesToClear([10, 10, 0], slots)]).toEqual([1, 3, 0])
  })

  it('is unknown beyond the calendar', () => {
    expect([...timesToClear([31], cumulative([10, 10, 10]))]).toEqual([Number.POSITIVE_INFINITY])
    expect([...timesToClear([1], cumulative([]))]).toEqual([Number.POSITIVE_INFINITY])
    expect([...timesToClear([5, 25], cumulative([10, 10, 10]))]).toEqual([0.5, Number.POSITIVE_INFINITY])
  })

  it('along a path is the same as day by day', () => {
    fc.assert(
      fc.property(fc.nat(500), amounts, amounts, (start, inflow, slots) => {
        const backlog = backlogPath(start, inflow, slots)
        const reached = cumulative(slots)
        const one = Array.from(backlog, (b, t) => timeToClear(b, reached, t))
        expect(Array.from(timesToClear(backlog, reached))).toEqual(one)
      }),
    )
  })

  it('is found again where a backlog falls faster than it is served', () => {
    expect([...timesToClear([25, 5, 0], cumulative([10, 10, 20, 10]))]).toEqual([2.25, 0.5, 0])
  })

  it('gives the backlog back', () => {
    const slots = fc.array(fc.double({ min: 0.5, max: 50, noNaN: true }), { minLength: 20, maxLength: 40 })
    fc.assert(
      fc.property(slots, fc.double({ min: 0, max: 10, noNaN: true }), (capacity, backlog) => {
        const reached = cumulative(capacity)
        expect(backlogOfTime(timeToClear(backlog, reached, 3), reached, 3)).toBeCloseTo(backlog, 8)
      }),
    )
    expect(backlogOfTime(99, cumulative([10, 10]))).toBe(20)
  })
})

describe('the backlog', () => {
  it('is worked by hand', () => {
    expect([...backlogPath(10, [6, 2], [5, 5])]).toEqual([10, 11, 8])
    expect([...backlogPath(3, [0, 0, 4], [5, 5, 1])]).toEqual([3, 0, 0, 3])
  })

  it('conserves what enters: all that came is served or waits, and capacity idles only when nothing does', () => {
    const fraction = fc.double({ min: 0, max: 200, noNaN: true })
    const fractions = fc.array(fraction, { minLength: 1, maxLength: 60 })
    fc.assert(
      fc.property(fraction, fractions, fractions, (start, inflow, capacity) => {
        const backlog = backlogPath(start, inflow, capacity)
        let [entered, served] = [start, 0]
        for (const [t, came] of inflow.entries()) {
          const offered = capacity[t] ?? 0
          const used = backlog[t]! + came - backlog[t + 1]!
          entered += came
          served += Math.min(offered, backlog[t]! + came)
          expect(used).toBeGreaterThanOrEqual(-1e-9)
          expect(used).toBeLessThanOrEqual(offered + 1e-9)
          if (offered - used > 1e-9) expect(backlog[t + 1]).toBe(0)
          expect(Math.abs(entered - served - backlog[t + 1]!)).toBeLessThan(1e-9 * (1 + entered))
        }
      }),
    )
  })

  it('grows with the start and with demand, shrinks with capacity; so do waits', () => {
    fc.assert(
      fc.property(amounts, amounts, amount, fc.nat(59), (inflow, capacity, extra, at) => {
        const i = at % inflow.length
        const long = [...capacity, ...new Array<number>(200).fill(30)]
        const base = backlogPath(5, inflow, long)
        const busier = backlogPath(5, inflow.with(i, inflow[i]! + extra), long)
        const started = backlogPath(5 + extra, inflow, long)
        const faster = long.with(i, long[i]! + extra)
        const eased = backlogPath(5, inflow, faster)
        const waits = timesToClear(base, cumulative(long))
        const busierWaits = timesToClear(busier, cumulative(long))
        const startedWaits = timesToClear(started, cumulative(long))
        const easedWaits = timesToClear(eased, cumulative(faster))
        for (let t = 0; t < base.length; t++) {
          expect(busier[t]!).toBeGreaterThanOrEqual(base[t]! - 1e-9)
          expect(started[t]!).toBeGreaterThanOrEqual(base[t]! - 1e-9)
          expect(eased[t]!).toBeLessThanOrEqual(base[t]! + 1e-9)
          if (waits[t] === Number.POSITIVE_INFINITY) continue
          expect(busierWaits[t]!).toBeGreaterThanOrEqual(waits[t]! - 1e-9)
          expect(startedWaits[t]!).toBeGreaterThanOrEqual(waits[t]! - 1e-9)
          expect(easedWaits[t]!).toBeLessThanOrEqual(waits[t]! + 1e-9)
        }
      }),
    )
  })
})
