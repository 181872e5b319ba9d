import { expect, test } from 'vitest'
import { fillYears } from '../../../src/demand/engine/national-issues.ts'

test('unknown years lie on a straight line of logarithms, surest next to a known year', () => {
  const filled = fillYears(
    [
      { year: 2006, volume: 100, spread: 0.02 },
      { year: 2010, volume: 1_600, spread: 0.02 },
    ],
    2005,
    0.15,
  )
  expect(filled.map(year => Math.round(year.volume))).toEqual([100, 100, 200, 400, 800, 1_600])
  expect(filled.map(year => year.known)).toEqual([false, true, false, false, false, true])
  expect(filled[3]?.spread).toBeGreaterThan(filled[2]?.spread ?? 1)
  expect(filled[0]?.spread).toBe(0.15)
})

test('nothing known is an error, not a zero', () => {
  expect(() => fillYears([], 2004, 0.15)).toThrow(RangeError)
})
