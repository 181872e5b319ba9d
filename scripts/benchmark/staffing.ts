import { solveProgram } from '../../src/io/solver/solve-program.ts'
import {
  ASSUMPTIONS,
  type AssumptionName,
  LEVEL_SEASON,
  PRESENCE,
  TRAINING,
} from '../../src/staffing/assumption.ts'
import { type NetworkTeam, planNetwork } from '../../src/staffing/network.ts'
import { planStaffing } from '../../src/staffing/plan.ts'
import type { StaffingQuestion } from '../../src/staffing/team.ts'

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
    presence: PRESENCE.values,
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

/** One plan measured: seconds by the clock and of processor, the most memory of the process so far, the risks found. */
export interface StaffingSpeed {
  name: string
  seconds: number
  processorSeconds: number
  megabytes: number
  /** Least and greatest joint risk of the teams, held out. */
  jointRisk: readonly [number, number]
}

async function timed(name: string, run: () => Promise<number[]>): Promise<StaffingSpeed> {
  const start = performance.now()
  const before = process.cpuUsage()
  const risks = await run()
  const { user, system } = process.cpuUsage(before)
  return {
    name,
    seconds: (performance.now() - start) / 1000,
    processorSeconds: (user + system) / 1e6,
    megabytes: Math.round(process.resourceUsage().maxRSS / 1024),
    jointRisk: [Math.min(...risks), Math.max(...risks)],
  }
}

/** Every department with three roles over 24 months, alone and with loans, whole recruits too, then single teams. */
export async function measureStaffing(): Promise<StaffingSpeed[]> {
  const teams = everyDepartment()
  const ground = { solve: solveProgram }
  const network = async (more: {
    wholeRecruits: boolean
    lending?: Parameters<typeof planNetwork>[0]['lending']
  }) => (await planNetwork({ teams, ...more }, ground)).teams.map(team => team.jointLateProbability)
  const lending = { maxShare: 0.1, cost: 300, productivity: 0.9 }
  const measures = [
    await timed('101 × 24 × 3', () => network({ wholeRecruits: false })),
    await timed('101 × 24 × 3 with loans', () => network({ wholeRecruits: false, lending })),
    await timed('101 × 24 × 3, whole recruits', () => network({ wholeRecruits: true })),
  ]
  for (const months of [18, 60]) {
    measures.push(
      await timed(`one team, ${months} months`, async () => [
        (await planStaffing(question({ months }), ground)).jointLateProbability,
      ]),
    )
  }
  return measures
}
