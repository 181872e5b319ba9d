import { expect, test } from 'vitest'
import { naiveScale } from '../../../../src/pure/numerics/series/accuracy.ts'

test('the scale is the mean seasonal move, then the mean move, then nothing', () => {
  expect(naiveScale([1, 2, 4, 6], 2)).toBe(3.5)
  expect(naiveScale([1, 2, 1, 2], 2)).toBe(1)
  expect(naiveScale([5, 5, 5], 1)).toBeNaN()
  expect(naiveScale([1, Number.NaN, 3, 7], 1)).toBe(4)
})
