import { expect, it } from 'vitest'
import { filesPerWorkingDay, workingDayShares } from '../../src/delays/cert-capacity.ts'

it('a team of 20 at 95 files, present 80 % of the days, treats 1,520 files a working day', () => {
  expect(filesPerWorkingDay({ fullTimeAgents: 20, filesPerAgentDay: 95, presence: 0.8 })).toBe(1_520)
})

it('shares a month between its working days', () => {
  const shares = workingDayShares('2021-05-01', '2021-06-30')
  expect([...shares.slice(0, 4)]).toEqual([0, 0, 1 / 19, 1 / 19])
  expect(shares.slice(0, 31).reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9)
  expect(shares.slice(31).reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9)
})
