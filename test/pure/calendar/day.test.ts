import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addDays,
  addYears,
  dayNumber,
  dayOfNumber,
  daysBetween,
  isDay,
  weekday,
} from '../../../src/pure/calendar/day.ts'

const anyDay = fc.integer({ min: dayNumber('1583-01-01'), max: dayNumber('9000-12-31') }).map(dayOfNumber)

describe('days', () => {
  it('exist or not', () => {
    for (const day of ['2024-02-29', '2000-02-29', '1970-01-01', '2026-12-31']) expect(isDay(day)).toBe(true)
    for (const text of [
      ...['2023-02-29', '1900-02-29', '2026-02-30', '2026-13-01', '2026-00-10', '2026-01-00'],
      ...['26-01-01', '2026-1-1', '2026-01-01T00:00', '01/02/2026', ' 2026-01-01', ''],
    ])
      expect(isDay(text), text).toBe(false)
  })

  it('are counted from 1970', () => {
    expect(dayNumber('1970-01-01')).toBe(0)
    expect(dayNumber('1969-12-31')).toBe(-1)
    expect(dayNumber('2000-03-01')).toBe(11_017)
    expect(dayOfNumber(11_016)).toBe('2000-02-29')
    expect(() => dayNumber('2026-02-30')).toThrow(RangeError)
  })

  it('are added across leap days, changes of hour and years', () => {
    expect(addDays('2024-02-28', 2)).toBe('2024-03-01')
    expect(addDays('2023-02-28', 1)).toBe('2023-03-01')
    expect(addDays('2026-03-29', 1)).toBe('2026-03-30')
    expect(addDays('2026-10-25', 1)).toBe('2026-10-26')
    expect(addDays('2022-01-01', -1)).toBe('2021-12-31')
    expect(daysBetween('2024-02-28', '2024-03-01')).toBe(2)
    expect(daysBetween('2024-03-01', '2024-02-28')).toBe(-2)
  })

  it('move by years, 29 February to 1 March', () => {
    expect(addYears('2024-02-29', 1)).toBe('2025-03-01')
    expect(addYears('2024-02-29', 4)).toBe('2028-02-29')
    expect(addYears('2024-02-28', 1)).toBe('2025-02-28')
    expect(addYears('2021-06-14', 10)).toBe('2031-06-14')
    expect(addYears('2021-06-14', -18)).toBe('2003-06-14')
    expect(addYears('2096-02-29', 4)).toBe('2100-03-01')
  })

  it('have a weekday, Monday 1 to Sunday 7, before 1970 too', () => {
    expect(weekday('1970-01-01')).toBe(4)
    expect(weekday('1969-12-31')).toBe(3)
    expect(weekday('2022-04-05')).toBe(2)
    expect(weekday('2026-11-22')).toBe(7)
    expect(weekday('2026-11-23')).toBe(1)
    expect(weekday('1900-01-01')).toBe(1)
  })

  it('keep their order and distances', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -200_000, max: 200_000 }), (day, count) => {
        const later = addDays(day, count)
        expect(isDay(later)).toBe(true)
        expect(daysBetween(day, later)).toBe(count)
        expect(addDays(later, -count)).toBe(day)
        expect(Math.sign(count)).toBe(later > day ? 1 : later < day ? -1 : 0)
        expect(weekday(addDays(day, 7))).toBe(weekday(day))
      }),
    )
  })
})
