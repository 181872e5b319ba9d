import { expect, it } from 'vitest'
import { filesPerWorkingDay, spreadOverWorkingDays } from '../../src/delays/cert-capacity.ts'
import { isWorkingDay } from '../../src/pure/calendar/working-days.ts'

it('a team of 20 at 95 files, present 80 % of the days, treats 1,520 files a working day', () => {
  expect(filesPerWorkingDay({ fullTimeAgents: 20, filesPerAgentDay: 95, presence: 0.8 })).toBe(1_520)
})

it('spreads a month over its working days, and refuses a month that is not known', () => {
  const counts = new Map([
    ['2021-05', 190],
    ['2021-06', 220],
  ])
  const works = (day: string) => isWorkingDay(day)
  const daily = spreadOverWorkingDays(counts, '2021-05-01', '2021-06-30', works)
  expect([...daily.slice(0, 4)]).toEqual([0, 0, 10, 10])
  expect(daily.slice(0, 31).reduce((a, b) => a + b, 0)).toBeCloseTo(190, 9)
  expect(daily.slice(31).reduce((a, b) => a + b, 0)).toBeCloseTo(220, 9)
  expect([...spreadOverWorkingDays(counts, '2021-05-30', '2021-05-31', () => false)]).toEqual([0, 190])
  expect(() => spreadOverWorkingDays(counts, '2021-06-30', '2021-07-01', works)).toThrow(
    'no count for 2021-07',
  )
})
