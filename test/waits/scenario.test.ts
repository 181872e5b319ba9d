import { expect, it } from 'vitest'
import { exactly } from '../../src/pure/figures/lever.ts'
import { evenWeek, hallOf, slotCalendar } from '../../src/waits/hall-capacity.ts'
import { moreStations, sharing, type WaitParameters } from '../../src/waits/lever.ts'
import { waitsUnderDecisions } from '../../src/waits/scenario.ts'

const START: WaitParameters = {
  halls: new Map(
    ['16015', '16102'].map(code => [
      code,
      hallOf({ stations: 1, hours: evenWeek(30), minutesPerPerson: 15 }),
    ]),
  ),
  sharedShare: 0,
}

it('follows the decisions day by day', () => {
  const decidedOn = '2027-01-04'
  const decisions = [
    { lever: moreStations('16015', { amount: exactly(1), leadWeeks: 1 }), decidedOn },
    { lever: sharing({ amount: exactly(0.3), leadWeeks: 0 }), decidedOn: '2027-01-12' },
  ]
  const days = waitsUnderDecisions(
    START,
    decisions,
    slotCalendar('2027-01-08', '2027-01-12', () => false),
  )
  expect([...days.slots.get('16015')!]).toEqual([24, 0, 0, 48, 48])
  expect([...days.slots.get('16102')!]).toEqual([24, 0, 0, 24, 24])
  expect([...days.sharedShare]).toEqual([0, 0, 0, 0, 0.3])
})
