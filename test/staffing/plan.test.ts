import { beforeAll, describe, expect, it } from 'vitest'
import { Refusal } from '../../src/errors.ts'
import { solveProgram } from '../../src/io/solver/solve-program.ts'
import { explainPlan } from '../../src/staffing/explain.ts'
import { checkPlan, planStaffing } from '../../src/staffing/plan.ts'
import type { StaffingPlan } from '../../src/staffing/plan-answer.ts'
import { resolveQuestion, type StaffingRequest } from '../../src/staffing/question.ts'
import { question } from './synthetic.ts'

const ground = { solve: solveProgram }
const planned = (changes: Parameters<typeof question>[0] = {}) => planStaffing(question(changes), ground)
const refusal = async (changes: Parameters<typeof question>[0]) => {
  const outcome = await planned(changes).catch((error: unknown) => error)
  if (!(outcome instanceof Refusal)) throw new Error('a plan was found')
  return { code: outcome.code, detail: outcome.message, ...outcome.extensions } as {
    code: string
    detail: string
    binding?: string[]
    remedies?: { limit: string; amount: number; text: string }[]
    bestProbability?: number
  }
}
const budgeted = (remedy: { limit: string }) => remedy.limit === 'budget'

describe('a plan tuned to 10 %', () => {
  let plan: StaffingPlan
  beforeAll(async () => {
    plan = await planned()
  })

  it('keeps its promise on 4,000 fresh paths of new seeds', () => {
    for (const seed of [1_001, 2_002, 3_003]) {
      const { jointLateProbability } = checkPlan(plan, { count: 4_000, seed })
      expect(jointLateProbability).toBeGreaterThan(0.07)
      expect(jointLateProbability).toBeLessThan(0.13)
    }
    expect(plan.jointLateProbability).toBeGreaterThan(0.07)
    expect(plan.jointLateProbability).toBeLessThan(0.13)
    expect(plan.safety).toBeGreaterThan(1.08)
    expect(plan.safety).toBeLessThan(1.2)
  })

  it('shows beside it what planning on the mean would risk, and what doing nothing would', () => {
    const mean = plan.curve.find(point => point.kind === 'mean')!
    expect(mean.jointLateProbability).toBeGreaterThan(0.5)
    expect(mean.cost).toBeLessThan(plan.cost)
    expect(plan.nothing.jointLateProbability).toBeGreaterThan(0.9)
    expect(plan.nothing.firstBreak).toBe(
      plan.months.find((_, t) => plan.nothing.monthlyLateProbability[t]! > 0.1)!.month,
    )
    expect(plan.nothing.costToClear).toBeCloseTo(plan.nothing.agentMonthsToClear * 3_300, 6)
  })

  it('has whole recruits, never before they can arrive, whose costs add up', () => {
    for (const month of plan.months) expect(Number.isInteger(month.hires)).toBe(true)
    expect(plan.months.slice(0, 3).every(month => month.hires === 0)).toBe(true)
    expect(plan.months.reduce((sum, month) => sum + month.cost, 0)).toBeCloseTo(plan.cost, 6)
    expect(plan.months[3]!.decideBy).toBe('2027-01')
  })

  it('risks jointly more than in any month, and less with more money', () => {
    for (const month of plan.months.filter(one => one.promised)) {
      expect(month.lateProbability).toBeLessThanOrEqual(plan.jointLateProbability)
    }
    const tuned = plan.curve.filter(point => point.kind !== 'plan')
    for (const [i, point] of tuned.slice(1).entries()) {
      expect(point.cost).toBeGreaterThanOrEqual(tuned[i]!.cost)
      expect(point.jointLateProbability).toBeLessThanOrEqual(tuned[i]!.jointLateProbability + 1e-9)
    }
  })

  it('explains itself in titled lines with the origins of what was assumed', () => {
    const lines = explainPlan(plan, { agents: 'imaginaire' })
    expect(lines.map(line => line.title)).toEqual([
      'Promesse',
      'Dossiers',
      'Stock au départ',
      'Équipe en place',
      'Si rien n’est décidé',
      'Pourquoi pas la moyenne',
      'Recrutements',
      'Heures supplémentaires et prêts',
      'Coût',
      'Promesse tenue ou non',
      'Capacité sans dossier',
      'Risque',
      'Deux délais',
      'Limites',
    ])
    expect(lines[3]!.text).toContain('17,0 ETPO [imaginaire]')
    expect(lines.map(line => line.text).join()).not.toMatch(/NaN|undefined|Infinity/)
  })

  it('costs more for more certainty, and less when each month is promised alone', async () => {
    const [surer, monthly] = await Promise.all([
      planned({ probability: 0.95 }),
      planned({ promise: 'monthly' }),
    ])
    expect(surer.cost).toBeGreaterThan(plan.cost)
    expect(surer.jointLateProbability).toBeLessThan(plan.jointLateProbability)
    expect(monthly.cost).toBeLessThan(plan.cost)
    expect(monthly.worstMonthLateProbability).toBeLessThan(0.13)
    expect(monthly.jointLateProbability).toBeGreaterThan(plan.jointLateProbability)
  })
})

describe('a promise of 10 % over titles, sizes and horizons', () => {
  const promise = { targetDays: 14, probability: 0.9, firstMonth: '2027-01', seed: 3 }
  const planOf = (request: Omit<StaffingRequest, keyof typeof promise>) => {
    const asked = { ...promise, ...request }
    const receipts = { value: 345, origin: 'comité', assumed: false }
    const facts = { today: '2026-11-26', place: '16', engine: false, receipts }
    return planStaffing(resolveQuestion(asked, facts).question, ground)
  }
  const freshRisk = (plan: StaffingPlan) =>
    checkPlan(plan, { count: 4_000, seed: 900_003 }).jointLateProbability

  it.each([
    { title: 'driving-licence', months: 6, growthPerYear: 0.08 },
    { title: 'driving-licence', months: 24 },
    { title: 'cni-passport', months: 12, filesPerWorkingDay: 250, overtimeHoursPerAgentMonth: 0 },
    { title: 'residence-renewal', months: 24, filesPerWorkingDay: 120, filesPerAgentDay: 8 },
  ] as const)('keeps 7 to 13 % on 4,000 fresh paths: $title over $months months', async request => {
    const risk = freshRisk(await planOf(request))
    expect(risk).toBeGreaterThan(0.07)
    expect(risk).toBeLessThan(0.13)
  })

  it('says a promise kept when only a surer plan is found', async () => {
    const { outcome } = await planOf({ title: 'cni-passport', months: 6, filesPerWorkingDay: 15 })
    expect(outcome.heldOutRisk).toBeLessThan(outcome.asked)
    expect(outcome).toMatchObject({ met: true, wouldHold: null })
  })

  it('says why a few whole agents without overtime are surer than asked', async () => {
    const few = {
      title: 'residence-renewal',
      months: 12,
      filesPerWorkingDay: 15,
      filesPerAgentDay: 8,
    } as const
    const alone = await planOf({
      ...few,
      filesPerWorkingDay: 4,
      agents: 0.6,
      overtimeHoursPerAgentMonth: 0,
      leaveShare: 0,
      contracts: [{ kind: 'permanent' }],
    })
    expect(freshRisk(alone)).toBeLessThan(0.05)
    const riskLine = (plan: StaffingPlan) => explainPlan(plan, {}).find(line => line.title === 'Risque')?.text
    expect(riskLine(alone)).toContain('les recrues sont entières')
    expect(riskLine(await planOf(few))).not.toContain('les recrues sont entières')
  })
})

describe('at the limits', () => {
  it('decides nothing when nothing is needed', async () => {
    const plan = await planned({ agents: 30 })
    expect(plan).toMatchObject({ cost: 0, safety: 0 })
    expect(plan.jointLateProbability).toBeLessThan(0.02)
  })

  it('says what a zero budget lacks, in euros that do suffice', async () => {
    const refused = await refusal({ budget: 0 })
    expect(refused.code).toBe('staffing-infeasible')
    expect(refused.binding).toContain('budget')
    expect(refused.detail).toContain('un budget plus grand de')
    const missing = refused.remedies!.find(budgeted)!.amount
    const plan = await planned({ budget: missing * 1.25 })
    expect(plan.cost).toBeLessThanOrEqual(missing * 1.25)
  })

  it('refuses an empty team, and an impossible target with what would do', async () => {
    expect(await refusal({ agents: 0 })).toMatchObject({ code: 'staffing-without-agents' })
    const { unpromisedMonths: _, ...open } = question({ targetDays: 0.2, maxHiresPerMonth: 1 })
    const refused = await planStaffing(open, ground).catch((error: unknown) => error)
    expect(refused).toMatchObject({
      code: 'staffing-infeasible',
      message: expect.stringContaining('un objectif de'),
    })
    const stuck = await refusal({ maxHiresPerMonth: 0, overtimeHoursPerAgentMonth: 1 })
    expect(stuck.binding).toEqual(['hires', 'overtime'])
    expect(stuck.bestProbability).toBeLessThan(0.9)
  })

  it('plans one month, and sixty', async () => {
    const one = await planned({ months: 1, agents: 19 })
    expect(one.months).toHaveLength(1)
    const sixty = await planned({ months: 60 })
    expect(sixty.months).toHaveLength(60)
    expect(sixty.jointLateProbability).toBeGreaterThan(0.06)
    expect(sixty.jointLateProbability).toBeLessThan(0.13)
  })

  it('starts its promise as soon as the means allow when nobody says when', async () => {
    const { unpromisedMonths: _, ...open } = question({ startDelayDays: 40 })
    const plan = await planStaffing(open, ground)
    const promised = plan.months.findIndex(month => month.promised)
    expect(promised).toBeGreaterThan(3)
    expect(plan.question.unpromisedMonths).toBe(promised)
    await expect(planned({ startDelayDays: 40, unpromisedMonths: 4 })).rejects.toThrow('Aucun plan')
  })

  it('stops when it is called off', async () => {
    const caller = new AbortController()
    const solve: typeof solveProgram = (program, options) =>
      solveProgram(program, { ...options, signal: caller.signal })
    let solved = 0
    const progress = () => {
      solved++
      if (solved === 3) caller.abort(new Error('called off'))
    }
    await expect(planStaffing(question(), { solve, progress })).rejects.toThrow('called off')
    expect(solved).toBe(3)
  })
})
