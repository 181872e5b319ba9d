import { expect, test } from 'vitest'
import { gateYears } from '../../../src/demand/engine/gate.ts'

const months = (yearly: readonly number[]) =>
  yearly.flatMap(total => Array.from({ length: 12 }, () => total / 12))

test('the same number of titles every year keeps the gate shut', () => {
  const gate = gateYears(months([9_000, 9_000, 9_000, 9_000, 9_000]), 36)
  expect(gate.map(year => [year.year, year.shift, year.opening])).toEqual([
    [1, 0, 0],
    [2, 0, 0],
  ])
})

test('twice as many titles open it, half as many too', () => {
  expect(gateYears(months([9_000, 9_000, 9_000, 18_000]), 36)[0]?.opening).toBe(1)
  expect(gateYears(months([9_000, 9_000, 9_000, 4_500]), 36)[0]?.opening).toBe(1)
})

test('ten titles more in a town of thirty a year are chance', () => {
  expect(gateYears(months([30, 30, 30, 40]), 36)[0]?.opening).toBe(0)
})
