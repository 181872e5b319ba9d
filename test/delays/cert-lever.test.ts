import { describe, expect, it } from 'vitest'
import { filesPerWorkingDay } from '../../src/delays/cert-capacity.ts'
import {
  type CertParameters,
  expressLane,
  higherProductivity,
  moreAgents,
  overtime,
  teamWithOvertime,
} from '../../src/delays/cert-lever.ts'
import { exactly, firstEffect, parametersOn } from '../../src/pure/figures/lever.ts'

const START: CertParameters = {
  team: { fullTimeAgents: 10, filesPerAgentDay: 95, presence: 0.8 },
  overtimeShare: 0,
  expressShare: 0,
}
const decided = '2027-01-04'

describe('a lever of a CERT', () => {
  it('acts after its lead, until its end, within its range', () => {
    const decision = {
      lever: moreAgents({ amount: { low: 1, central: 2, high: 3 }, leadWeeks: 12 }),
      decidedOn: decided,
      until: '2027-12-31',
    }
    expect(firstEffect(decision)).toBe('2027-03-29')
    const agents = (day: string, end?: 'low' | 'high') =>
      parametersOn(day, START, [decision], end).team.fullTimeAgents
    expect([agents('2027-03-28'), agents('2027-03-29'), agents('2028-01-01')]).toEqual([10, 12, 10])
    expect([agents('2027-04-01', 'low'), agents('2027-04-01', 'high')]).toEqual([11, 13])
  })

  it('combines with the others; an unknown cost is said to be unknown', () => {
    const levers = [
      higherProductivity({ amount: exactly(5), leadWeeks: 0 }),
      overtime({ amount: exactly(0.1), leadWeeks: 0 }),
      expressLane({ amount: exactly(0.2), leadWeeks: 0 }),
    ]
    const then = parametersOn(
      decided,
      START,
      levers.map(lever => ({ lever, decidedOn: decided })),
    )
    expect(filesPerWorkingDay(teamWithOvertime(then))).toBeCloseTo(10 * 100 * 0.88, 9)
    expect(then.expressShare).toBe(0.2)
    expect(levers.map(lever => lever.cost)).toEqual(['unknown', 'unknown', 'unknown'])
  })
})
