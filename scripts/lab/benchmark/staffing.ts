import { FLOW_ASSUMPTIONS } from '../../../src/delays/cert-flow-assumption.ts'
import { solveProgram } from '../../../src/io/solver/solve-program.ts'
import { ASSUMPTIONS, type AssumptionName, LEVEL_SEASON, TRAINING } from '../../../src/staffing/assumption.ts'
import { type NetworkTeam, planNetwork } from '../../../src/staffing/network.ts'
import { planStaffing } from '../../../src/staffing/plan.ts'
import type { StaffingQuestion } from '../../../src/staffing/team.ts'

const numbers = Object.fromEntries(
  (Object.keys(ASSUMPTIONS) as AssumptionName[]).map(name => [name, ASSUMPTIONS[name].value]),
) as Record<AssumptionName, number>

function question(changes: Partial<StaffingQuestion>): StaffingQuestion {
  return {
    ...numbers,
    title: 'cni-passport',
    firstMonth: '2027-01',
    months: 24,
    targetDays: 14,
    probability: 0.9,
    promise: 'joint',
    unpromisedMonths: 6,
    filesPerWorkingDay: 30_000 / 21,
    startDelayDays: 8,
    agents: 20,
    presence: FLOW_ASSUMPTIONS.presence.values,
    training: TRAINING.values,
    contractEnds: [],
    decided: [],
    season: LEVEL_SEASON.values,
    seed: 1,
    ...changes,
  }
}

/** Every department with three roles, of unequal sizes and states. */
function everyDepartment(): NetworkTeam[] {
  return Array.from({ length: 303 }, (_, i) => {
    const [department, role] = [Math.floor(i / 3), i % 3]
    const filesPerWorkingDay = 200 + ((department * 37 + role * 91) % 97) * 20
    const agents = (filesPerWorkingDay / 95 / 0.8) * (0.95 + role * 0.04)
    return {
      name: `${department}-${role}`,
      group: String(department),
      question: question({ filesPerWorkingDay, agents, startDelayDays: 6 + (department % 5) }),
    }
  })
}

/**
 * Every department with three roles over 24 months, alone and with loans, whole recruits too, then single teams: seconds by
 * the clock, the most memory of the process so far (run it alone for that), the joint risks of the teams held out.
 */
export async function measureStaffing(): Promise<Record<string, number>> {
  const teams = everyDepartment()
  const ground = { solve: solveProgram }
  const network = async (more: { wholeRecruits: boolean; lending?: Lending }) =>
    (await planNetwork({ teams, ...more }, ground)).teams.map(team => team.jointLateProbability)
  const single = async (months: number) => [
    (await planStaffing(question({ months }), ground)).jointLateProbability,
  ]
  const lending = { maxShare: 0.1, cost: 300, productivity: 0.9 }
  const figures: Record<string, number> = {}
  const measure = async (name: string, run: () => Promise<number[]>) => {
    const start = performance.now()
    const risks = await run()
    figures[`${name}Seconds`] = (performance.now() - start) / 1_000
    figures[`${name}PeakMegabytes`] = process.resourceUsage().maxRSS / 1_024
    figures[`${name}LeastJointRisk`] = Math.min(...risks)
    figures[`${name}GreatestJointRisk`] = Math.max(...risks)
  }
  await measure('staffing', () => network({ wholeRecruits: false }))
  await measure('staffingWithLoans', () => network({ wholeRecruits: false, lending }))
  await measure('staffingWholeRecruits', () => network({ wholeRecruits: true }))
  await measure('staffing18Months', () => single(18))
  await measure('staffing60Months', () => single(60))
  return figures
}

type Lending = Parameters<typeof planNetwork>[0]['lending']
