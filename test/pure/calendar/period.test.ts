import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  addMonths,
  addQuarters,
  daysInPeriod,
  firstDay,
  isMonth,
  isQuarter,
  lastDay,
  monthNumber,
  monthOf,
  monthOfNumber,
  monthsBetween,
  monthsOfQuarter,
  parseQuarter,
  quarterNumber,
  quarterOf,
  quarterOfNumber,
  quartersBetween,
  yearOf,
} from '../../../src/pure/calendar/period.ts'

const anyMonth = fc.integer({ min: 1583 * 12, max: 9000 * 12 }).map(monthOfNumber)

describe('months and quarters', () => {
  it('are recognised', () => {
    for (const month of ['2021-01', '2021-12']) expect(isMonth(month)).toBe(true)
    for (const text of ['2021-00', '2021-13', '2021-1', '2021-01-01', '2021'])
      expect(isMonth(text)).toBe(false)
    for (const quarter of ['2021-Q1', '2021-Q4']) expect(isQuarter(quarter)).toBe(true)
    for (const text of ['2021-Q0', '2021-Q5', '2021-T1', '2021Q1']) expect(isQuarter(text)).toBe(false)
  })

  it('are read as people write quarters', () => {
    for (const text of [
      ...['2022-Q1', 'T1 2022', 't1/2022', 'T1-2022', 'T12022', '2022-T1', '2022Q1', '2022 T1', ' q1 2022 '],
      'T1\u00a02022',
    ])
      expect(parseQuarter(text), text).toBe('2022-Q1')
    for (const text of ['T5 2022', 'T1 22', '2022', '2022-03', '1er trimestre 2022', ''])
      expect(parseQuarter(text), text).toBeUndefined()
  })

  it('have numbers whose differences count', () => {
    expect(monthNumber('2022-01') - monthNumber('2021-12')).toBe(1)
    expect(quarterNumber('2022-Q1') - quarterNumber('2021-Q3')).toBe(2)
    expect(() => monthNumber('2022-13')).toThrow(RangeError)
    expect(() => quarterNumber('2022-Q5')).toThrow(RangeError)
    expect(quarterOfNumber(quarterNumber('2022-Q4') + 1)).toBe('2023-Q1')
  })

  it('are added and listed', () => {
    expect(addMonths('2021-12', 1)).toBe('2022-01')
    expect(addMonths('2021-01', -1)).toBe('2020-12')
    expect(addQuarters('2021-Q4', 1)).toBe('2022-Q1')
    expect(addQuarters('2021-Q1', -5)).toBe('2019-Q4')
    expect(monthsBetween('2021-11', '2022-02')).toEqual(['2021-11', '2021-12', '2022-01', '2022-02'])
    expect(quartersBetween('2021-Q4', '2022-Q2')).toEqual(['2021-Q4', '2022-Q1', '2022-Q2'])
    expect(monthsBetween('2022-02', '2022-01')).toEqual([])
    expect(quartersBetween('2022-Q2', '2022-Q1')).toEqual([])
  })

  it('contain days and each other', () => {
    expect(monthOf('2022-04-05')).toBe('2022-04')
    expect(quarterOf('2022-04-05')).toBe('2022-Q2')
    expect(quarterOf('2022-03')).toBe('2022-Q1')
    expect([yearOf('2022-04-05'), yearOf('2022-04'), yearOf('2022-Q2')]).toEqual([2022, 2022, 2022])
    expect(monthsOfQuarter('2021-Q4')).toEqual(['2021-10', '2021-11', '2021-12'])
  })

  it('begin, end and last', () => {
    expect([firstDay('2024-02'), lastDay('2024-02')]).toEqual(['2024-02-01', '2024-02-29'])
    expect([firstDay('2021-Q1'), lastDay('2021-Q1')]).toEqual(['2021-01-01', '2021-03-31'])
    expect(lastDay('2021-12')).toBe('2021-12-31')
    expect(['2023-02', '2024-02', '2021-Q1', '2024-Q1', '2021-Q2', '2021-Q3'].map(daysInPeriod)).toEqual([
      28, 29, 90, 91, 91, 92,
    ])
  })

  it('follow each other without a gap', () => {
    fc.assert(
      fc.property(anyMonth, fc.integer({ min: -500, max: 500 }), (month, count) => {
        const quarter = quarterOf(month)
        expect(monthNumber(addMonths(month, count)) - monthNumber(month)).toBe(count)
        expect(monthsOfQuarter(quarter)).toContain(month)
        expect(daysInPeriod(quarter)).toBe(
          monthsOfQuarter(quarter).reduce((sum, each) => sum + daysInPeriod(each), 0),
        )
        expect(monthOf(lastDay(month))).toBe(month)
        expect(quarterOf(firstDay(quarter))).toBe(quarter)
      }),
    )
  })
})
