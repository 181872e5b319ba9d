import { expect, test } from 'vitest'
import { termOf } from '../../../src/demand/engine/title-class.ts'
import { type Month, monthNumber } from '../../../src/pure/calendar/period.ts'

const month = (text: Month) => monthNumber(text)

test.each([
  ['cni-adult', '2011-03', '2026-03'],
  ['cni-adult', '2014-03', '2029-03'],
  ['cni-adult', '2021-07', '2031-07'],
  ['cni-minor', '2016-03', '2026-03'],
  ['passport-adult', '2016-03', '2026-03'],
  ['passport-minor', '2022-03', '2027-03'],
] as const)('%s of %s ends in %s', (titleClass, issued, end) => {
  expect(termOf(titleClass, issued, '16')?.end).toBe(month(end))
})

test('an adult card of before 14 June 2021 stops serving in Europe in August 2031', () => {
  expect(termOf('cni-adult', '2020-01', '16')?.travelEnd).toBe(month('2031-08'))
  expect(termOf('cni-adult', '2021-07', '16')?.travelEnd).toBeUndefined()
  expect(termOf('cni-adult', '2015-01', '16')?.travelEnd).toBeUndefined()
})

test('the early renewal of an old card runs from April 2025 to August 2031', () => {
  expect(termOf('cni-adult', '2020-01', '16')?.early).toEqual({
    from: month('2025-03'),
    to: month('2031-08'),
  })
  expect(termOf('cni-minor', '2020-01', '16')?.early).toBeUndefined()
})

test('no rule on record means no return, not an error', () => {
  expect(termOf('passport-minor', '2004-01', '16')).toBeUndefined()
})
