import { expect, it } from 'vitest'
import { solveProgram } from '../../src/io/solver/solve-program.ts'
import { noDecisions } from '../../src/staffing/decision.ts'
import { lognormalPaths, meanPath } from '../../src/staffing/demand-path.ts'
import { teamOf } from '../../src/staffing/team.ts'
import { measured, type TuningGround } from '../../src/staffing/tune.ts'
import { cheaperPlans } from '../../src/staffing/whole-people.ts'
import { question } from './synthetic.ts'

it('takes away what is not needed and keeps the promise, the limits and whole people', () => {
  const asked = question({ months: 12, unpromisedMonths: 6 })
  const team = teamOf(asked)
  const paths = lognormalPaths(asked)(team.months, 1_000, 3).map(path => path.map(share => share * 30_000))
  const ground: TuningGround = {
    team,
    mean: meanPath(paths),
    paths,
    promise: 'joint',
    accepted: 0.1,
    budget: undefined,
    solve: solveProgram,
  }
  const lavish = noDecisions(team)
  lavish.hires[0]!.fill(3, 3, 6)
  lavish.overtimeHours.fill(170)
  const start = measured(ground, lavish, 1)
  const found = cheaperPlans(ground, start)
  const last = found.at(-1)!
  expect(last.cost).toBeLessThan(0.95 * start.cost)
  for (const [i, plan] of found.slice(1).entries()) {
    expect(plan.cost).toBeLessThan(found[i]!.cost)
    expect(plan.promised).toBeLessThanOrEqual(0.1)
  }
  for (const [t, agents] of last.decisions.hires[0]!.entries()) {
    expect(Number.isInteger(agents)).toBe(true)
    expect(t < 3 ? agents : 0).toBe(0)
    expect(last.decisions.overtimeHours[t]).toBeLessThanOrEqual(10 * last.lived.agents[t]! + 1e-9)
  }
})
