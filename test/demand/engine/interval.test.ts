import { expect, it } from 'vitest'
import type { DemandForecast } from '../../../src/demand/engine/forecast.ts'
import { demandBounds, studentQuantile } from '../../../src/demand/engine/interval.ts'

const calm: DemandForecast = {
  mean: [100, 100],
  counts: false,
  series: [200, 200],
  spread: [0, 0],
  shift: [0, 0],
  opening: [0, 0],
  cohortWeight: [1, 1],
  pastErrors: [],
  cohort: {
    returnRate: { mean: 0.6, standardDeviation: 0.1 },
    due: [],
    points: [0, 1].map(period => ({ period, total: 100, other: 40, renewals: new Map([[0, 60]]) })),
  },
}
const broken: DemandForecast = { ...calm, opening: [1, 1] }

it('is wider in a break of regime, by what cohort and series disagree on', () => {
  const [ordinary] = demandBounds(calm, [0.8], 1)
  const [wider] = demandBounds(broken, [0.8], 1)
  expect(wider!.upper[0]!).toBeGreaterThan(ordinary!.upper[0]!)
  expect(wider!.lower[0]!).toBeLessThan(ordinary!.lower[0]!)
})

it('widens with the years ahead', () => {
  const [bounds] = demandBounds(calm, [0.95], 1)
  expect(bounds!.upper[1]!).toBeGreaterThan(bounds!.upper[0]!)
})

it('knows the tables of Student’s t', () => {
  // Abramowitz and Stegun 1964, table 26.10.
  expect(studentQuantile(0.975, 10)).toBeCloseTo(2.228, 2)
  expect(studentQuantile(0.975, 30)).toBeCloseTo(2.042, 2)
  expect(studentQuantile(0.9, 5)).toBeCloseTo(1.476, 2)
})
