import { expect, test } from 'vitest'
import { eliminate } from '../../../src/pure/disclosure/elimination.ts'

const row = (...terms: [number, number][]) => new Map(terms)

test('expresses the first unknowns by the last, in whole numbers', () => {
  // x1 + x2 + x3 and x1 − x2: 2 x1 + x3 and 2 x2 + x3.
  const pivots = eliminate([row([1, 1], [2, 1], [3, 1]), row([1, 1], [2, -1])], [1, 2, 3])
  expect([...pivots.keys()]).toEqual([1, 2])
  const ratio = (unknown: number) =>
    (pivots.get(unknown)?.get(3) ?? 0) / (pivots.get(unknown)?.get(unknown) ?? 0)
  expect([ratio(1), ratio(2)]).toEqual([0.5, 0.5])
})

test('leaves out an unknown of no equation, and what is known', () => {
  expect([...eliminate([row([1, 1], [2, -1])], [7, 1])]).toEqual([[1, row([1, 1])]])
  expect([...eliminate([row([1, 1], [2, -1])], [])]).toEqual([])
})

test('divides each row by what its coefficients share', () => {
  // 2 x1 + 3 x2 and 4 x1 + 10 x2: 8 x2 once x1 is out, so x2, so 2 x1, so x1.
  expect([...eliminate([row([1, 2], [2, 3]), row([1, 4], [2, 10])], [1, 2])]).toEqual([
    [1, row([1, 1])],
    [2, row([2, 1])],
  ])
  // 8 x2 − 12 x3 share 4; 4 x1 + 17 x3 share nothing.
  expect([...eliminate([row([1, 2], [2, 3], [3, 4]), row([1, 4], [2, 10], [3, 2])], [1, 2, 3])]).toEqual([
    [1, row([1, 4], [3, 17])],
    [2, row([2, 2], [3, -3])],
  ])
})

test('says that it cannot be exact rather than round', () => {
  const large = 2 ** 40
  const rows = [row([1, large], [2, 1]), row([1, large - 1], [2, large])]
  expect(() => eliminate(rows, [1, 2])).toThrow('too large to stay exact')
})
