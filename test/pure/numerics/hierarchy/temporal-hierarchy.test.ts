import { expect, test } from 'vitest'
import { sums, temporalHierarchy } from '../../../../src/pure/numerics/hierarchy/temporal-hierarchy.ts'

test('sums are aligned on the last value', () => {
  expect(sums([9, 1, 2, 3, 4], 2)).toEqual([3, 7])
})

test('levels that agree stay as they are', () => {
  const values = new Array<number>(240).fill(5)
  const last = (parts: ArrayLike<number>, _: number, steps: number) =>
    new Array<number>(steps).fill(parts[parts.length - 1]!)
  for (const value of temporalHierarchy(values, 12, 18, last)) expect(value).toBeCloseTo(5, 10)
})

test('two levels: least squares with the variance of a sum of two twice that of one', () => {
  // Parts say 1 and 2, their sum says 6. Minimise (a − 1)² + (b − 2)² + (a + b − 6)² / 2: a = 1.75, b = 2.75.
  const found = temporalHierarchy(new Array<number>(40).fill(1), 2, 2, (_, period) =>
    period === 2 ? [1, 2] : [6],
  )
  expect(found[0]).toBeCloseTo(1.75, 12)
  expect(found[1]).toBeCloseTo(2.75, 12)
})

test('a short series has no sums worth forecasting', () => {
  const called: number[] = []
  temporalHierarchy(new Array<number>(30).fill(1), 12, 12, (_, period, steps) => {
    called.push(period)
    return new Array<number>(steps).fill(1)
  })
  expect(called).toEqual([12])
})
