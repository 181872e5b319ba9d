import { expect, test } from 'vitest'
import { dayInParis, today } from '../../src/io/clock.ts'
import { isDay } from '../../src/pure/calendar/day.ts'

test('the day changes at midnight in Paris, in winter as in summer', () => {
  expect(dayInParis(new Date('2026-01-31T22:59:59Z'))).toBe('2026-01-31')
  expect(dayInParis(new Date('2026-01-31T23:00:00Z'))).toBe('2026-02-01')
  expect(dayInParis(new Date('2026-06-30T21:59:59Z'))).toBe('2026-06-30')
  expect(dayInParis(new Date('2026-06-30T22:00:00Z'))).toBe('2026-07-01')
})

test('today is a day', () => {
  expect(isDay(today())).toBe(true)
})
