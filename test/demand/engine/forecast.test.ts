import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cohortsUnderLaw } from '../../../src/demand/engine/cohort-part.ts'
import type { DemandRecord } from '../../../src/demand/engine/demand-record.ts'
import { forecastDemand } from '../../../src/demand/engine/forecast.ts'
import { demandBounds } from '../../../src/demand/engine/interval.ts'
import { cohortsOf } from '../../../src/demand/engine/renewal.ts'
import { monthNumber, monthsBetween } from '../../../src/pure/calendar/period.ts'
import { monthlyKernel } from '../../../src/pure/numerics/series/lag-kernel.ts'
import { normal, seededRandom } from '../../../src/pure/numerics/series/random.ts'
import { forecastSeries } from '../../../src/pure/numerics/series/series-ensemble.ts'

const lastValue = (values: readonly (number | undefined)[], { horizon }: { horizon: number }) => ({
  mean: new Array<number>(horizon).fill(values.findLast(value => value !== undefined) ?? 0),
})

function recordOf(
  observed: readonly (number | undefined)[],
  years: (issued: number) => number,
  first: number,
): DemandRecord {
  const validities = (issued: number) => [{ share: 1, periods: years(issued) }]
  return {
    start: 1970,
    observed,
    stepsAYear: 1,
    cohorts: cohortsUnderLaw({
      titles: cohortsOf(1970, observed, validities),
      dueKnownFrom: 1970 + first,
      validities,
      kernel: { first: 0, probabilities: [1] },
      ends: 'told',
      counted: 'requests',
    }),
    exceptional: new Set(),
  }
}

describe('forecastDemand', () => {
  it('follows the cohort when validity has doubled, though the series never failed before', () => {
    const steady = Array.from({ length: 31 }, () => 1_000_000)
    const record = recordOf(steady, issued => (issued < 1996 ? 5 : 10), 5)
    const { mean, cohortWeight, opening, shift } = forecastDemand(record, 3, lastValue)
    expect(shift.every(noises => noises > 2.5)).toBe(true)
    expect(opening).toEqual([1, 1, 1])
    // Past forecasts of a flat series were perfect on both sides: the law is believed, not taken for certain.
    for (const weight of cohortWeight) expect(weight).toBeGreaterThan(0.97)
    for (const requests of mean) expect(requests).toBeLessThan(500_000)
  })

  it('mixes both parts in calm years, beyond the validity of what is issued already too', () => {
    const steady = Array.from({ length: 31 }, (_, t) => 1_000_000 + 1000 * (t % 3))
    const { cohortWeight, opening } = forecastDemand(
      recordOf(steady, () => 2, 2),
      5,
      lastValue,
    )
    expect(opening).toEqual([0, 0, 0, 0, 0])
    for (const weight of cohortWeight) expect(weight > 0 && weight < 1).toBe(true)
  })

  it('is the series alone where no title due is known', () => {
    const { mean, cohortWeight } = forecastDemand(
      recordOf([5, 6, 7, 8], () => 10, 10),
      2,
      lastValue,
    )
    expect(cohortWeight).toEqual([0, 0])
    expect(mean).toEqual([8, 8])
  })

  it('stays finite and non-negative, with ordered bounds, whatever was counted', () => {
    const count = fc.option(fc.nat({ max: 1e7 }), { nil: undefined, freq: 8 })
    const counts = fc.array(count, { minLength: 12, maxLength: 35 })
    fc.assert(
      fc.property(counts, fc.integer({ min: 1, max: 8 }), (observed, years) => {
        fc.pre(observed.filter(value => value !== undefined).length >= 3)
        const forecast = forecastDemand(
          recordOf(observed, () => years, years),
          6,
          lastValue,
        )
        expect(forecast.mean.every(value => Number.isFinite(value) && value >= 0)).toBe(true)
        const [eighty, ninetyFive] = demandBounds(forecast, [0.8, 0.95], 1)
        forecast.mean.forEach((mean, h) => {
          const bounds = [ninetyFive!.lower, eighty!.lower, [], eighty!.upper, ninetyFive!.upper].map(
            each => each[h],
          )
          bounds[2] = mean
          for (let i = 1; i < 5; i++) expect(bounds[i]!).toBeGreaterThanOrEqual(bounds[i - 1]!)
        })
      }),
      { numRuns: 60 },
    )
  })
})

describe('bands of counts', () => {
  // A Gamma of shape 3 moves each month by more than half of itself, as small counters are; Poisson counts it.
  const counted = (level: number, random: () => number) => {
    const hazard = -Math.log((1 - random()) * (1 - random()) * (1 - random())) / 3
    let left = level * hazard + Math.log(1 - random())
    let count = 0
    while (left > 0) {
      left += Math.log(1 - random())
      count++
    }
    return count
  }

  it.each([
    [0.3, 0.8],
    [3, 0.8],
    [100, 0.7],
  ])('hold what comes, where a month counts %d on average and little was seen', (level, least) => {
    const random = seededRandom(71)
    let held = 0
    let months = 0
    for (let hall = 0; hall < 12; hall++)
      for (const years of [2, 3, 6]) {
        const values = Array.from({ length: (years + 1) * 12 }, () => counted(level, random))
        const record: DemandRecord = {
          ...recordOf([], () => 10, 10),
          observed: values.slice(0, -12),
          stepsAYear: 12,
        }
        const [eighty] = demandBounds(forecastDemand(record, 12, forecastSeries), [0.8], 12)
        for (const [h, came] of values.slice(-12).entries()) {
          months++
          if (eighty!.lower[h]! <= came && came <= eighty!.upper[h]!) held++
        }
      }
    expect(held / months).toBeGreaterThan(least)
    expect(held / months).toBeLessThan(level > 1 ? 0.97 : 1.01)
  })

  it('are whole for counts, and left as they are for what is no count', () => {
    const bounds = (observed: number[]) =>
      demandBounds(
        forecastDemand(
          recordOf(observed, () => 10, 30),
          1,
          lastValue,
        ),
        [0.8],
        1,
      )[0]!
    expect(bounds([4, 3, 5, 4, 4, 0, 3, 4]).lower[0]).toBe(
      Math.floor(bounds([4, 3, 5, 4, 4, 0, 3, 4]).lower[0]!),
    )
    expect(bounds([0.4, 0.3, 0.5, 0.4, 0.4, 0.35, 0.3, 0.4]).upper[0]).toBeLessThan(0.8)
  })
})

describe('the Dutch cycle', () => {
  const CHANGE = monthNumber('2014-03')
  const START = monthNumber('1998-01')
  const lastYear = (values: readonly (number | undefined)[], { horizon }: { horizon: number }) => {
    const last = values.filter(value => value !== undefined).slice(-12)
    return { mean: new Array<number>(horizon).fill(last.reduce((sum, one) => sum + one, 0) / last.length) }
  }
  const months = (from: string, to: string) => monthsBetween(from, to).map(month => monthNumber(month))

  it('told the law only, foretells a dip from 2019, a return in 2024 and a second dip from 2029, for a nation and a hall', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(250_000, 2_000, 150),
        fc.double({ min: 0.65, max: 0.85, noNaN: true }),
        fc.integer({ min: 1, max: 1_000 }),
        (level, adults, seed) => {
          const random = seededRandom(seed)
          const counts = months('1998-01', '2018-12').map(() =>
            Math.max(0, Math.round(level * (1 + 0.03 * normal(random)) + Math.sqrt(level) * normal(random))),
          )
          const law = (issued: number) =>
            issued < CHANGE
              ? [{ share: 1, periods: 60 }]
              : [
                  { share: adults, periods: 120 },
                  { share: 1 - adults, periods: 60 },
                ]
          const { mean } = forecastDemand(
            {
              start: START,
              observed: counts,
              stepsAYear: 12,
              cohorts: cohortsUnderLaw({
                titles: cohortsOf(START, counts, law),
                dueKnownFrom: START + 72,
                validities: law,
                kernel: monthlyKernel(),
                ends: 'told',
                counted: 'requests',
              }),
              exceptional: new Set(),
            },
            168,
            lastYear,
          )
          const first = START + counts.length
          const during = (from: string, to: string) => {
            const inside = months(from, to).map(month => mean[month - first]!)
            return inside.reduce((sum, one) => sum + one, 0) / inside.length / level
          }
          expect(during('2020-01', '2023-06')).toBeLessThan(0.75)
          const back = during('2024-09', '2028-06')
          expect(back).toBeGreaterThan(0.85)
          expect(back).toBeLessThan(1.15)
          expect(during('2030-01', '2032-12')).toBeLessThan(0.95 * back)
        },
      ),
      { numRuns: 12, seed: 2014 },
    )
  })
})
