import { describe, expect, test } from 'vitest'
import { EtsFilter } from '../../../../src/pure/numerics/series/ets-filter.ts'
import { etsDeviation, etsMean } from '../../../../src/pure/numerics/series/ets-forecast.ts'
import { formName } from '../../../../src/pure/numerics/series/ets-model.ts'
import { AIR_PASSENGERS } from './air-passengers.ts'
import { ETS_REFERENCES } from './ets-reference.ts'

const simple = { alpha: 0.5, beta: 0, gamma: 0, phi: 0 }

test('level 10 with a slope of 1 damped by half: 10.5, 10.75', () => {
  const last = { level: 10, slope: 1, season: new Float64Array(1) }
  const form = { error: 'A', trend: 'Ad', season: 'N' } as const
  expect(etsMean({ form, parameters: { ...simple, phi: 0.5 }, variance: 1, last }, 2)).toEqual([10.5, 10.75])
})

test('simple smoothing with α = .5 and σ = 2: 2, √5, √6', () => {
  const last = { level: 10, slope: 0, season: new Float64Array(1) }
  const form = { error: 'A', trend: 'N', season: 'N' } as const
  const deviation = etsDeviation({ form, parameters: simple, variance: 4, last }, 3)
  expect(deviation[0]).toBeCloseTo(2, 12)
  expect(deviation[1]).toBeCloseTo(Math.sqrt(5), 12)
  expect(deviation[2]).toBeCloseTo(Math.sqrt(6), 12)
})

describe('means and deviations of R 4.2.2, forecast 8.20, from the same parameters', () => {
  for (const { form, parameters, variance, mean, deviation } of ETS_REFERENCES)
    test(formName(form), () => {
      const filter = new EtsFilter(AIR_PASSENGERS, 12)
      filter.run(form, parameters, false)
      const last = { level: filter.level, slope: filter.slope, season: filter.season }
      const state = { form, parameters, variance, last }
      etsMean(state, mean.length).forEach((value, h) => {
        expect(Math.abs(value / mean[h]! - 1)).toBeLessThan(1e-9)
      })
      if (deviation)
        etsDeviation(state, deviation.length).forEach((value, h) => {
          expect(Math.abs(value / deviation[h]! - 1)).toBeLessThan(1e-6)
        })
    })
})
