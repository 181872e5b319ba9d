import { expect, it } from 'vitest'
import { agentMonths } from '../../src/staffing/agent-month.ts'
import type { PlannedMonth } from '../../src/staffing/plan-answer.ts'
import { question } from './synthetic.ts'

it('counts files in agents present, and leaves a need unknown that was not kept', () => {
  // January 2027 has 20 working days: 20 × 95 files × 88 % present.
  const files = 20 * 95 * 0.88
  const month = (more: Partial<PlannedMonth>) =>
    ({ month: '2027-01', agents: 17, capacity: 16 * files, ...more }) as PlannedMonth
  const [first] = agentMonths({ question: question(), months: [month({ need: 20 * files })] })
  expect(first).toMatchObject({ month: '2027-01', present: 17 })
  expect(first?.able).toBeCloseTo(16, 9)
  expect(first?.need).toBeCloseTo(20, 9)
  expect(agentMonths({ question: question(), months: [month({})] })[0]?.need).toBeUndefined()
})
