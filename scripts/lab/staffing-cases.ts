import { parseArgs } from 'node:util'
import { Refusal } from '../../src/errors.ts'
import { solveProgram } from '../../src/io/solver/solve-program.ts'
import { largest } from '../../src/pure/numerics/extremes.ts'
import { checkPlan, planStaffing } from '../../src/staffing/plan.ts'
import type { StaffingPlan } from '../../src/staffing/plan-answer.ts'
import { resolveQuestion, type StaffingRequest } from '../../src/staffing/question.ts'
import { runCommand } from '../run-command.ts'

/** A plan asked for, and its name in the table. */
interface StaffingCase {
  name: string
  request: StaffingRequest
}

/** Titles with the files that an agent treats in a day. */
const TITLES = [
  { title: 'cni-passport', filesPerAgentDay: 95 },
  { title: 'driving-licence', filesPerAgentDay: 80 },
  { title: 'residence-renewal', filesPerAgentDay: 8 },
] as const
const FILES_A_DAY = [15, 120, 600, 2_500]
const HORIZONS = [6, 12, 24, 60]

/** Forty-eight cases: three titles, 15 to 2,500 files a day, 6 to 60 months; 14 days in nine chances out of ten. */
function staffingCases(seed: number): StaffingCase[] {
  return TITLES.flatMap(({ title, filesPerAgentDay }) =>
    FILES_A_DAY.flatMap(filesPerWorkingDay =>
      HORIZONS.map(months => ({
        name: `${title} ${filesPerWorkingDay} ${months}`,
        request: {
          title,
          months,
          filesPerWorkingDay,
          filesPerAgentDay,
          targetDays: 14,
          probability: 0.9,
          firstMonth: '2027-01',
          seed,
        },
      })),
    ),
  )
}

const FRESH = { count: 4_000, seed: 900_003 }

/**
 * Plans the cases and measures each on fresh paths: `npm run staffing-cases -- --cases=5,17 --seeds=3`. Prints one line a
 * case, then the mean risk of the plans that say that they keep their promise, and the greatest.
 */
runCommand('Usage : npm run staffing-cases [-- --cases 5,17 --seeds 3,11]', async () => {
  const { values } = parseArgs({
    options: { cases: { type: 'string' }, seeds: { type: 'string', default: '3,11' } },
  })
  const wanted = values.cases?.split(',').map(Number)
  const risks: number[] = []
  console.log('case\tseed\tseconds\tmet\theld out\tfresh\tidle\twithout\tcost')
  for (const seed of values.seeds.split(',').map(Number)) {
    for (const [i, one] of staffingCases(seed).entries()) {
      if (wanted !== undefined && !wanted.includes(i)) continue
      const { line, risk } = await measuredCase(one)
      if (risk !== undefined) risks.push(risk)
      console.log([`${i} ${one.name}`, seed, ...line].join('\t'))
    }
  }
  const mean = risks.reduce((sum, risk) => sum + risk, 0) / risks.length
  console.log(`${risks.length} kept: mean ${percent(mean)}, greatest ${percent(largest(risks))}`)
  return 0
})

async function measuredCase({
  request,
}: StaffingCase): Promise<{ line: string[]; risk: number | undefined }> {
  // Of processor, the solver's thread included: a busy machine says nothing of the plan.
  const started = process.cpuUsage()
  const seconds = () => {
    const { user, system } = process.cpuUsage(started)
    return ((user + system) / 1e6).toFixed(1)
  }
  const facts = { today: '2026-12-01', place: '', engine: false }
  try {
    const plan = await planStaffing(resolveQuestion(request, facts).question, { solve: solveProgram })
    const took = seconds()
    const { jointLateProbability: fresh } = checkPlan(plan, FRESH)
    const { met, heldOutRisk } = plan.outcome
    return {
      line: [
        took,
        met ? 'yes' : 'no',
        percent(heldOutRisk),
        percent(fresh),
        plan.idleShare === null ? '–' : percent(plan.idleShare),
        cutWords(plan.idle?.cut),
        String(Math.round(plan.cost)),
      ],
      risk: met ? fresh : undefined,
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    return { line: [seconds(), error.code], risk: undefined }
  }
}

/** The contract without which least would be idle: told from 15 % on. */
function cutWords(cut: NonNullable<StaffingPlan['idle']>['cut']): string {
  if (cut === undefined) return ''
  return cut === null ? 'no contract cuts it' : `${cut.contract} ${percent(cut.share)}`
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`
}
