import { describe, expect, test } from 'vitest'
import { EtsFilter } from '../../../../src/pure/numerics/series/ets-filter.ts'
import {
  admissibleForms,
  type EtsParameters,
  formName,
} from '../../../../src/pure/numerics/series/ets-model.ts'
import { AIR_PASSENGERS } from './air-passengers.ts'
import { ETS_REFERENCES } from './ets-reference.ts'

test('the worked example: forecasts 10, 10, 11, squares that sum to 4', () => {
  const filter = new EtsFilter([10, 12, 11], 1)
  const objective = filter.run(
    { error: 'A', trend: 'N', season: 'N' },
    { alpha: 0.5, beta: 0, gamma: 0, phi: 0, level: 10, slope: 0, season: new Float64Array(1) },
    false,
  )
  expect([...filter.fitted]).toEqual([10, 10, 11])
  expect(objective).toBeCloseTo(Math.log(4), 12)
})

describe('the likelihood of R 4.2.2, forecast 8.20, for the same parameters', () => {
  for (const { form, parameters, logLikelihood } of ETS_REFERENCES)
    test(formName(form), () => {
      const filter = new EtsFilter(AIR_PASSENGERS, 12)
      const objective = filter.run(form, parameters, false)
      // R prints fifteen digits of each parameter, and −n/2 times the objective is its log-likelihood.
      expect((-AIR_PASSENGERS.length * objective) / 2).toBeCloseTo(logLikelihood, 8)
    })
})

describe('the reverse-mode gradient is that of central differences', () => {
  const values = AIR_PASSENGERS.slice(0, 40).map((value, t) =>
    t === 17 || t === 30 ? Number.NaN : value / 100,
  )
  for (const form of admissibleForms(true, true))
    test(formName(form), () => {
      const filter = new EtsFilter(values, 12)
      const trended = form.trend !== 'N'
      const product = form.season === 'M'
      const parameters: EtsParameters = {
        alpha: 0.4,
        beta: trended ? 0.1 : 0,
        gamma: form.season === 'N' ? 0 : 0.2,
        phi: trended ? 0.95 : 0,
        level: 1.3,
        slope: trended ? 0.02 : 0,
        season: Float64Array.from({ length: 12 }, (_, j) => (product ? 1 : 0) + 0.1 * Math.sin(j)),
      }
      filter.run(form, parameters, true)
      const gradient = { ...filter.gradient }
      const seasonGradient = filter.seasonGradient.slice()
      const slope = (change: (p: EtsParameters, step: number) => void) => {
        const at = (step: number) => {
          const moved = { ...parameters, season: parameters.season.slice() }
          change(moved, step)
          return filter.run(form, moved, false)
        }
        return (at(1e-6) - at(-1e-6)) / 2e-6
      }
      for (const name of ['alpha', 'beta', 'gamma', 'phi', 'level', 'slope'] as const) {
        if (!trended && (name === 'beta' || name === 'phi' || name === 'slope')) continue
        if (form.season === 'N' && name === 'gamma') continue
        const numeric = slope((p, step) => {
          p[name] += step
        })
        expect(Math.abs(gradient[name] - numeric), name).toBeLessThan(1e-6 * (1 + Math.abs(numeric)))
      }
      if (form.season !== 'N')
        for (let j = 0; j < 12; j++) {
          const numeric = slope((p, step) => {
            p.season[j]! += step
          })
          expect(Math.abs(seasonGradient[j]! - numeric)).toBeLessThan(1e-6 * (1 + Math.abs(numeric)))
        }
    })
})

test('a model that would forecast below zero is infinitely unlikely', () => {
  const filter = new EtsFilter([5, 4, 3], 1)
  const parameters = {
    alpha: 0.1,
    beta: 0.01,
    gamma: 0,
    phi: 1,
    level: 2,
    slope: -3,
    season: new Float64Array(1),
  }
  expect(filter.run({ error: 'M', trend: 'A', season: 'N' }, parameters, true)).toBe(Number.POSITIVE_INFINITY)
})
