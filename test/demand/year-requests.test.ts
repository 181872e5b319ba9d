import { expect, it } from 'vitest'
import type { DemandSample } from '../../src/demand/demand-sample.ts'
import { yearRequests } from '../../src/demand/year-requests.ts'

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
  const requestsOf = yearRequests(sample)
  // 12 months × (0.25 + 0.5) of 10, then of 20.
  expect(requestsOf('16102', 2027)).toEqual([90, 180])
  expect(requestsOf('16015', 2027)).toEqual([150, 300])
  expect(requestsOf('16999', 2027)).toBeUndefined()
})
