import { describe, expect, it } from 'vitest'
import { daysBetween } from '../../src/pure/calendar/day.ts'
import { explainHallStaffing, type HallNeed, hallStaffing } from '../../src/staffing/town-hall-staffing.ts'
import { evenWeek, hallOf, weekCapacity } from '../../src/waits/hall-capacity.ts'

const never = () => false
// Monday 4 January 2027; 15 minutes a request: 20 hours a week receive 80 requests, 16 each working day.
const hall = hallOf({ stations: 1, hours: evenWeek(20), minutesPerPerson: 15 })
const days = daysBetween('2027-01-04', '2027-12-31') + 1
const need = (changes: Partial<HallNeed> = {}): HallNeed => ({
  hall,
  startRequests: 0,
  demand: new Float64Array(days).fill(80 / 7),
  from: '2027-01-04',
  keptFrom: '2027-04-05',
  until: '2027-12-31',
  targetDays: 30,
  longestWeekHours: 35,
  ...changes,
})

describe('the hours of a town hall', () => {
  it('are about those it has when it keeps up', () => {
    const found = hallStaffing(need(), never)!
    expect(found.longestWaitDays).toBeLessThanOrEqual(30)
    // A year of slack: 30 days of wait out of 361 may be left to grow.
    expect(found.stationHours).toBeGreaterThan(20 * (1 - 31 / days))
    expect(found.stationHours).toBeLessThan(20)
  })

  it('grow with demand, with a late start, with a shorter target and with closures', () => {
    const base = hallStaffing(need(), never)!.stationHours
    const hours = (changes: Partial<HallNeed>) => hallStaffing(need(changes), never)!.stationHours
    expect(hours({ demand: new Float64Array(days).fill(96 / 7) })).toBeCloseTo(base * 1.2, 1)
    expect(hours({ startRequests: 1_200 })).toBeGreaterThan(base)
    expect(hours({ targetDays: 10 })).toBeGreaterThan(base)
    const august = { hall: '16102', from: '2027-08-01', to: '2027-08-15', share: 1 }
    expect(hours({ hall: { ...hall, closures: [august] } })).toBeGreaterThan(base)
  })

  it('become stations beyond the longest week, and are just enough', () => {
    const busy = need({ demand: new Float64Array(days).fill(240 / 7) })
    const found = hallStaffing(busy, never)!
    expect(found).toMatchObject({ stations: 2, moreStations: 1 })
    expect(found.hoursPerStation).toBeLessThanOrEqual(35)
    const enough = { ...hall, stations: 2, hours: evenWeek(found.hoursPerStation) }
    expect(weekCapacity(enough).requests).toBeCloseTo(found.requestsPerWeek, 6)
    expect(hallStaffing({ ...busy, hall: enough }, never)!.moreStationHours).toBeCloseTo(0, 1)
  })

  it('say when none would do', () => {
    const closed = { hall: '16102', from: '2027-06-01', to: '2027-12-31', share: 1 }
    expect(hallStaffing(need({ hall: { ...hall, closures: [closed] } }), never)).toBeUndefined()
    const lines = explainHallStaffing(
      [
        { name: 'Cognac', need: hallStaffing(need({ targetDays: 1 }), never) },
        { name: 'Ruffec', need: undefined },
      ],
      1,
    )
    expect(lines.map(line => line.title)).toEqual(['Département', 'Cognac', 'Ruffec'])
  })
})
