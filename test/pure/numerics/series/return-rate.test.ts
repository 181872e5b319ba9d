import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  PRIOR_RETURN_RATE,
  returnRateFromChanges,
  returnRateFromReturns,
} from '../../../../src/pure/numerics/series/return-rate.ts'

describe('returnRateFromChanges', () => {
  const due = Array.from({ length: 40 }, (_, t) => 1000 + 300 * Math.sin(t))
  const noise = Array.from({ length: 40 }, (_, t) => 60 * Math.sin(7.3 * t))

  it('comes back to its prior where titles due never move, or nothing is known', () => {
    expect(returnRateFromChanges([5, 6, 7, 8], [3, 3, 3, 3])).toEqual({
      mean: expect.closeTo(PRIOR_RETURN_RATE.mean, 3),
      standardDeviation: expect.closeTo(PRIOR_RETURN_RATE.standardDeviation, 3),
    })
    expect(returnRateFromChanges([1, 2], [undefined, undefined])).toBe(PRIOR_RETURN_RATE)
  })

  it('moves toward the rate of the data, and not past it', () => {
    const requests = due.map((titles, t) => 0.9 * titles + 500 + noise[t]!)
    const learned = returnRateFromChanges(requests, due)
    expect(learned.mean).toBeGreaterThan(0.7)
    expect(learned.mean).toBeLessThan(0.95)
    expect(learned.standardDeviation).toBeLessThan(PRIOR_RETURN_RATE.standardDeviation)
  })

  it('stays within 0 and 1 where free regression would not', () => {
    const requests = due.map((titles, t) => 2.5 * titles + noise[t]!)
    const { mean, standardDeviation } = returnRateFromChanges(requests, due)
    expect(mean).toBeLessThanOrEqual(1)
    expect(mean - standardDeviation).toBeGreaterThan(0)
  })

  it('is bounded and finite whatever it reads', () => {
    const counts = fc.array(fc.option(fc.nat({ max: 1e6 }), { nil: undefined }), {
      minLength: 2,
      maxLength: 25,
    })
    fc.assert(
      fc.property(counts, counts, (requests, exposed) => {
        const { mean, standardDeviation } = returnRateFromChanges(requests, exposed)
        expect(mean >= 0 && mean <= 1 && standardDeviation >= 0).toBe(true)
      }),
    )
  })
})

describe('returnRateFromReturns', () => {
  it('joins the prior and what was counted, as in the worked example', () => {
    expect(returnRateFromReturns([30], [50], 12).mean).toBeCloseTo(44.1375 / 71.75, 12)
  })

  it('forgets at its half-life', () => {
    const old = returnRateFromReturns([30, undefined], [50, undefined], 1).mean
    expect(old).toBeCloseTo((14.1375 + 15) / (21.75 + 25), 12)
  })
})
