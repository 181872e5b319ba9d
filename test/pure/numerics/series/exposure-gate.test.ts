import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  cohortWeight,
  exposureShift,
  gateOpening,
  HOUSE_GATE,
  ownVariability,
} from '../../../../src/pure/numerics/series/exposure-gate.ts'

describe('exposureShift', () => {
  it('counts in noises, as in the worked example', () => {
    expect(exposureShift(400, 500, 0.1)).toBeCloseTo(100 / Math.sqrt(900 + 45 ** 2), 12)
  })

  it('is ruled by chance in a small sample and by its own variability in a nation', () => {
    expect(exposureShift(30, 40, 0.08)).toBeLessThan(HOUSE_GATE.threshold)
    expect(exposureShift(10_000_000, 13_333_333, 0.08)).toBeGreaterThan(HOUSE_GATE.threshold)
    expect(exposureShift(10_000_000, 10_500_000, 0.08)).toBeLessThan(1)
  })

  it('stands at zero where nothing comes due', () => {
    expect(exposureShift(0, 0, 0.1)).toBe(0)
  })

  it('grows with the titles that come due beyond last year', () => {
    const count = fc.integer({ min: 0, max: 1_000_000 })
    const variability = fc.double({ min: 0, max: 0.5, noNaN: true })
    fc.assert(
      fc.property(count, count, count, variability, (before, rise, more, own) => {
        const near = exposureShift(before, before + rise, own)
        expect(exposureShift(before, before + rise + more, own)).toBeGreaterThanOrEqual(near - 1e-12)
      }),
    )
  })
})

describe('ownVariability', () => {
  it('is the assumption without a past', () => {
    expect(ownVariability([])).toBe(HOUSE_GATE.priorVariability)
  })

  it('is not taught by one change of law', () => {
    const calm = Array.from({ length: 20 }, (_, t): [number, number] => [1e6, 1e6 * (t % 2 ? 1.05 : 0.95)])
    expect(ownVariability([...calm, [1e6, 2e5]])).toBeCloseTo(ownVariability(calm), 2)
  })

  it('leaves out what chance alone explains', () => {
    const chance = Array.from({ length: 20 }, (_, t): [number, number] => [100, t % 2 ? 109 : 92])
    expect(ownVariability(chance)).toBeLessThan(HOUSE_GATE.priorVariability)
  })
})

describe('cohortWeight', () => {
  it('listens to errors behind a closed gate and to exposure in front of an open one', () => {
    const errors = { cohort: 10, series: 20 }
    expect(cohortWeight(0, errors)).toBeCloseTo(0.8, 12)
    expect(cohortWeight(0.5, errors)).toBeCloseTo(0.9, 12)
    expect(cohortWeight(1, errors)).toBe(1)
    expect(cohortWeight(0, undefined)).toBe(0.5)
  })

  it('never falls as exposure moves further, and stays within 0 and 1', () => {
    const shift = fc.double({ min: 0, max: 20, noNaN: true })
    const error = fc.double({ min: 0, max: 1e3, noNaN: true })
    fc.assert(
      fc.property(shift, shift, error, error, (first, more, cohort, series) => {
        const near = cohortWeight(gateOpening(first), { cohort, series })
        const far = cohortWeight(gateOpening(first + more), { cohort, series })
        expect(near >= 0 && far <= 1 && far >= near).toBe(true)
      }),
    )
  })
})

it('opens half way at its threshold', () => {
  expect(gateOpening(HOUSE_GATE.threshold)).toBeCloseTo(0.5, 12)
})
