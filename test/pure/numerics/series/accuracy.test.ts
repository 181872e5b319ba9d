import { expect, test } from 'vitest'
import { mase, msis, naiveScale, owa, smape } from '../../../../src/pure/numerics/series/accuracy.ts'

test('the worked examples', () => {
  expect(smape([100, 200], [110, 190])).toBeCloseTo(7.326007326, 8)
  expect(mase([10, 10], [12, 6], 2)).toBe(1.5)
  expect(msis([13], [8], [12], 0.95, 2)).toBeCloseTo(22, 10)
  expect(owa({ smape: 9, mase: 1 }, { smape: 10, mase: 2 })).toBeCloseTo(0.7, 12)
})

test('the scale is the mean seasonal move, then the mean move, then nothing', () => {
  expect(naiveScale([1, 2, 4, 6], 2)).toBe(3.5)
  expect(naiveScale([1, 2, 1, 2], 2)).toBe(1)
  expect(naiveScale([5, 5, 5], 1)).toBeNaN()
  expect(naiveScale([1, Number.NaN, 3, 7], 1)).toBe(4)
})

test('two zeros are no error', () => {
  expect(smape([0], [0])).toBe(0)
})
