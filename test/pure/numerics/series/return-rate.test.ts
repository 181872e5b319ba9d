import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  PRIOR_RETURN_RATE,
  relativeReturnRates,
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

describe('relativeReturnRates', () => {
  it('shrinks a group toward the mean, as in the worked example', () => {
    const cells = [
      { returned: 4, due: new Map([['rare', 30]]) },
      { returned: 61, due: new Map([['common', 100]]) },
    ]
    expect(relativeReturnRates(cells).get('rare')).toBeCloseTo(0.45, 12)
  })

  it('tells apart groups that come due together in different mixtures', () => {
    const mixtures = [
      [100, 10],
      [20, 80],
      [60, 60],
      [90, 30],
    ] as const
    const cells = mixtures.map(([renewed, first]) => ({
      returned: 0.9 * renewed + 0.3 * first,
      due: new Map([
        ['renewed', renewed],
        ['first', first],
      ]),
    }))
    const rates = relativeReturnRates(cells, () => 1, 1, 500)
    expect(rates.get('renewed')! / rates.get('first')!).toBeGreaterThan(2.5)
    expect(rates.get('renewed')! / rates.get('first')!).toBeLessThan(3.1)
  })

  it('says nothing of nothing', () => {
    expect(relativeReturnRates([]).size).toBe(0)
    expect(relativeReturnRates([{ returned: 0, due: new Map([['a', 5]]) }]).size).toBe(0)
  })
})
