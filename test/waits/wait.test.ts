import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { publicHolidays } from '../../src/pure/calendar/working-days.ts'
import { dailySlots, evenWeek, hallOf } from '../../src/waits/hall-capacity.ts'
import { startBacklog, waitPath } from '../../src/waits/wait.ts'

const AUGUST_THEN_FULL = Array.from({ length: 200 }, (_, day) => (day < 31 ? 150 : 250))

describe('the wait', () => {
  it('is 60.4 days for 12,000 requests before August, neither 80 nor 48', () => {
    expect(waitPath(12_000, [], AUGUST_THEN_FULL).waitDays[0]).toBeCloseTo(60.4, 9)
    expect(waitPath(12_000, [], AUGUST_THEN_FULL, 2).waitDays[0]).toBeCloseTo(62.4, 9)
  })

  it('stays at 18 days where the hours offered just meet demand, though the stations are idle half the week', () => {
    const hall = hallOf({ stations: 24, hours: evenWeek(16.8), minutesPerPerson: 15 })
    const slots = dailySlots(
      () => hall,
      '2027-09-06',
      '2028-09-03',
      () => false,
    )
    const perDay = (24 * 67.2) / 7
    const { requests } = startBacklog({ kind: 'wait', days: 18 }, slots, 0)
    const { waitDays } = waitPath(requests, new Array<number>(182).fill(perDay), slots)
    const mondays = Array.from(waitDays).filter((_, day) => day % 7 === 0)
    for (const wait of mondays) expect(wait).toBeCloseTo(18, 6)
    const longer = dailySlots(
      () => ({ ...hall, hours: evenWeek(30) }),
      '2027-09-06',
      '2028-09-03',
      () => false,
    )
    expect(waitPath(requests, new Array<number>(182).fill(perDay), longer).waitDays[182]).toBeLessThan(1)
  })

  it('sees a closure coming', () => {
    const hall = hallOf({
      stations: 1,
      hours: evenWeek(30),
      minutesPerPerson: 15,
      closures: [{ from: '2027-08-02', to: '2027-08-22', share: 1 }],
    })
    const isHoliday = (day: string) => publicHolidays(Number(day.slice(0, 4))).has(day)
    const slots = dailySlots(() => hall, '2027-07-26', '2027-12-31', isHoliday)
    expect(waitPath(120, [], slots).waitDays[0]).toBe(5)
    expect(waitPath(132, [], slots).waitDays[0]).toBe(28.5)
  })
})

describe('the backlog at the start', () => {
  it('gives back the observed wait, whatever the calendar', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 120 }), fc.nat(2), (days, floor) => {
        const { requests } = startBacklog({ kind: 'wait', days }, AUGUST_THEN_FULL, floor)
        expect(waitPath(requests, [], AUGUST_THEN_FULL, floor).waitDays[0]).toBeCloseTo(days, 9)
      }),
    )
  })

  it('is a lower bound behind a full book, nothing by design without appointments', () => {
    expect(startBacklog({ kind: 'book-full', atLeastDays: 15 }, AUGUST_THEN_FULL, 0)).toEqual({
      requests: 2_250,
      known: 'at-least',
    })
    expect(startBacklog({ kind: 'no-appointment' }, AUGUST_THEN_FULL, 0)).toEqual({
      requests: 0,
      known: 'none-by-design',
    })
    expect(startBacklog({ kind: 'wait', days: 1 }, AUGUST_THEN_FULL, 3).requests).toBe(0)
  })
})
