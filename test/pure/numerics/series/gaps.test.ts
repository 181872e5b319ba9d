import { expect, test } from 'vitest'
import { fillGaps } from '../../../../src/pure/numerics/series/gaps.ts'

const gap = Number.NaN

test('straight lines between neighbours, the nearest value at the ends', () => {
  expect([...fillGaps(Float64Array.of(1, gap, 3), 1)]).toEqual([1, 2, 3])
  expect([...fillGaps(Float64Array.of(gap, 4, gap, gap), 1)]).toEqual([4, 4, 4, 4])
})

test('the season is kept inside a gap', () => {
  const filled = fillGaps(Float64Array.of(10, 20, 10, gap, 10, 20, 10, 20, 10, 20), 2)
  expect(filled[3]).toBeCloseTo(20, 0)
})
