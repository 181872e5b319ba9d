import { expect, it } from 'vitest'
import { expressLane, moreAgents, overtime } from '../../src/delays/cert-lever.ts'
import { evenlyAged, runCert } from '../../src/delays/cert-queue.ts'
import { certUnderDecisions } from '../../src/delays/cert-scenario.ts'
import { isWorkingDay as works } from '../../src/pure/calendar/working-days.ts'
import { exactly } from '../../src/pure/figures/lever.ts'

const START = {
  team: { fullTimeAgents: 2, filesPerAgentDay: 50, presence: 1 },
  overtimeShare: 0,
  expressShare: 0,
}
const isWorkingDay = (day: string) => works(day)
const decided = (lever: ReturnType<typeof overtime>, until?: string) => ({
  lever,
  decidedOn: '2027-01-04',
  ...(until === undefined ? {} : { until }),
})

it('follows the decisions day by day, and the queue follows them', () => {
  const decisions = [
    decided(overtime({ amount: exactly(0.2), leadWeeks: 0 }), '2027-01-05'),
    decided(moreAgents({ amount: exactly(1), leadWeeks: 1 })),
    decided(expressLane({ amount: exactly(0.5), leadWeeks: 1 })),
  ]
  const days = certUnderDecisions(START, decisions, '2027-01-04', '2027-01-11', isWorkingDay)
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
