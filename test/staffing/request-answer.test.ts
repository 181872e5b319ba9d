import { expect, it } from 'vitest'
import { balancedAgents } from '../../src/staffing/assumption.ts'
import { planRequest } from '../../src/staffing/request-answer.ts'

const asked = { title: 'cni-passport', months: 6, targetDays: 14, probability: 0.9 }
const refused = (changes: object) =>
  planRequest.safeParse({ ...asked, ...changes }).error?.issues.map(issue => issue.path[0])
const year = (value: number) => new Array<number>(12).fill(value)
const team = (filesPerWorkingDay: number) => ({
  filesPerWorkingDay,
  filesPerAgentDay: 95,
  presence: year(0.8),
})

it('refuses what no calendar or team can be', () => {
  expect(refused({})).toBeUndefined()
  expect(refused({ firstMonth: '9999-12' })).toEqual(['firstMonth'])
  expect(refused({ presence: year(0.8).with(2, 0) })).toEqual(['presence'])
  expect(refused({ presence: year(1.2) })).toContain('presence')
  expect(refused({ targetDays: 0, probability: 1 })).toEqual(['targetDays', 'probability'])
})

it('supposes somebody for one file a day', () => {
  expect(balancedAgents(team(1))).toBe(0.0132)
  expect(balancedAgents(team(2_037))).toBe(26.8)
  expect(balancedAgents(team(0))).toBe(0)
})
