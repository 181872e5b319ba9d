import { describe, expect, it } from 'vitest'
import type { WorkforceModel } from '../../src/calculators/workforce-answer.ts'
import { planWorkforce } from '../../src/calculators/workforce-program.ts'
import { solveProgram } from '../../src/io/solver/solve-program.ts'

/** Winston, *Operations Research*, 3.12, CSL. */
const csl: WorkforceModel = {
  needs: [6_000, 7_000, 8_000, 9_500, 11_000],
  experienced: 50,
  hoursPerPerson: 160,
  quitShare: 0.05,
  training: [0],
  tutorHours: 50,
  wage: 2_000,
  traineeWage: 1_000,
}

describe('the cohort-hiring program', () => {
  it('gives the published plan of CSL', async () => {
    const plan = await planWorkforce(csl, solveProgram)
    if (!('cost' in plan)) throw new Error(plan.status)
    expect(plan.cost).toBeCloseTo(593_776.51, 2)
    for (const [i, recruits] of [0, 8.453, 11.45, 9.518, 0].entries()) {
      expect(plan.periods[i]!.recruits).toBeCloseTo(recruits, 3)
    }
    for (const [i, people] of [50, 47.5, 53.578, 62.349, 68.75].entries()) {
      expect(plan.periods[i]!.experienced).toBeCloseTo(people, 3)
    }
  })

  it('gives the published cost with whole recruits', async () => {
    expect(await planWorkforce({ ...csl, wholeRecruits: true }, solveProgram)).toMatchObject({
      cost: expect.closeTo(598_583.13, 1),
    })
  })

  it('never costs more with one more freedom, nor less with one limit', async () => {
    const cost = async (change: Partial<WorkforceModel>) => {
      const plan = await planWorkforce({ ...csl, ...change }, solveProgram)
      return 'cost' in plan ? plan.cost : Number.POSITIVE_INFINITY
    }
    const base = await cost({})
    expect(await cost({ overtime: { costPerHour: 15, maxHoursPerPerson: 20 } })).toBeLessThanOrEqual(base)
    expect(await cost({ outside: { costPerHour: 10 } })).toBeLessThan(base)
    expect(await cost({ layoffCost: 500 })).toBeLessThanOrEqual(base)
    expect(await cost({ training: [] })).toBeLessThan(base)
    expect(await cost({ training: [0, 0.5] })).toBeGreaterThan(base)
    expect(await cost({ maxHires: 10 })).toBeGreaterThan(base)
    expect(await cost({ finalExperienced: 80 })).toBeGreaterThan(base)
    expect(await cost({ hiringCost: 100 })).toBeGreaterThan(base)
    expect(await cost({ traineeQuitShare: 0.1 })).toBeGreaterThan(base)
    expect(await cost({ budget: 593_777 })).toBeCloseTo(base, 2)
  })

  it('puts hours off when that costs less, hires at least what is asked, and leaves no hour undone', async () => {
    // By hand: two people of 100 hours, none leaves; 250 then 150 hours; 50 hours wait one period at 3 each.
    const two: WorkforceModel = {
      needs: [250, 150],
      experienced: 2,
      hoursPerPerson: 100,
      quitShare: 0,
      training: [0],
      tutorHours: 0,
      wage: 1_000,
      traineeWage: 500,
    }
    expect(await planWorkforce(two, solveProgram)).toEqual({ status: 'infeasible' })
    const backlog = { costPerHour: 3 }
    const late = await planWorkforce({ ...two, backlog }, solveProgram)
    expect(late).toMatchObject({ cost: 4_150, periods: [{ backlogHours: 50 }, { backlogHours: 0 }] })
    expect(await planWorkforce({ ...two, backlog: { costPerHour: 3, maxHours: 49 } }, solveProgram)).toEqual({
      status: 'infeasible',
    })
    expect(await planWorkforce({ ...two, needs: [250, 151], backlog, maxHires: 0 }, solveProgram)).toEqual({
      status: 'infeasible',
    })
    // Two hires in the second period stay in training to the end: 2 × 500 more.
    expect(await planWorkforce({ ...two, backlog, minHires: [0, 2] }, solveProgram)).toMatchObject({
      cost: 5_150,
    })
  })

  it('says when no plan exists', async () => {
    expect(await planWorkforce({ ...csl, maxHires: 2 }, solveProgram)).toEqual({ status: 'infeasible' })
    expect(await planWorkforce({ ...csl, budget: 593_776 }, solveProgram)).toEqual({ status: 'infeasible' })
    expect(await planWorkforce({ ...csl, experienced: 0 }, solveProgram)).toEqual({ status: 'infeasible' })
    await expect(planWorkforce({ ...csl, needs: [Number.NaN] }, solveProgram)).rejects.toThrow('need 1')
  })
})
