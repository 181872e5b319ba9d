import { Refusal } from '../errors.ts'
import { addMonths, type Month } from '../pure/calendar/period.ts'
import { frenchNumber } from '../pure/french/french.ts'
import type { SolveProgram } from '../pure/numerics/optimisation/linear-program.ts'
import { balancedAgents, meanWorkingDays } from './assumption.ts'
import { lognormalPaths, meanPath, type RelativePaths } from './demand-path.ts'
import { type Obstacle, obstacles } from './obstacle.ts'
import { type DelayBand, delayBands, meanExcess, promisedRisk, type Risk, riskOf } from './risk.ts'
import { lived, noDecisions } from './staffing-program.ts'
import { firstPromise, type StaffingQuestion, type Team, teamOf } from './team.ts'
import { type MeasuredPlan, planAt, type TuningGround, tunedPlan, wholePlan } from './tune.ts'

/** Version of the planning model; it changes with any number that a plan would give. */
export const PLAN_VERSION = 'staffing-2'
/** Paths on which a plan is tuned, and others, never seen by it, on which its risk is measured. */
export const TUNING_PATHS = 8_000
/** Paths held out. */
export const HELD_OUT_PATHS = 4_000

/** One month of a plan. */
export interface PlannedMonth {
  month: Month
  /** Agents at work or in training, full-time equivalents, loans apart. */
  agents: number
  /** Recruits who arrive, and the month by which they must be decided. */
  hires: number
  decideBy: Month
  /** Hours of overtime of the whole team. */
  overtime: number
  loans: number
  cost: number
  lateProbability: number
  /** Whether the promise covers this month. */
  promised: boolean
  expectedFiles: number
  capacity: number
  delay: DelayBand
}

/** A cost and the risk that it buys. */
export interface CostAndRisk {
  kind: 'nothing' | 'mean' | 'plan' | 'other'
  safety: number
  cost: number
  jointLateProbability: number
  worstMonthLateProbability: number
}

/** What happens when nothing is decided. */
export interface DoingNothing {
  jointLateProbability: number
  monthlyLateProbability: number[]
  /** First month whose risk passes the one accepted; `undefined` when none does. */
  firstBreak: Month | undefined
  medianDelayAtEnd: number
  /** Files beyond the target at the end, mean over paths, and the work and money to clear them. */
  filesBeyondTarget: number
  agentMonthsToClear: number
  costToClear: number
}

/** A plan, its risk on paths it has never seen, and what to compare it with. */
export interface StaffingPlan {
  version: string
  question: StaffingQuestion
  months: PlannedMonth[]
  cost: number
  jointLateProbability: number
  worstMonthLateProbability: number
  /** What the mean demand was multiplied by; 0 when nothing needs to be decided. */
  safety: number
  nothing: DoingNothing
  curve: CostAndRisk[]
  paths: { tuning: number; heldOut: number }
}

/** What planning needs from outside. */
export interface PlanningGround {
  solve: SolveProgram
  /** Demand paths; those of the assumptions unless given. */
  pathsOf?: RelativePaths | undefined
  progress?: ((step: string) => void) | undefined
}

/**
 * The cheapest recruits, overtime and loans by month that keep a delay under its target with the probability asked: mean
 * demand × k, k tuned on some paths, whole recruits, and the risk measured on others. Without a first promised month, the
 * promise starts at the first one, once recruits are trained, that the means allow.
 *
 * @throws Refusal `staffing-without-agents`, or `staffing-infeasible` with what binds and what would free it.
 */
export async function planStaffing(asked: StaffingQuestion, ground: PlanningGround): Promise<StaffingPlan> {
  refuseEmptyTeam(asked)
  const first = teamOf(asked)
  const pathsOf = ground.pathsOf ?? lognormalPaths(asked)
  const [tuning = [], heldOut = []] = drawsOf(asked).map(draw => filesOf(asked, first, pathsOf, draw))
  const mean = meanPath(tuning)
  const context = (team: Team): TuningGround => ({
    team,
    mean,
    paths: tuning,
    promise: asked.promise,
    accepted: 1 - asked.probability,
    budget: asked.budget,
    solve: ground.solve,
    progress: ground.progress,
  })
  for (const unpromisedMonths of firstPromises(asked)) {
    const question = { ...asked, unpromisedMonths }
    const team = { ...first, unpromisedMonths }
    const chosen = await chosenPlan(context(team))
    if (chosen === undefined) continue
    const risk = riskOf(team, chosen.lived.capacity, heldOut)
    return {
      version: PLAN_VERSION,
      question,
      months: monthsOf(team, mean, chosen, risk, heldOut),
      cost: chosen.cost,
      jointLateProbability: risk.joint,
      worstMonthLateProbability: promisedRisk(team, risk, 'monthly'),
      safety: chosen.safety,
      nothing: doingNothing(question, team, heldOut),
      curve: await curveOf(context(team), chosen, heldOut),
      paths: { tuning: TUNING_PATHS, heldOut: HELD_OUT_PATHS },
    }
  }
  const unpromisedMonths = firstPromises(asked).at(-1) ?? 0
  const last = context({ ...first, unpromisedMonths })
  const tuned = await tunedPlan(last)
  const best = tuned.plan ?? ('safest' in tuned ? tuned.safest : undefined)
  throw infeasible(asked, await obstacles(last, { ...asked, unpromisedMonths }, best))
}

async function chosenPlan(context: TuningGround): Promise<MeasuredPlan | undefined> {
  const { plan } = await tunedPlan(context)
  return plan && wholePlan(context, plan)
}

/** Months after the recruits are trained in which a late team may still need to catch up. */
const CATCH_UP_MONTHS = 2

/** How many months to leave out of the promise: what is asked, or else each number that recruiting explains. */
function firstPromises(question: StaffingQuestion): number[] {
  const { unpromisedMonths, months, recruitingLeadMonths, training } = question
  const most = months - 1
  if (unpromisedMonths !== undefined) return [Math.min(unpromisedMonths, most)]
  const from = firstPromise(question)
  const to = Math.max(from, Math.min(recruitingLeadMonths + training.length + CATCH_UP_MONTHS, most))
  return Array.from({ length: to - from + 1 }, (_, i) => from + i)
}

/** The lists of paths that a plan of a question asks for. */
export function drawsOf({ seed }: StaffingQuestion): { count: number; seed: number }[] {
  return [
    { count: TUNING_PATHS, seed },
    { count: HELD_OUT_PATHS, seed: seed + 1 },
  ]
}

/** Files of each month on so many paths. */
export function filesOf(
  question: StaffingQuestion,
  team: Team,
  pathsOf: RelativePaths,
  { count, seed }: { count: number; seed: number },
): Float64Array[] {
  const meanMonth = question.filesPerWorkingDay * meanWorkingDays()
  return pathsOf(team.months, count, seed).map(path => path.map(relative => relative * meanMonth))
}

/** The risk of a plan that was kept, on fresh paths. */
export function checkPlan(
  plan: StaffingPlan,
  paths: { count: number; seed: number },
  pathsOf: RelativePaths = lognormalPaths(plan.question),
): { jointLateProbability: number; monthlyLateProbability: number[] } {
  const team = teamOf(plan.question)
  const of = (read: (month: PlannedMonth) => number) => Float64Array.from(plan.months, read)
  const { capacity } = lived(team, {
    ...noDecisions(team),
    hires: of(month => month.hires),
    overtimeHours: of(month => month.overtime),
    loans: of(month => month.loans),
  })
  const risk = riskOf(team, capacity, filesOf(plan.question, team, pathsOf, paths))
  return { jointLateProbability: risk.joint, monthlyLateProbability: [...risk.monthly] }
}

function refuseEmptyTeam(question: StaffingQuestion): void {
  if (question.agents > 0 || question.filesPerWorkingDay === 0) return
  const { value } = balancedAgents(question.filesPerWorkingDay, question.filesPerAgentDay, question.presence)
  const text = `${frenchNumber(value, 1)} ETPO pour traiter juste les dossiers reçus`
  throw new Refusal(
    'staffing-without-agents',
    `Sans aucun agent en place, personne n’instruit et personne ne forme les recrues : il en faudrait ${text}. Indiquez l’effectif présent (agents), même partiel.`,
    { parameter: 'agents', binding: ['agents'], remedies: [{ limit: 'agents', amount: value, text }] },
  )
}

function infeasible(question: StaffingQuestion, found: Obstacle): Refusal {
  return new Refusal('staffing-infeasible', found.detail, {
    binding: found.binding,
    remedies: found.remedies,
    bestProbability: found.bestProbability,
    targetDays: question.targetDays,
    probability: question.probability,
  })
}

function monthsOf(
  team: Team,
  mean: Float64Array,
  plan: MeasuredPlan,
  risk: Risk,
  heldOut: readonly Float64Array[],
): PlannedMonth[] {
  const bands = delayBands(team, plan.lived.capacity, heldOut)
  return team.months.map((month, t) => ({
    month,
    agents: plan.lived.agents[t]!,
    hires: plan.decisions.hires[t]!,
    decideBy: addMonths(month, -team.leadMonths),
    overtime: plan.decisions.overtimeHours[t]!,
    loans: plan.decisions.loans[t]!,
    cost: plan.lived.cost[t]!,
    lateProbability: risk.monthly[t]!,
    promised: t >= team.unpromisedMonths,
    expectedFiles: mean[t]!,
    capacity: plan.lived.capacity[t]!,
    delay: bands[t]!,
  }))
}

function doingNothing(
  question: StaffingQuestion,
  team: Team,
  heldOut: readonly Float64Array[],
): DoingNothing {
  const { capacity } = lived(team, noDecisions(team))
  const risk = riskOf(team, capacity, heldOut)
  const filesBeyondTarget = meanExcess(team, capacity, heldOut)
  const last = team.months.length - 1
  const agentMonthsToClear = filesBeyondTarget / team.filesPerAgent[last]!
  return {
    jointLateProbability: risk.joint,
    monthlyLateProbability: [...risk.monthly],
    firstBreak: team.months.find((_, t) => risk.monthly[t]! > 1 - question.probability),
    medianDelayAtEnd: delayBands(team, capacity, heldOut)[last]!.p50,
    filesBeyondTarget,
    agentMonthsToClear,
    costToClear: agentMonthsToClear * team.wage,
  }
}

/** Around the plan: less and more safety, in points of the mean demand. */
const CURVE_STEPS = [-0.12, -0.08, -0.04, -0.02, 0.02, 0.04, 0.08]

async function curveOf(
  context: TuningGround,
  chosen: MeasuredPlan,
  heldOut: readonly Float64Array[],
): Promise<CostAndRisk[]> {
  const point = (kind: CostAndRisk['kind'], plan: MeasuredPlan): CostAndRisk => {
    const risk = riskOf(context.team, plan.lived.capacity, heldOut)
    return {
      kind,
      safety: plan.safety,
      cost: plan.cost,
      jointLateProbability: risk.joint,
      worstMonthLateProbability: promisedRisk(context.team, risk, 'monthly'),
    }
  }
  const nothing = noDecisions(context.team)
  const idle = lived(context.team, nothing)
  const points: CostAndRisk[] = [
    point('plan', chosen),
    point('nothing', {
      ...chosen,
      decisions: nothing,
      lived: idle,
      cost: idle.cost.reduce((sum, cost) => sum + cost, 0),
      safety: 0,
    }),
  ]
  const mean = await planAt(context, 1)
  if (mean) points.push(point('mean', mean))
  const around = chosen.safety > 0 ? chosen.safety : 1
  for (const step of CURVE_STEPS) {
    const plan = await planAt(context, around + step)
    if (plan) points.push(point('other', plan))
  }
  return points.sort((a, b) => a.cost - b.cost || b.jointLateProbability - a.jointLateProbability)
}
