import { expect, it } from 'vitest'
import type { DemandSample } from '../../src/demand/demand-sample.ts'
import { expectedYear, yearCounts, yearFutures } from '../../src/demand/year-requests.ts'

const hall = (insee: string) => ({ insee, presence: [] })
const path = (perMonth: number) => {
  const months = new Float64Array(400).fill(perMonth)
  return {
    national: { cni: months, passport: months },
    levels: { cni: [0.25, 0.75], passport: [0.5, 0.5] },
    noise: 0,
    seed: 0,
    returnRate: 0,
    corrections: { cni: new Float64Array(), passport: new Float64Array() },
  }
}
const sample: DemandSample = {
  halls: [hall('16102'), hall('16015')],
  corrected: new Map(),
  paths: [path(20), path(10)],
}

it('counts both titles over the twelve months of a year, hall by hall, in ascending order of the futures', () => {
  const counts = yearCounts(sample, { halls: ['16015', '16102', '16999'], years: [2027] }).get(2027)
  // 12 months × (0.25 + 0.5) of 10, then of 20.
  expect(counts?.get('16102')).toEqual([90, 180])
  expect(counts?.get('16015')).toEqual([150, 300])
  expect(counts?.get('16999')).toBeUndefined()
})

it('spreads what was not counted of a year alone, around the mean that its quarters tell', () => {
  const quarters = [100, 100, 100, 100].map((mean, q) => (q < 3 ? { mean, counted: mean } : { mean }))
  expect(yearFutures(quarters, [200, 600])).toEqual([350, 450])
  const open = quarters.map(({ mean }) => ({ mean }))
  expect(yearFutures(open, [190, 570])).toEqual([200, 600])
  expect(yearFutures([], [190, 570])).toEqual([190, 570])
  expect(expectedYear(2027, open, [190, 570])).toMatchObject({ mean: 400, low90: 220, high90: 580 })
})
