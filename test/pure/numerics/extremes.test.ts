import fc from 'fast-check'
import { expect, test } from 'vitest'
import { largest, smallest } from '../../../src/pure/numerics/extremes.ts'

test('the extremes of some numbers are those of Math, a value that is none included', () => {
  expect([largest([3, 1, 2]), smallest([3, 1, 2]), largest([], 0)]).toEqual([3, 1, 0])
  fc.assert(
    fc.property(fc.array(fc.double()), fc.double(), (values, bound) => {
      expect(largest(values)).toEqual(Math.max(...values))
      expect(smallest(values)).toEqual(Math.min(...values))
      expect(largest(values, bound)).toEqual(Math.max(bound, ...values))
      expect(smallest(values, bound)).toEqual(Math.min(bound, ...values))
    }),
  )
})

test('a million numbers have extremes', () => {
  const many = Array.from({ length: 1_000_000 }, (_, i) => i)
  expect([smallest(many), largest(many)]).toEqual([0, 999_999])
})
