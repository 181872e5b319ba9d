import { describe, expect, it } from 'vitest'
import { exactly, type Lever, parametersOn } from '../../src/pure/figures/lever.ts'
import { evenWeek, hallOf, weekCapacity } from '../../src/waits/hall-capacity.ts'
import {
  counterAgents,
  mobileStation,
  moreHours,
  moreStations,
  preApplications,
  STATION_COST,
  sharing,
  shorterGap,
  type WaitParameters,
} from '../../src/waits/lever.ts'

const START: WaitParameters = {
  halls: new Map([
    ['16015', hallOf({ stations: 2, hours: evenWeek(20), minutesPerPerson: 15, gapMinutes: 5 })],
  ]),
  sharedShare: 0,
}
const now = (amount: number) => ({ amount: exactly(amount), leadWeeks: 0 })
const decided = (lever: Lever<WaitParameters>, end?: 'low' | 'high') =>
  parametersOn('2027-01-04', START, [{ lever, decidedOn: '2027-01-04' }], end)
const slots = (lever: Lever<WaitParameters>) => weekCapacity(decided(lever).halls.get('16015')!).requests

describe('a lever of waits', () => {
  it.each([
    [
      'pre-applications of 5 minutes for half the requests',
      preApplications('16015', 5, now(0.5)),
      2_400 / 17.5,
    ],
    ['pre-applications that save nothing known', preApplications('16015', 0, now(0.5)), 120],
    ['no gap', shorterGap('16015', now(9)), 160],
    ['5 hours more a week', moreHours('16015', now(5)), 150],
    ['one more station', moreStations('16015', now(1)), 180],
    ['a mobile station two days out of five', mobileStation('16015', now(0.4)), 144],
    ['60 hours of agents, 35 hours a week at most', counterAgents('16015', 35, now(60)), 210],
  ])('changes the slots of 120 a week: %s', (_, lever, expected) => {
    expect(slots(lever)).toBeCloseTo(expected, 9)
  })

  it('acts within its range and leaves the start as it was', () => {
    const lever = shorterGap('16015', { amount: { low: 1, central: 2, high: 3 }, leadWeeks: 0 })
    expect(decided(lever, 'low').halls.get('16015')!.gapMinutes).toBe(4)
    expect(decided(lever, 'high').halls.get('16015')!.gapMinutes).toBe(2)
    expect(START.halls.get('16015')!.gapMinutes).toBe(5)
  })

  it('shares between halls by a share of the users, never beyond all', () => {
    expect(decided(sharing(now(0.3))).sharedShare).toBe(0.3)
    expect(decided(sharing(now(1.3))).sharedShare).toBe(1)
  })

  it('has its cost with a source, or an unknown one', () => {
    expect(moreStations('16015', now(1)).cost).toBe(STATION_COST)
    expect(moreStations('16015', { ...now(1), cost: 'unknown' }).cost).toBe('unknown')
    expect(shorterGap('16015', now(1)).cost).toBe('unknown')
  })

  it('of a hall outside of the place asked for changes nothing of it', () => {
    expect(decided(shorterGap('17300', now(1)))).toEqual(START)
  })
})
