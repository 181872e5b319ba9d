import { expect, it } from 'vitest'
import { CERT_CHANGES, type CertParameters, certUnderDecisions } from '../../src/delays/cert-lever.ts'
import { evenlyAged, runCert } from '../../src/delays/cert-queue.ts'
import { exactly, firstEffect, parametersOn } from '../../src/pure/figures/lever.ts'

const START: CertParameters = {
  team: { fullTimeAgents: 2, filesPerAgentDay: 50, presence: 1 },
  overtimeShare: 0,
  expressShare: 0,
}
const decided = (code: keyof typeof CERT_CHANGES, amount: number, leadWeeks: number, until?: string) => ({
  lever: { amount: exactly(amount), leadWeeks, change: CERT_CHANGES[code] },
  decidedOn: '2027-01-04',
  ...(until === undefined ? {} : { until }),
})

it('acts after its lead, until its end, within its range', () => {
  const decision = {
    lever: { amount: { low: 1, central: 2, high: 3 }, leadWeeks: 12, change: CERT_CHANGES['more-agents'] },
    decidedOn: '2027-01-04',
    until: '2027-12-31',
  }
  expect(firstEffect(decision)).toBe('2027-03-29')
  const agents = (day: string, end?: 'low' | 'high') =>
    parametersOn(day, START, [decision], end).team.fullTimeAgents
  expect([agents('2027-03-28'), agents('2027-03-29'), agents('2028-01-01')]).toEqual([2, 4, 2])
  expect([agents('2027-04-01', 'low'), agents('2027-04-01', 'high')]).toEqual([3, 5])
})

it('follows the decisions day by day, and the queue follows them', () => {
  const decisions = [
    decided('higher-productivity', 0, 0),
    decided('overtime', 0.2, 0, '2027-01-05'),
    decided('more-agents', 1, 1),
    decided('express-lane', 0.5, 1),
  ]
  const days = certUnderDecisions(START, decisions, '2027-01-04', '2027-01-11')
  expect([...days.capacity]).toEqual([120, 120, 100, 100, 100, 0, 0, 150])
  expect([...days.expressShare]).toEqual([0, 0, 0, 0, 0, 0, 0, 0.5])
  const { days: queue } = runCert({
    from: '2027-01-04',
    arrivals: [0, 0, 0, 0, 0, 0, 0, 100],
    start: evenlyAged(900, 9),
    ...days,
  })
  expect([...queue.issued]).toEqual([120, 120, 100, 100, 100, 0, 0, 150])
  // Day 7: half the capacity takes 75 of that morning's files, the rest 60 files aged 11 days and 15 aged 10.
  expect(queue.issuedFileDays[7]).toBeCloseTo(60 * 11 + 15 * 10, 9)
  expect(queue.stock[7]).toBeCloseTo(310, 9)
})
