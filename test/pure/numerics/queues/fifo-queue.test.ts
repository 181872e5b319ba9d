import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { backwardDelay, forwardDelay } from '../../../../src/pure/numerics/queues/fifo-delay.ts'
import { type FifoRun, runFifo } from '../../../../src/pure/numerics/queues/fifo-queue.ts'

const sum = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b, 0)
/** Quarters of a file, and express shares in quarters, are exact in binary. */
const amount = fc.nat(400).map(n => n / 4)
const days = fc.array(amount, { minLength: 5, maxLength: 80 })
const runs: fc.Arbitrary<FifoRun> = fc.record({
  arrivals: days,
  capacity: fc.array(amount, { minLength: 5, maxLength: 120 }),
  initial: fc.array(fc.record({ ageDays: fc.nat(40), count: amount }), { maxLength: 5 }),
  injections: fc.array(fc.record({ day: fc.nat(4), count: amount, ageDays: fc.nat(60) }), { maxLength: 3 }),
  expressShare: fc.nat(4).map(n => n / 4),
})

describe('a first-in first-out queue', () => {
  it('is worked by hand', () => {
    const out = runFifo({ arrivals: [3, 3], capacity: [5, 5], initial: [{ ageDays: 2, count: 4 }] })
    expect([...out.issued]).toEqual([5, 5])
    expect([...out.issuedFileDays]).toEqual([8, 2])
    expect([...out.stock]).toEqual([2, 0])
    expect([...out.oldestDays]).toEqual([0, 0])
    expect([...out.forwardDays]).toEqual([0.4, 0])
    expect(backwardDelay(out, 0, 1)).toBe(1)
  })

  it('looks forward at once after an injection, backward only later', () => {
    const arrivals = new Array<number>(100).fill(250)
    const out = runFifo({
      arrivals,
      capacity: new Array<number>(200).fill(250),
      initial: Array.from({ length: 14 }, (_, i) => ({ ageDays: i + 1, count: 250 })),
      injections: [{ day: 1, count: 8_000 }],
    })
    expect(out.forwardDays[0]).toBe(14)
    expect(out.forwardDays[1]).toBe(46)
    expect(backwardDelay(out, 1, 1)).toBe(14)
    expect(out.issuedFileDays[60]! / 250).toBe(46)
  })

  it('lets the express share take the newest, and what it leaves go to the oldest', () => {
    const express = runFifo({
      arrivals: [4],
      capacity: [4],
      initial: [{ ageDays: 9, count: 10 }],
      expressShare: 0.5,
    })
    expect([...express.issuedFileDays]).toEqual([18])
    const spare = runFifo({
      arrivals: [0],
      capacity: [4],
      initial: [{ ageDays: 9, count: 10 }],
      expressShare: 0.5,
    })
    expect([...spare.issued]).toEqual([4])
  })

  it('has no backward delay when nothing leaves, and a plain forward one when nothing enters', () => {
    const out = runFifo({ arrivals: [0, 0], capacity: [0, 0, 5], initial: [{ ageDays: 0, count: 5 }] })
    expect(backwardDelay(out, 0, 1)).toBeUndefined()
    expect(forwardDelay(out, 0, 1)).toBe(1.5)
    expect([...out.oldestDays]).toEqual([0, 1])
  })

  it('refuses ages that are not whole days and shares that are not shares', () => {
    const base = { arrivals: [1], capacity: [1] }
    expect(() => runFifo({ ...base, initial: [{ ageDays: 1.5, count: 1 }] })).toThrow(RangeError)
    expect(() => runFifo({ ...base, expressShare: 1.2 })).toThrow(RangeError)
  })
})

describe('in every run', () => {
  it('files are conserved', () => {
    fc.assert(
      fc.property(runs, run => {
        const out = runFifo(run)
        const entered = sum(run.arrivals) + sum([...run.initial!, ...run.injections!].map(c => c.count))
        const left = sum(out.issued) + out.stock.at(-1)!
        expect(Math.abs(left - entered)).toBeLessThan(1e-9 * (1 + entered))
        expect(Math.min(...out.stock, ...out.issued)).toBeGreaterThan(-1e-9)
      }),
    )
  })

  it('more arrivals or a larger start never shorten, more capacity never lengthens, and order does not change stock', () => {
    fc.assert(
      fc.property(runs, fc.nat(79), amount, (given, at, extra) => {
        const run = {
          ...given,
          capacity: [...Array.from(given.capacity), ...new Array<number>(400).fill(60)],
        }
        const i = at % run.arrivals.length
        const base = runFifo(run)
        const arrivals = Array.from(run.arrivals)
        const busier = runFifo({ ...run, arrivals: arrivals.with(i, arrivals[i]! + extra) })
        const started = runFifo({ ...run, initial: [...run.initial!, { ageDays: 3, count: extra }] })
        const faster = runFifo({ ...run, capacity: run.capacity.with(i, run.capacity[i]! + extra) })
        const plain = runFifo({ ...run, expressShare: 0 })
        for (let day = 0; day < base.stock.length; day++) {
          expect(busier.forwardDays[day]!).toBeGreaterThanOrEqual(base.forwardDays[day]! - 1e-9)
          expect(started.forwardDays[day]!).toBeGreaterThanOrEqual(base.forwardDays[day]! - 1e-9)
          expect(faster.forwardDays[day]!).toBeLessThanOrEqual(base.forwardDays[day]! + 1e-9)
          expect(plain.stock[day]!).toBeCloseTo(base.stock[day]!, 6)
        }
      }),
    )
  })
})
