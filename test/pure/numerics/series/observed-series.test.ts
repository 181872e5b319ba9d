import { expect, test } from 'vitest'
import { isObserved, observedSeries } from '../../../../src/pure/numerics/series/observed-series.ts'

test('the example: a leading gap dropped, a masked value hidden, the largest value 1', () => {
  const { observed, lead, scale } = observedSeries([undefined, 2, 4], [false, false, true])
  expect([...observed]).toEqual([1, Number.NaN])
  expect(lead).toBe(1)
  expect(scale).toBe(2)
})

test('nothing observed is refused', () => {
  expect(() => observedSeries([])).toThrow(RangeError)
  expect(() => observedSeries([3], [true])).toThrow(RangeError)
})

test('zeros keep their unit', () => {
  expect(observedSeries([0, 0]).scale).toBe(1)
  expect(isObserved(Number.POSITIVE_INFINITY)).toBe(false)
})
