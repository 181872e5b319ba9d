import { expect, it } from 'vitest'
import { daysInPeriod } from '../../src/pure/calendar/period.ts'
import { impliedCapacity } from '../../src/waits/implied-capacity.ts'

const CHARENTE = [
  { quarter: '2021-Q1', days: 19 },
  { quarter: '2021-Q2', days: 33 },
  { quarter: '2021-Q3', days: 40 },
  { quarter: '2021-Q4', days: 41 },
  { quarter: '2022-Q1', days: 78 },
]
const steady = (perDay: number[]) => (months: readonly string[]) =>
  perDay.map(rate => Float64Array.from(months, month => rate * daysInPeriod(month)))

it('110 requests a day while the wait goes from 41 to 78 days are 78 slots a day', () => {
  const { slotsPerDay, readings } = impliedCapacity(CHARENTE.slice(3), steady([110]))
  expect(readings).toHaveLength(1)
  expect(readings[0]?.overload).toBeCloseTo(37 / 91, 12)
  expect(slotsPerDay[0]).toBeCloseTo(110 / (1 + 37 / 91), 9)
  expect(slotsPerDay[0]).toBeCloseTo(78.2, 1)
})

it('a whole year is read, and its geometric mean explains the year’s rise', () => {
  const { slotsPerDay, readings, method, spread } = impliedCapacity(CHARENTE, steady([110, 220]))
  expect(method).toBe('slope-of-waits')
  expect(readings.map(one => one.quarter)).toEqual(['2021-Q2', '2021-Q3', '2021-Q4', '2022-Q1'])
  expect(readings.map(one => Math.round(1000 * one.overload) / 10)).toEqual([15.5, 7.7, 1.1, 40.7])
  const logs = readings.map(one => Math.log(1 + one.overload))
  const mean = logs.reduce((a, b) => a + b, 0) / 4
  expect(slotsPerDay[0]).toBeCloseTo(110 * Math.exp(-mean), 9)
  // Each future keeps its own slots, so that an error on the level of the demand is not one on the wait.
  expect(slotsPerDay[1]! / slotsPerDay[0]!).toBeCloseTo(2, 12)
  expect(spread).toBeGreaterThan(0.05)
  expect(spread).toBeLessThan(0.1)
})

it('one wait alone tells no slope: slots are taken as equal to the requests of the year, and it is said', () => {
  const { method, slotsPerDay, spread } = impliedCapacity(CHARENTE.slice(4), steady([110]))
  expect(method).toBe('taken-as-balanced')
  expect(slotsPerDay[0]).toBeCloseTo((110 * 365) / 365.25, 9)
  expect(spread).toBe(0.15)
})
