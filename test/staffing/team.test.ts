import { expect, it } from 'vitest'
import { daysFor, filesWithin, tailMonths, teamOf } from '../../src/staffing/team.ts'
import { question } from './synthetic.ts'

it('counts the work of each month on the French calendar', () => {
  const team = teamOf(question())
  // January 2027: 20 working days; 95 files, present 88 %.
  expect(team.filesPerAgent[0]).toBeCloseTo(95 * 20 * 0.88, 9)
  expect(team.days[1]).toBe(28)
  expect(team.months).toHaveLength(18)
  expect(team.days).toHaveLength(18 + tailMonths(14))
})

it('lets agents leave, by attrition and at the end of contracts', () => {
  const { present } = teamOf(question({ contractEnds: [{ month: '2027-03', agents: 2 }] }))
  expect(present[1]).toBeCloseTo(17 * 0.988, 9)
  expect(present[2]).toBeCloseTo(15 * 0.988 ** 2, 9)
})

it('moves the output of an agent to its goal over the months given', () => {
  const { filesPerAgent } = teamOf(question({ filesPerAgentDayLater: 100, productivityMonths: 12 }))
  expect(filesPerAgent[12]).toBeCloseTo(100 * 20 * 0.88 * (21 / 20), 9)
})

it('turns days into files and back, through months of different length', () => {
  const capacity = [6_000, 6_200, 3_000]
  const days = [28, 31, 30]
  expect(filesWithin(14, capacity, days, 0)).toBe(3_000)
  expect(filesWithin(28 + 15.5, capacity, days, 0)).toBe(6_000 + 3_100)
  for (const delay of [0.5, 14, 28, 40, 70]) {
    expect(daysFor(filesWithin(delay, capacity, days, 0), capacity, days, 0)).toBeCloseTo(delay, 9)
  }
  expect(daysFor(21_200, capacity, days, 0)).toBeCloseTo(28 + 31 + 30 + 60, 9)
  expect(daysFor(1, [0], [30], 0)).toBe(Number.POSITIVE_INFINITY)
})
