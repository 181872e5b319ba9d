import { solveProgram } from '../src/io/solver/solve-program.ts'
import {
  ASSUMPTIONS,
  type AssumptionName,
  LEVEL_SEASON,
  PRESENCE,
  TRAINING,
} from '../src/staffing/assumption.ts'
import { type NetworkTeam, planNetwork } from '../src/staffing/network.ts'
import { planStaffing } from '../src/staffing/plan.ts'
import type { StaffingQuestion } from '../src/staffing/team.ts'

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

async function timed(label: string, run: () => Promise<string>): Promise<void> {
  const start = performance.now()
  const found = await run()
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  const megabytes = Math.round(process.resourceUsage().maxRSS / 1024)
  console.log(`${label}: ${seconds} s, at most ${megabytes} MB so far (${found})`)
}

const teams = everyDepartment()
const ground = { solve: solveProgram }
const spread = (risks: number[]) =>
  `joint risk ${Math.min(...risks).toFixed(3)} to ${Math.max(...risks).toFixed(3)}`
for (const [label, changes] of [
  ['101 × 24 × 3', {}],
  ['101 × 24 × 3 with loans', { lending: { maxShare: 0.1, cost: 300, productivity: 0.9 } }],
] as const) {
  await timed(label, async () => {
    const plan = await planNetwork({ teams, wholeRecruits: false, ...changes }, ground)
    return spread(plan.teams.map(team => team.jointLateProbability))
  })
}
await timed('101 × 24 × 3, whole recruits', async () => {
  const plan = await planNetwork({ teams, wholeRecruits: true }, ground)
  return spread(plan.teams.map(team => team.jointLateProbability))
})
for (const months of [18, 60]) {
  await timed(`one team, ${months} months`, async () => {
    const plan = await planStaffing(question({ months }), ground)
    return `joint risk ${plan.jointLateProbability.toFixed(3)}, ${Math.round(plan.cost)} €`
  })
}
