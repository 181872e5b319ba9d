import { expect, test } from 'vitest'
import { weekCapacity } from '../../src/waits/hall-capacity.ts'
import { estimatedWeek, hallOffer, hoursPerStation } from '../../src/waits/hall-offer.ts'

const known = {
  insee: '16102',
  name: 'Cognac',
  stations: undefined,
  hours: undefined,
  closures: [],
  withoutAppointment: false,
}

test('a hall whose hours nobody imported offers what it is asked: 90 requests of 20 minutes are 30 hours', () => {
  const { hall, capacity } = hallOffer(known, 90)
  expect(capacity).toBe('implied')
  expect(weekCapacity(hall)).toMatchObject({ requests: 90, stationHours: 30 })
})

test('a week whose hours are unknown is told by its stations, or else by what is asked', () => {
  const asked = { slots: 80, low: 60, high: 100 }
  const { low, slots, high } = estimatedWeek(2, asked)
  expect([low, slots, high].map(Math.round)).toEqual([109, 180, 280])
  expect(estimatedWeek(undefined, asked)).toMatchObject(asked)
})

test('imported hours stand, whatever is asked', () => {
  const hours = [8, 8, 8, 8, 8, 0, 0] as const
  const { hall, capacity } = hallOffer({ ...known, stations: 2, hours }, 10)
  expect(capacity).toBe('imported')
  expect(weekCapacity(hall).requests).toBeCloseTo(240, 9)
})

test('hours of each station on each day, a part of the stations on some', () => {
  const slot = (weekday: number, opens: string, closes: string, stations: number | null) => ({
    weekday,
    opens,
    closes,
    stations,
  })
  expect(hoursPerStation([slot(1, '09:00', '12:30', null), slot(1, '14:00', '16:00', 1)], 2)).toEqual([
    ...[4.5, 0, 0, 0, 0, 0, 0],
  ])
  expect(hoursPerStation([], 2)).toBeUndefined()
  expect(hoursPerStation([slot(1, '09:00', '12:00', null)], undefined)).toBeUndefined()
})
