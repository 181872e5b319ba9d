import { expect, it } from 'vitest'
import { explainVehicles, vehicleQuarters } from '../../src/demand/vehicle.ts'
import { addMonths } from '../../src/pure/calendar/period.ts'

const months = (count: number, of: (m: number) => number) =>
  Array.from({ length: count }, (_, m) => ({ period: addMonths('2023-01', m), count: of(m) }))

it('keeps the quarters counted and continues their level and season three years, in bands that widen', () => {
  const quarters = vehicleQuarters(months(40, m => 1_000 + (m % 12 < 3 ? 300 : 0)))!
  const observed = quarters.filter(({ status }) => status === 'observed')
  expect(observed).toHaveLength(13)
  expect(observed[0]).toEqual({ quarter: '2023-Q1', mean: 3_900, status: 'observed' })
  const ahead = quarters.flatMap(point => (point.status === 'estimated' ? [point] : []))
  expect(ahead.map(({ quarter }) => quarter)).toHaveLength(12)
  expect(ahead[0]!.quarter).toBe('2026-Q2')
  expect(ahead.find(({ quarter }) => quarter === '2027-Q1')!.mean).toBeGreaterThan(1.1 * ahead[0]!.mean)
  for (const { mean, quantiles } of ahead) {
    expect(quantiles.p50).toBe(mean)
    const ends = [
      quantiles.p05,
      quantiles.p10,
      quantiles.p25,
      mean,
      quantiles.p75,
      quantiles.p90,
      quantiles.p95,
    ]
    expect([...ends].sort((a, b) => a - b)).toEqual(ends)
    expect(ends[0]).toBeGreaterThanOrEqual(0)
  }
  expect(explainVehicles(quarters, 'SIV')[1]!.text).toMatch(/SIV.*2e\strimestre\s2026/)
})

it('spreads years over their quarters, and leaves gaps out', () => {
  const years = [2018, 2019, 2021, 2022, 2023, 2024].map(year => ({ period: String(year), count: 40_000 }))
  const quarters = vehicleQuarters(years)!
  expect(quarters[0]!.quarter).toBe('2025-Q1')
  expect(quarters[0]!.mean).toBeCloseTo(10_000, 0)
})

it('says nothing from too few counts', () => {
  expect(vehicleQuarters([])).toBeUndefined()
  expect(vehicleQuarters(months(20, () => 5))).toBeUndefined()
  expect(vehicleQuarters(months(3, () => 5))).toBeUndefined()
})
