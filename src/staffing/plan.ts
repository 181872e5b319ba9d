import { Refusal } from '../errors.ts'
import { addMonths } from '../pure/calendar/period.ts'
import { frenchShortNumber } from '../pure/french/french.ts'
import { largest } from '../pure/numerics/extremes.ts'
import type { SolveProgram } from '../pure/numerics/optimisation/linear-program.ts'
import { warmStarted } from '../pure/numerics/optimisation/warm-start.ts'
import { sum } from '../pure/numerics/sum.ts'
import { balancedAgents, WORKING_DAYS_A_MONTH } from './assumption.ts'
import { arrivalsOf, lived, noDecisions } from './decision.ts'
import { meanPath, type RelativePaths } from './demand-path.ts'
import { type Idle, idleOf } from './idle.ts'
import { coursePaths } from './licence-course.ts'
import { type Obstacle, obstacles } from './obstacle.ts'
import type { CostAndRisk, DoingNothing, IdleCapacity, PlannedMonth, StaffingPlan } from './plan-answer.ts'
import { delayBands, meanExcess, promisedRisk, type Risk, riskOf } from './risk.ts'
import { firstPromise, type StaffingQuestion, type Team, teamOf } from './team.ts'
import {
  type MeasuredPlan,
  measured,
  planAt,
  protectedPlan,
  type TuningGround,
  tunedPlan,
  wholePlan,
  withoutContract,
} from './tune.ts'
import { cheaperPlans } from './whole-people.ts'

/** Version of the planning model; it changes with any number that a plan would give. */
export const PLAN_VERSION = 'staffing-6'
/** Paths on which a plan is tuned, and others, never seen by it, on which its risk is measured. */
export const TUNING_PATHS = 8_000
/** Paths held out. */
export const HELD_OUT_PATHS = 4_000

/** Share of the capacity without a file, outside the peaks, from which a plan says what would cut it. */
export const IDLE_MOST = 0.15

/** A plan whose risk is more than so many times the one asked is no plan: the refusal says what is missing. */
const MOST_RISK = 3

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
  const pathsOf = ground.pathsOf ?? coursePaths(asked)
  const [tuning = [], heldOut = []] = drawsOf(asked).map(draw => filesOf(asked, first, pathsOf, draw))
  const mean = meanPath(tuning)
  const solve = warmStarted(ground.solve)
  const context = (team: Team): TuningGround => ({
    team,
    mean,
    paths: tuning,
    promise: asked.promise,
    accepted: 1 - asked.probability,
    budget: asked.budget,
    solve,
    progress: ground.progress,
  })
  for (const unpromisedMonths of firstPromises(asked)) {
    const question = { ...asked, unpromisedMonths }
    const team = { ...first, unpromisedMonths }
    const chosen = await chosenPlan(context(team), heldOut)
    if (chosen !== undefined) return planOf(question, context(team), chosen, heldOut)
  }
  const unpromisedMonths = firstPromises(asked).at(-1) ?? 0
  const question = { ...asked, unpromisedMonths }
  const last = context({ ...first, unpromisedMonths })
  const safest = await safestPlan(last)
  const risk = safest === undefined ? Number.POSITIVE_INFINITY : heldOutRisk(last, safest, heldOut)
  // No plan near the risk asked, but a surer one.
  if (safest !== undefined && risk <= last.accepted) return planOf(question, last, safest, heldOut)
  const found = await obstacles(last, question, safest)
  if (safest !== undefined && risk <= MOST_RISK * last.accepted)
    return planOf(question, last, safest, heldOut, found)
  throw infeasible(asked, found)
}

/** The plan of least risk found within the means, its recruits whole when that is possible. */
async function safestPlan(context: TuningGround): Promise<MeasuredPlan | undefined> {
  const tuned = await tunedPlan(context)
  const shares = tuned.plan ?? ('safest' in tuned ? tuned.safest : undefined)
  if (shares === undefined || shares.decisions.hires.every(list => list.every(Number.isInteger)))
    return shares
  return (await planAt(context, shares.safety, { whole: true })) ?? shares
}

function heldOutRisk(
  { team, promise }: TuningGround,
  plan: MeasuredPlan,
  heldOut: readonly Float64Array[],
): number {
  return promisedRisk(team, riskOf(team, plan.lived.capacity, heldOut), promise)
}

async function planOf(
  question: StaffingQuestion,
  context: TuningGround,
  chosen: MeasuredPlan,
  heldOut: readonly Float64Array[],
  obstacle?: Obstacle,
): Promise<StaffingPlan> {
  const { team, mean } = context
  const risk = riskOf(team, chosen.lived.capacity, heldOut)
  const idle = idleOf(team, chosen.lived.capacity, heldOut)
  return {
    version: PLAN_VERSION,
    question,
    months: monthsOf(team, mean, chosen, risk, heldOut, idle),
    cost: chosen.cost,
    jointLateProbability: risk.joint,
    worstMonthLateProbability: promisedRisk(team, risk, 'monthly'),
    safety: chosen.safety,
    outcome: {
      asked: Math.round((1 - question.probability) * 1e9) / 1e9,
      heldOutRisk: promisedRisk(team, risk, question.promise),
      met: obstacle === undefined,
      wouldHold: obstacle?.remedies ?? null,
    },
    idleShare: idle.share ?? null,
    idleShareAll: idle.shareAll ?? null,
    idle: await idleCapacity(context, chosen, heldOut, idle),
    nothing: doingNothing(question, team, heldOut),
    curve: await curveOf(context, chosen, heldOut),
    paths: { tuning: TUNING_PATHS, heldOut: HELD_OUT_PATHS },
  }
}

/** Idle capacity in agents and euros, and the contract without which there would be least of it. */
async function idleCapacity(
  context: TuningGround,
  chosen: MeasuredPlan,
  heldOut: readonly Float64Array[],
  { months, share }: Idle,
): Promise<IdleCapacity> {
  const { team } = context
  const { capacity } = chosen.lived
  const agentMonths = sum(
    months.map(({ peak, decided }, t) => (peak ? 0 : (capacity[t]! - decided) / team.filesPerAgent[t]!)),
  )
  const told = { agentMonths, cost: agentMonths * team.wage }
  if (share === undefined || share <= IDLE_MOST) return told
  let cut: { contract: string; share: number; cost: number } | null = null
  for (const [c, contract] of team.contracts.entries()) {
    if (team.contracts.length === 1 || chosen.decisions.hires[c]!.every(agents => agents === 0)) continue
    const other = await withoutContract(context, chosen, c)
    const left = other && idleOf(team, other.lived.capacity, heldOut).share
    if (other !== undefined && left !== undefined && left < (cut?.share ?? share)) {
      cut = { contract: contract.code, share: left, cost: other.cost }
    }
  }
  return { ...told, cut }
}

/** Shares of the risk asked that plans are tuned to, one after the other, until one keeps it on paths held out. */
const TUNED_TO = [0.98, 0.93, 0.87, 0.8]

/** The cheapest plan found whose risk, on the tuning paths and on those held out, is at most the one accepted. */
async function chosenPlan(
  context: TuningGround,
  heldOut: readonly Float64Array[],
): Promise<MeasuredPlan | undefined> {
  const { team, accepted, budget = Number.POSITIVE_INFINITY } = context
  const keeps = (plan: MeasuredPlan) => heldOutRisk(context, plan, heldOut) <= accepted
  const nothing = measured(context, noDecisions(team), 0)
  // What is decided already may cost more than the budget: then doing nothing is not allowed either.
  if (nothing.promised <= accepted && nothing.cost <= budget && keeps(nothing)) return nothing
  for (const share of TUNED_TO) {
    const stricter = { ...context, accepted: share * accepted }
    const tuned = await protectedPlan(stricter)
    const whole = tuned && (await wholePlan(stricter, tuned))
    // What the means do not allow, they do not allow more strictly either.
    if (whole === undefined) return undefined
    const found = cheaperPlans(stricter, whole).reverse().find(keeps)
    if (found !== undefined) return found
  }
  return undefined
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

/** Paths on which what comes without a plan is measured while a form is filled in. */
const TRIED_PATHS = 500

/** What comes if nothing is decided, and the agents who would just treat the mean inflow: an instant's answer to a question. */
export function withoutPlan(question: StaffingQuestion): { nothing: DoingNothing; balanced: number } {
  refuseEmptyTeam(question)
  const team = teamOf(question)
  const paths = filesOf(question, team, coursePaths(question), { count: TRIED_PATHS, seed: question.seed })
  return {
    nothing: doingNothing(question, team, paths),
    balanced: balancedAgents(question),
  }
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
  const meanMonth = question.filesPerWorkingDay * WORKING_DAYS_A_MONTH
  return pathsOf(team.months, count, seed).map(path => path.map(relative => relative * meanMonth))
}

/** The risk of a plan that was kept, on fresh paths. */
export function checkPlan(
  plan: StaffingPlan,
  paths: { count: number; seed: number },
  pathsOf: RelativePaths = coursePaths(plan.question),
): { jointLateProbability: number; monthlyLateProbability: number[] } {
  const team = teamOf(plan.question)
  const of = (read: (month: PlannedMonth) => number) => Float64Array.from(plan.months, read)
  const { capacity } = lived(team, {
    ...noDecisions(team),
    hires: team.contracts.map(({ code }) =>
      of(month => month.arrivals.find(one => one.contract === code)?.agents ?? 0),
    ),
    overtimeHours: of(month => month.overtime),
    loans: of(month => month.loans),
    leave: of(month => month.leave),
    redeployed: of(month => month.redeployed),
  })
  const risk = riskOf(team, capacity, filesOf(plan.question, team, pathsOf, paths))
  return { jointLateProbability: risk.joint, monthlyLateProbability: [...risk.monthly] }
}

function refuseEmptyTeam(question: StaffingQuestion): void {
  if (question.agents > 0 || question.filesPerWorkingDay === 0) return
  const value = balancedAgents(question)
  const text = `${frenchShortNumber(value, 3)} ETPO pour traiter juste les dossiers reçus`
  throw new Refusal(
    'staffing-without-agents',
    `Sans aucun agent en place, personne n’instruit et personne ne forme les recrues : il en faudrait ${text}. Indiquez l’effectif présent, même partiel.`,
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
  idle: Idle,
): PlannedMonth[] {
  const bands = delayBands(team, plan.lived.capacity, heldOut)
  const arrivals = arrivalsOf(plan.decisions)
  const earliest = largest(team.contracts.map(contract => contract.leadMonths))
  return team.months.map((month, t) => ({
    month,
    agents: plan.lived.agents[t]!,
    hires: arrivals[t]!,
    arrivals: team.contracts.flatMap((contract, c) => {
      const agents = plan.decisions.hires[c]![t]!
      return agents === 0
        ? []
        : [{ contract: contract.code, agents, decideBy: addMonths(month, -contract.leadMonths) }]
    }),
    decideBy: addMonths(month, -earliest),
    overtime: plan.decisions.overtimeHours[t]!,
    loans: plan.decisions.loans[t]!,
    leave: plan.decisions.leave[t]!,
    redeployed: plan.decisions.redeployed[t]!,
    need: idle.months[t]!.need,
    decided: idle.months[t]!.decided,
    peak: idle.months[t]!.peak,
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
  const nothing = measured(context, noDecisions(context.team), 0)
  const points: CostAndRisk[] = [point('plan', chosen), point('nothing', nothing)]
  const mean = await planAt(context, 1)
  if (mean) points.push(point('mean', mean))
  const around = chosen.safety > 0 ? chosen.safety : 1
  // The mean is a point of its own.
  for (const step of CURVE_STEPS.filter(one => Math.abs(around + one - 1) > 0.005)) {
    const plan = await planAt(context, around + step)
    if (plan) points.push(point('other', plan))
  }
  return points.sort((a, b) => a.cost - b.cost || b.jointLateProbability - a.jointLateProbability)
}
