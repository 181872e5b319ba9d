import { describe, expect, it } from 'vitest'
import { solveProgram } from '../../src/io/solver/solve-program.ts'
import { type NetworkQuestion, type NetworkTeam, planNetwork } from '../../src/staffing/network.ts'
import { question } from './synthetic.ts'

const team = (name: string, group: string, changes: Parameters<typeof question>[0]): NetworkTeam => ({
  name,
  group,
  question: question({ months: 12, ...changes }),
})
const teams = [
  team('Nord', 'a', { agents: 22 }),
  team('Sud', 'a', { agents: 16 }),
  team('Est', 'b', { agents: 8, filesPerWorkingDay: 700 }),
]
const planned = (changes: Partial<NetworkQuestion> = {}) =>
  planNetwork({ teams, wholeRecruits: false, ...changes }, { solve: solveProgram })
const lending = { maxShare: 0.3, cost: 300, productivity: 0.9 }

describe('a network of teams', () => {
  it('keeps the promise of each team on paths held out', async () => {
    const plan = await planned()
    for (const { jointLateProbability } of plan.teams) expect(jointLateProbability).toBeLessThan(0.13)
    expect(plan.cost).toBeCloseTo(
      plan.teams.reduce((sum, one) => sum + one.cost, 0),
      6,
    )
  })

  it('makes a team of licences ready for the cards that come back from the summer of 2028', async () => {
    const licences = (licencesPerHead: number | undefined) =>
      planned({
        teams: [
          team('Permis', 'a', {
            title: 'driving-licence',
            firstMonth: '2028-03',
            months: 18,
            agents: 20,
            unpromisedMonths: 8,
            licencesPerHead,
          }),
        ],
      })
    const [level, waves] = await Promise.all([licences(undefined), licences(0.035)])
    expect(waves.cost).toBeGreaterThan(1.3 * level.cost)
    expect(waves.teams[0]!.jointLateProbability).toBeLessThan(0.13)
  })

  it('is cheaper with loans inside a group, which balance', async () => {
    const [apart, together] = await Promise.all([planned(), planned({ lending })])
    expect(together.cost).toBeLessThan(apart.cost)
    const of = (name: string) => together.teams.find(one => one.name === name)!
    for (const [t, { borrowed, lent }] of of('Sud').months.entries()) {
      const other = of('Nord').months[t]!
      expect(borrowed + other.borrowed).toBeLessThanOrEqual(lent + other.lent + 1e-6)
    }
    expect(of('Est').months.every(month => month.borrowed < 1e-6)).toBe(true)
  })

  it('has whole recruits when asked, never cheaper', async () => {
    const [parts, whole] = await Promise.all([planned(), planned({ wholeRecruits: true })])
    for (const one of whole.teams) {
      for (const { hires } of one.months) expect(Number.isInteger(hires)).toBe(true)
    }
    expect(whole.cost).toBeGreaterThanOrEqual(parts.cost * 0.997)
  })

  it('is as cheap solved in parts as at once: a hundred euros less than its cost is a hundred euros short', async () => {
    const many = Array.from({ length: 16 }, (_, i) =>
      team(`Centre ${i}`, String(i % 8), { agents: 17 + (i % 5), filesPerWorkingDay: 1_300 + 10 * i }),
    )
    const { cost } = await planned({ teams: many, lending })
    const enough = await planned({ teams: many, lending, budget: cost + 1 })
    expect(enough.cost).toBeCloseTo(cost, 2)
    const short = await planned({ teams: many, lending, budget: cost - 100 }).catch((error: unknown) => error)
    expect(short).toMatchObject({ extensions: { binding: ['budget'] } })
    const [{ amount }] = (short as { extensions: { remedies: [{ amount: number }] } }).extensions.remedies
    expect(amount).toBeCloseTo(100, 1)
  })

  it('says how much money lacks, or which teams cannot do it', async () => {
    const { cost } = await planned()
    const poor = await planned({ budget: cost / 2 }).catch((error: unknown) => error)
    expect(poor).toMatchObject({
      code: 'staffing-infeasible',
      extensions: { binding: ['budget'], remedies: [{ limit: 'budget', amount: expect.any(Number) }] },
    })
    const stuck = team('Ouest', 'c', { agents: 10, maxHiresPerMonth: 0 })
    const refused = await planned({ teams: [...teams, stuck] }).catch((error: unknown) => error)
    expect(refused).toMatchObject({ code: 'staffing-infeasible', extensions: { teams: ['Ouest'] } })
  })
})
