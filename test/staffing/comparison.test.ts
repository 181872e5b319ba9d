import { beforeAll, expect, it } from 'vitest'
import { solveProgram } from '../../src/io/solver/solve-program.ts'
import {
  differenceOf,
  endingTerms,
  frozenArrivals,
  plannedAgents,
  updatedLevel,
} from '../../src/staffing/comparison.ts'
import { planStaffing } from '../../src/staffing/plan.ts'
import type { StaffingPlan } from '../../src/staffing/plan-answer.ts'
import { question } from './synthetic.ts'

let plan: StaffingPlan
beforeAll(async () => {
  plan = await planStaffing(question(), { solve: solveProgram })
})

it('freezes the arrivals decided before the new plan starts, and no others', () => {
  const hired: StaffingPlan = {
    ...plan,
    months: plan.months.map((month, t) => ({
      ...month,
      arrivals:
        t === 4 || t === 6
          ? [{ contract: 'permanent', agents: t === 4 ? 2 : 1, decideBy: month.decideBy }]
          : [],
    })),
  }
  // Lead 3: arrivals of May 2027 are decided in February, those of July in April.
  expect(frozenArrivals(hired, '2027-03')).toEqual([{ month: '2027-05', agents: 2, contract: 'permanent' }])
  expect(frozenArrivals(hired, '2027-05')).toEqual([
    { month: '2027-05', agents: 2, contract: 'permanent' },
    { month: '2027-07', agents: 1, contract: 'permanent' },
  ])
  expect(plannedAgents(plan, '2027-02')).toBeCloseTo(plan.months[1]!.agents, 12)
  expect(plannedAgents(plan, '2040-01')).toBeUndefined()
})

it('ends the terms of recruits of the last plan who are already there', () => {
  const hired: StaffingPlan = {
    ...plan,
    question: {
      ...plan.question,
      attritionPerMonth: 0.01,
      contracts: [
        { kind: 'seasonal', months: 6, leadMonths: 2, hiringCost: 0, wagePerMonth: 3_000, endPremium: 0 },
      ],
    },
    months: plan.months.map((month, t) => ({
      ...month,
      arrivals: t === 2 ? [{ contract: 'seasonal-6', agents: 2, decideBy: month.decideBy }] : [],
    })),
  }
  const [end, ...others] = endingTerms(hired, '2027-06')
  expect(others).toEqual([])
  // March to August: six months. Three have passed in June.
  expect(end!.month).toBe('2027-09')
  expect(end!.agents).toBeCloseTo(2 * 0.99 ** 3, 12)
  expect(endingTerms(hired, '2027-03')).toEqual([])
})

it('corrects the level of the demand by what was received, as in the worked example', () => {
  const received = plan.months
    .slice(0, 3)
    .map(({ month, expectedFiles }) => ({ month, files: 1.1 * expectedFiles }))
  const updated = updatedLevel(plan, received)!
  const weight = 0.06 ** 2 / (0.06 ** 2 + 0.05 ** 2)
  expect(weight).toBeCloseTo(0.59, 2)
  expect(updated.factor).toBeCloseTo(1.1 ** weight, 9)
  expect(updated.factor - 1).toBeCloseTo(0.058, 3)
  expect(updated.errorLeft).toBeCloseTo(Math.sqrt(1 - weight), 12)
  expect(updatedLevel(plan, [{ month: '2040-01', files: 1 }])).toBeUndefined()
})

it('shows what a new plan changes over the months that both cover', async () => {
  const next = await planStaffing(
    question({
      firstMonth: '2027-03',
      agents: plannedAgents(plan, '2027-03')!,
      decided: frozenArrivals(plan, '2027-03'),
      filesPerWorkingDay: (30_000 / 21) * 1.2,
    }),
    { solve: solveProgram },
  )
  const difference = differenceOf(plan, next)
  expect(difference.months).toHaveLength(16)
  expect(difference.cost).toBeGreaterThan(0)
  expect(difference.explanation[0]!.text).toContain('16 mois communs')
  expect(differenceOf(plan, plan)).toMatchObject({ cost: 0, jointLateProbability: 0 })
})
