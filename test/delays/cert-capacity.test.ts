import { expect, it } from 'vitest'
import { filesPerWorkingDay, workingDayShares } from '../../src/delays/cert-capacity.ts'
import { isWorkingDay } from '../../src/pure/calendar/working-days.ts'

it('a team of 20 at 95 files, present 80 % of the days, treats 1,520 files a working day', () => {
  expect(filesPerWorkingDay({ fullTimeAgents: 20, filesPerAgentDay: 95, presence: 0.8 })).toBe(1_520)
})

it('shares a month between its working days, all of it to the last day of one that has none', () => {
  const shares = workingDayShares('2021-05-01', '2021-06-30', day => isWorkingDay(day))
  expect([...shares.slice(0, 4)]).toEqual([0, 0, 1 / 19, 1 / 19])
  expect(shares.slice(0, 31).reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9)
  expect(shares.slice(31).reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9)
  expect([...workingDayShares('2021-05-30', '2021-05-31', () => false)]).toEqual([0, 1])
})
