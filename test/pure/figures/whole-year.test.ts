import { expect, test } from 'vitest'
import { meanOfYear, wholeYears } from '../../../src/pure/figures/whole-year.ts'

const points = ['2026-Q4', '2027-Q1', '2027-Q2', '2027-Q3', '2027-Q4'].map(quarter => ({ quarter, mean: 2 }))

test('a year is told when its four quarters are there', () => {
  expect(wholeYears(points).map(one => one.year)).toEqual([2027])
  expect(wholeYears([...points, ...points.slice(0, 1)])).toHaveLength(1)
  expect(meanOfYear(points, 2027)).toBe(8)
  expect(meanOfYear(points, 2026)).toBeUndefined()
})
