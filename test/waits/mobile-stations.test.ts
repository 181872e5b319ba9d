import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  allocateMobileStations,
  type HallToHelp,
  longestWait,
  personWeeks,
} from '../../src/waits/mobile-stations.ts'

const flat = (perDay: number, days = 28) => new Array<number>(days).fill(perDay)
const hall = (name: string, startBacklog: number, demand: number, slots: number): HallToHelp => ({
  hall: name,
  startBacklog,
  demand: flat(demand),
  slots: flat(slots, 200),
  slotsPerStation: flat(5, 200),
})

describe('mobile stations', () => {
  // A big town with 10 days of wait and many people, a small one with 40 days and few.
  const halls = [hall('Grande', 400, 40, 40), hall('Petite', 80, 2, 2)]

  it('go to the big town for person-weeks, to the small one for the longest wait', () => {
    const most = allocateMobileStations(halls, 1, 'person-weeks')
    const longest = allocateMobileStations(halls, 1, 'longest-wait')
    expect(most.halls.map(h => h.stations)).toEqual([1, 0])
    expect(longest.halls.map(h => h.stations)).toEqual([0, 1])
    expect(longest.halls[1]!.longestWaitBefore).toBeCloseTo(40, 9)
    expect(longest.halls[1]!.longestWaitAfter).toBeCloseTo(80 / 7, 9)
    // 5 fewer people waiting each day for 28 days: 5 × (1 + … + 28) ÷ 7.
    expect(most.halls[0]!.personWeeksSaved).toBeCloseTo((5 * 406) / 7, 9)
  })

  it('equal exhaustive search for both objectives', () => {
    const random = fc.record({
      start: fc.nat(200),
      demand: fc.nat(30),
      slots: fc.integer({ min: 1, max: 30 }),
    })
    fc.assert(
      fc.property(fc.array(random, { minLength: 3, maxLength: 3 }), towns => {
        const list = towns.map((t, i) => hall(`${i}`, t.start, t.demand, t.slots))
        const all: number[][] = []
        for (let a = 0; a <= 3; a++)
          for (let b = 0; a + b <= 3; b++) for (let c = 0; a + b + c <= 3; c++) all.push([a, b, c])
        const weeks = (given: number[]) => given.reduce((sum, n, h) => sum + personWeeks(list[h]!, n), 0)
        const worst = (given: number[]) => Math.max(...given.map((n, h) => longestWait(list[h]!, n)))
        const given = (objective: 'person-weeks' | 'longest-wait') =>
          allocateMobileStations(list, 3, objective).halls.map(h => h.stations)
        expect(weeks(given('person-weeks'))).toBeCloseTo(Math.min(...all.map(weeks)), 6)
        expect(worst(given('longest-wait'))).toBe(Math.min(...all.map(worst)))
      }),
    )
  })
})
