import { describe, expect, it } from 'vitest'
import { weekday } from '../../../src/pure/calendar/day.ts'
import {
  easterSunday,
  isWorkingDay,
  publicHolidays,
  workingDaysBetween,
  workingDaysIn,
} from '../../../src/pure/calendar/working-days.ts'

describe('Easter', () => {
  // Dates of Easter as tabled by the US Naval Observatory; 1818 and 2285 are the earliest, 1943 and 2038 the latest.
  it.each([
    '1818-03-22',
    '1943-04-25',
    '1961-04-02',
    '2000-04-23',
    '2019-04-21',
    '2020-04-12',
    '2021-04-04',
    '2022-04-17',
    '2023-04-09',
    '2024-03-31',
    '2025-04-20',
    '2026-04-05',
    '2027-03-28',
    '2038-04-25',
    '2285-03-22',
  ])('is on %s', day => {
    expect(easterSunday(Number(day.slice(0, 4)))).toBe(day)
  })

  it('is a Sunday between 22 March and 25 April', () => {
    for (let year = 1583; year <= 2999; year++) {
      const day = easterSunday(year)
      expect(weekday(day), day).toBe(7)
      expect(day.slice(5) >= '03-22' && day.slice(5) <= '04-25', day).toBe(true)
    }
  })
})

describe('working days', () => {
  // Published yearly counts, Monday to Friday less the eleven public holidays.
  it.each([
    [2019, 251],
    [2020, 253],
    [2021, 254],
    [2022, 253],
    [2023, 251],
    [2024, 252],
    [2025, 251],
    [2026, 252],
    [2027, 254],
  ])('of %i number %i', (year, count) => {
    expect(workingDaysBetween(`${year - 1}-12-31`, `${year}-12-31`)).toBe(count)
  })

  it('skip the eleven holidays of the nation', () => {
    expect([...publicHolidays(2022)].map(([day]) => day)).toEqual([
      ...['2022-01-01', '2022-04-18', '2022-05-01', '2022-05-08', '2022-05-26', '2022-06-06', '2022-07-14'],
      ...['2022-08-15', '2022-11-01', '2022-11-11', '2022-12-25'],
    ])
    expect(isWorkingDay('2022-04-18')).toBe(false)
    expect(isWorkingDay('2022-04-19')).toBe(true)
    expect(isWorkingDay('2022-04-16')).toBe(false)
    expect(workingDaysIn('2021-03')).toBe(23)
  })

  it('count the last day, not the first', () => {
    expect(workingDaysBetween('2021-04-30', '2021-05-03')).toBe(1)
    expect(workingDaysBetween('2021-04-30', '2021-05-02')).toBe(0)
    expect(workingDaysBetween('2021-05-03', '2021-05-03')).toBe(0)
    expect(workingDaysBetween('2021-05-03', '2021-04-30')).toBe(-1)
  })

  it('are days', () => {
    expect(() => isWorkingDay('2021-02-30')).toThrow(RangeError)
  })
})
