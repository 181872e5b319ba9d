import { expect, it } from 'vitest'
import { Refusal } from '../../src/errors.ts'
import { solveProgram } from '../../src/io/solver/solve-program.ts'
import { planStaffing } from '../../src/staffing/plan.ts'
import { question } from './synthetic.ts'

const ground = { solve: solveProgram }
const refusal = async (changes: Parameters<typeof question>[0]) => {
  const outcome = await planStaffing(question(changes), ground).catch((error: unknown) => error)
  if (!(outcome instanceof Refusal)) throw new Error('a plan was found')
  return outcome.extensions['remedies'] as { limit: string; amount: number; text: string }[]
}

it('names changes that are enough, each alone', async () => {
  const given = { maxHiresPerMonth: 1, overtimeHoursPerAgentMonth: 2, unpromisedMonths: 6 }
  const remedies = await refusal(given)
  const amount = (limit: string) => remedies.find(remedy => remedy.limit === limit)?.amount ?? Number.NaN
  expect(remedies.map(remedy => remedy.limit)).toContain('target')
  const nearer = await planStaffing(question({ ...given, targetDays: amount('target') + 2 }), ground)
  expect(nearer.jointLateProbability).toBeLessThan(0.13)
  const more = await planStaffing(
    question({ ...given, maxHiresPerMonth: 1 + Math.ceil(amount('hires')) }),
    ground,
  )
  expect(more.jointLateProbability).toBeLessThan(0.13)
})

it('finds how much sooner recruits would have to come', async () => {
  const given = { agents: 15, unpromisedMonths: 6, recruitingLeadMonths: 6 }
  const lead = (await refusal(given)).find(remedy => remedy.limit === 'lead')
  expect(lead?.amount).toBeGreaterThanOrEqual(1)
  expect(lead?.text).toContain('délai de recrutement')
  const sooner = await planStaffing(
    question({ ...given, recruitingLeadMonths: 6 - lead!.amount - 1 }),
    ground,
  )
  expect(sooner.jointLateProbability).toBeLessThan(0.13)
})
