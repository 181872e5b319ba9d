import { describe, expect, it } from 'vitest'
import { solveProgram } from '../../src/io/solver/solve-program.ts'
import { type Decisions, lived, noDecisions, type Sharing } from '../../src/staffing/decision.ts'
import { staffingProgram } from '../../src/staffing/staffing-program.ts'
import { daysFor, type Team, teamOf } from '../../src/staffing/team.ts'
import { question } from './synthetic.ts'

async function cheapest(team: Team, demand: Float64Array, sharing: Sharing = {}) {
  const { program, decisionsOf } = staffingProgram([team], [demand], sharing)
  const solved = await solveProgram(program)
  if (solved.status !== 'optimal') throw new Error(solved.status)
  return { cost: solved.objective, decisions: decisionsOf(solved.values, 0) }
}

const demand = new Float64Array(18).fill(33_000)
const sum = (values: Float64Array) => values.reduce((a, b) => a + b, 0)

function delays(team: Team, decisions: Decisions): number[] {
  const { capacity } = lived(team, decisions)
  let stock = team.startStock
  return team.months.map((_, t) => {
    stock = Math.max(0, stock + demand[t]! - capacity[t]!)
    return daysFor(stock, capacity, team.days, t + 1)
  })
}

describe('the staffing program', () => {
  it('holds every promised month on its path, at the cost that it would be lived at', async () => {
    const changes = [
      {},
      { contractMonths: 6 },
      { loanAgents: 2, overtimeHoursPerAgentMonth: 0 },
      { targetDays: 45, unpromisedMonths: 0 },
      { decided: [{ month: '2027-02', agents: 1 }], recruitingLeadMonths: 4, unpromisedMonths: 5 },
    ]
    for (const change of changes) {
      const team = teamOf(question({ agents: 18, ...change }))
      const { cost, decisions } = await cheapest(team, demand)
      expect(sum(lived(team, decisions).cost)).toBeCloseTo(cost, 3)
      const late = delays(team, decisions).map(days => Math.max(0, days - team.targetDays))
      expect(Math.max(...late.slice(team.unpromisedMonths))).toBeLessThan(1e-6)
      for (let t = 0; t < team.contracts[0]!.leadMonths; t++)
        expect(decisions.hires[0]![t]).toBe(team.contracts[0]!.decided[t])
    }
  })

  it('recruits early enough for training: nobody arrives in the months when it would cost output', async () => {
    const team = teamOf(question({ overtimeHoursPerAgentMonth: 0 }))
    const { decisions } = await cheapest(team, demand)
    const first = decisions.hires[0]!.findIndex(hires => hires > 0)
    const capacity = lived(team, decisions).capacity
    const idle = lived(team, noDecisions(team)).capacity
    expect(first).toBeGreaterThanOrEqual(3)
    expect(capacity[first]).toBeLessThan(idle[first]!)
    expect(capacity[first + 3]).toBeGreaterThan(idle[first + 3]!)
  })

  it('is never dearer with one more freedom, nor cheaper with one limit', async () => {
    const cost = async (change: Parameters<typeof question>[0], sharing: Sharing = {}) =>
      (await cheapest(teamOf(question({ unpromisedMonths: 6, ...change })), demand, sharing)).cost
    const base = await cost({})
    expect(await cost({ overtimeHoursPerAgentMonth: 20 })).toBeLessThanOrEqual(base + 1e-6)
    expect(await cost({ overtimeHoursPerAgentMonth: 0 })).toBeGreaterThanOrEqual(base - 1e-6)
    expect(await cost({ loanAgents: 5, loanCostPerMonth: 1_000 })).toBeLessThanOrEqual(base + 1e-6)
    expect(await cost({ targetDays: 20 })).toBeLessThanOrEqual(base + 1e-6)
    expect(await cost({ targetDays: 10 })).toBeGreaterThanOrEqual(base - 1e-6)
    expect(await cost({ tutorShare: 0.6 })).toBeGreaterThanOrEqual(base - 1e-6)
    expect(await cost({ attritionPerMonth: 0.03 })).toBeGreaterThan(base)
    expect(await cost({ agents: 18 })).toBeLessThan(base)
    expect(await cost({}, { budget: base + 1 })).toBeCloseTo(base, 3)
    await expect(cost({}, { budget: base - 1 })).rejects.toThrow('infeasible')
  })

  it('lends between teams of a group, never more than is borrowed', async () => {
    const strong = teamOf(question({ agents: 24 }), 'strong')
    const weak = teamOf(question({ agents: 17, maxHiresPerMonth: 0, overtimeHoursPerAgentMonth: 0 }), 'weak')
    const both = (group: (team: number) => string) =>
      staffingProgram([strong, weak], [demand, demand], {
        lending: { group, maxShare: 0.3, cost: 500, productivity: 0.9 },
      })
    expect((await solveProgram(both(team => String(team)).program)).status).toBe('infeasible')
    const { program, decisionsOf } = both(() => 'same')
    const solved = await solveProgram(program)
    if (solved.status !== 'optimal') throw new Error(solved.status)
    const [lender, borrower] = [decisionsOf(solved.values, 0), decisionsOf(solved.values, 1)]
    expect(sum(borrower.borrowed)).toBeGreaterThan(0)
    for (let t = 0; t < 18; t++) expect(lender.lent[t]! - borrower.borrowed[t]!).toBeGreaterThan(-1e-6)
  })
})
