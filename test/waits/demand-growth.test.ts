import { expect, test } from 'vitest'
import { demandGrowth, yearlyGrowth } from '../../src/waits/demand-growth.ts'

test('growth is that of twelve months, without season, and held to what is a trend', () => {
  const steady = Float64Array.from({ length: 36 }, (_, m) => 100 + 40 * Math.sin((Math.PI * m) / 6))
  expect(Math.max(...yearlyGrowth([steady], 0).map(Math.abs))).toBeLessThan(1e-12)
  const once = new Float64Array(36).fill(100)
  once[20] = 112
  const growth = yearlyGrowth([once], 0)
  expect([...growth].filter(one => one > 0)).toEqual([Math.log(1212 / 1200)])
  once[20] = 1e6
  expect(Math.max(...yearlyGrowth([once], 0))).toBe(0.08)
})

test('nothing is said of growth where a title has no volume', () => {
  expect(demandGrowth({ volumes: { cni: [], passport: [] }, totals: [], suppressed: {} })).toBeUndefined()
})
