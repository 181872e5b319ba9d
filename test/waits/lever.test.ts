import { describe, expect, it } from 'vitest'
import { exactly, type Lever, parametersOn } from '../../src/pure/figures/lever.ts'
import { evenWeek, hallOf, weekCapacity } from '../../src/waits/hall-capacity.ts'
import { hallLever, sharing, type WaitParameters } from '../../src/waits/lever.ts'

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
      hallLever('pre-applications', '16015', { ...now(0.5), minutesSaved: 5 }),
      2_400 / 17.5,
    ],
    ['pre-applications that save nothing known', hallLever('pre-applications', '16015', now(0.5)), 120],
    ['no gap', hallLever('shorter-gap', '16015', now(9)), 160],
    ['5 hours more a week', hallLever('more-hours', '16015', now(5)), 150],
    ['one more station', hallLever('more-stations', '16015', now(1)), 180],
    ['a mobile station two days out of five', hallLever('mobile-station', '16015', now(0.4)), 144],
    ['60 hours of agents, 35 hours a week at most', hallLever('counter-agents', '16015', now(60)), 210],
  ])('changes the slots of 120 a week: %s', (_, lever, expected) => {
    expect(slots(lever)).toBeCloseTo(expected, 9)
  })

  it('acts within its range and leaves the start as it was', () => {
    const lever = hallLever('shorter-gap', '16015', { amount: { low: 1, central: 2, high: 3 }, leadWeeks: 0 })
    expect(decided(lever, 'low').halls.get('16015')!.gapMinutes).toBe(4)
    expect(decided(lever, 'high').halls.get('16015')!.gapMinutes).toBe(2)
    expect(START.halls.get('16015')!.gapMinutes).toBe(5)
  })

  it('shares between halls by a share of the users, never beyond all', () => {
    expect(decided(sharing(now(0.3))).sharedShare).toBe(0.3)
    expect(decided(sharing(now(1.3))).sharedShare).toBe(1)
  })

  it('of a hall outside of the place asked for changes nothing of it', () => {
    expect(decided(hallLever('shorter-gap', '17300', now(1)))).toEqual(START)
  })
})
