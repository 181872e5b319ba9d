import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { publicHolidays } from '../../src/pure/calendar/working-days.ts'
import { dailySlots, evenWeek, hallOf, weekCapacity } from '../../src/waits/hall-capacity.ts'

const isHoliday = (day: string) => publicHolidays(Number(day.slice(0, 4))).has(day)
const station = hallOf({ stations: 1, hours: evenWeek(30), minutesPerPerson: 15 })

describe('the slots of a week', () => {
  it('are 42,000 for 400 stations of 35 hours at 20 minutes; 50,000 needs 16.8 minutes', () => {
    const plan = (minutesPerPerson: number) =>
      weekCapacity(hallOf({ stations: 400, hours: evenWeek(35), minutesPerPerson })).requests
    expect(plan(20)).toBe(42_000)
    expect(plan(16.8)).toBeCloseTo(50_000, 9)
  })

  it('are 120 for the 30 hours at 15 minutes asked of a new station', () => {
    expect(weekCapacity(station)).toEqual({ requests: 120, stationHours: 30 })
  })

  it('count the gap, pre-applications and hand-overs', () => {
    expect(weekCapacity({ ...station, gapMinutes: 5 }).requests).toBe(90)
    const saving = { ...station, preApplicationShare: 0.7, minutesSavedByPreApplication: 3 }
    expect(weekCapacity(saving).requests).toBeCloseTo(1800 / 12.9, 9)
    expect(weekCapacity({ ...station, preApplicationShare: 0.7 }).requests).toBe(120)
    expect(weekCapacity({ ...station, handOverMinutes: 3 }).requests).toBe(100)
  })

  it('refuse a request that takes no time', () => {
    const free = { ...station, preApplicationShare: 1, minutesSavedByPreApplication: 15 }
    expect(() => weekCapacity(free)).toThrow(RangeError)
  })
})

describe('the calendar of slots', () => {
  const closures = [
    { hall: '16102', from: '2027-08-01', to: '2027-08-31', share: 0.5 },
    { hall: '16102', from: '2027-08-16', to: '2027-08-20', share: 1 },
  ]
  const slots = (from: string, to: string) => [...dailySlots({ ...station, closures }, from, to, isHoliday)]

  it('follows the week, public holidays, August and closures', () => {
    expect(slots('2027-07-12', '2027-07-18')).toEqual([24, 24, 0, 24, 24, 0, 0])
    expect(slots('2027-08-09', '2027-08-22')).toEqual([12, 12, 12, 12, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0])
    expect(slots('2027-09-04', '2027-09-03')).toEqual([])
  })

  it('sums to the week, whatever the hours of each day', () => {
    const hours = fc.tuple(...new Array(7).fill(fc.nat(10))) as fc.Arbitrary<
      [number, number, number, number, number, number, number]
    >
    fc.assert(
      fc.property(hours, fc.integer({ min: 1, max: 8 }), (week, stations) => {
        const hall = { ...station, hours: week, stations, handOverMinutes: 3 }
        const sum = dailySlots(hall, '2027-06-07', '2027-06-13', () => false).reduce((a, b) => a + b, 0)
        expect(sum).toBeCloseTo(weekCapacity(hall).requests, 9)
      }),
    )
  })
})
