import { expect, test } from 'vitest'
import { knownEquations } from '../../../src/pure/disclosure/known-equations.ts'
import type { Vintage } from '../../../src/pure/disclosure/volume-table.ts'

const vintage = (
  values: Record<string, number>,
  hidden: string[],
  sums: Vintage['table']['sums'],
): Vintage => ({
  table: { volumes: Object.entries(values).map(([key, value]) => ({ key, value, threshold: 11 })), sums },
  hidden: new Set(hidden),
})
const sums = [{ total: 'all', parts: ['a', 'b'] }]

test('what does not change is one unknown, told when one vintage told it; what changes is another', () => {
  const { unknowns, rows, numberOf } = knownEquations([
    vintage({ a: 3, b: 40, all: 43 }, ['a', 'b'], sums),
    vintage({ a: 3, b: 41, all: 44 }, ['a'], sums),
  ])
  expect(unknowns.map(({ key, value, shown }) => [key, value, shown])).toEqual([
    ['a', 3, false],
    ['b', 40, false],
    ['all', 43, true],
    ['b', 41, true],
    ['all', 44, true],
  ])
  expect(rows).toHaveLength(2)
  expect(numberOf[1]?.get('a')).toBe(numberOf[0]?.get('a'))
})

test('a total that is one of its parts says that the others are nothing; a sum of what nobody holds is a bug', () => {
  const odd = vintage({ all: 5, none: 0 }, [], [{ total: 'all', parts: ['all', 'none'] }])
  expect(knownEquations([odd]).rows).toEqual([new Map([[1, -1]])])
  expect(() => knownEquations([vintage({ a: 1 }, [], sums)])).toThrow('a sum speaks of all')
})
