import type { SolveProgram } from '../pure/numerics/optimisation/linear-program.ts'
import { type Decisions, lived, noDecisions, type TeamMonths } from './decision.ts'
import type { Window } from './promise-rows.ts'
import {
  easiestPaths,
  missedWindows,
  mostUsualPaths,
  type Protected,
  windowMaxima,
} from './protected-paths.ts'
import { promisedRisk, type Risk, riskOf, safetyGuess } from './risk.ts'
import { type ProgramOptions, staffingProgram } from './staffing-program.ts'
import type { Team } from './team.ts'

/** A plan with what it risks on the paths it was measured on. */
export interface MeasuredPlan {
  decisions: Decisions
  lived: TeamMonths
  cost: number
  risk: Risk
  /** The risk that the promise speaks of. */
  promised: number
  /** What the mean demand was multiplied by. */
  safety: number
}

/** Everything that a plan is tuned with. */
export interface TuningGround {
  team: Team
  /** Mean files by month, and the paths on which plans are tuned. */
  mean: Float64Array
  paths: readonly Float64Array[]
  promise: 'joint' | 'monthly'
  /** Greatest risk accepted: 1 − probability. */
  accepted: number
  budget: number | undefined
  solve: SolveProgram
  /** Told after each program solved. */
  progress?: ((step: string) => void) | undefined
}

/** The cheapest plan that keeps its promise, or the safest that the means allow. */
export type Tuned = { plan: MeasuredPlan } | { plan: undefined; safest: MeasuredPlan | undefined }

const BISECTIONS = 12
/** About 4 s of search on 60 months; small changes of the plan follow it. */
const WHOLE_NODES = 100
/** Risk is known to about half a point on 2,000 paths: closer is not worth a program. */
const CLOSE = 0.001

/** A plan measured: what it gives, costs and risks. */
export function measured(ground: TuningGround, decisions: Decisions, safety: number): MeasuredPlan {
  const { team, paths, promise } = ground
  const months = lived(team, decisions)
  const risk = riskOf(team, months.capacity, paths)
  return {
    decisions,
    lived: months,
    cost: months.cost.reduce((sum, cost) => sum + cost, 0),
    risk,
    promised: promisedRisk(team, risk, promise),
    safety,
  }
}

/** The cheapest plan that holds on the mean demand times a factor, or `undefined` when there is none. */
export async function planAt(
  ground: TuningGround,
  safety: number,
  options: { whole?: boolean } = {},
): Promise<MeasuredPlan | undefined> {
  const { team, mean, budget, solve } = ground
  const { program, decisionsOf } = staffingProgram(
    [team],
    [mean.map(files => files * safety)],
    { budget },
    options,
  )
  const solution = await solve(program, options.whole ? { nodeLimit: WHOLE_NODES, relativeGap: 0.003 } : {})
  ground.progress?.(options.whole ? 'whole' : 'linear')
  if (!('values' in solution) || solution.values === undefined) return undefined
  return measured(ground, decisionsOf(solution.values, 0), safety)
}

/**
 * Finds the factor on the mean demand whose cheapest plan is late with just the risk accepted (bisection, METHODS § 6).
 * Nothing is decided when doing nothing keeps the promise.
 */
export async function tunedPlan(ground: TuningGround): Promise<Tuned> {
  const nothing = measured(ground, noDecisions(ground.team), 0)
  // What is decided already may cost more than the budget: then doing nothing is not allowed either.
  if (nothing.promised <= ground.accepted && nothing.cost <= (ground.budget ?? Number.POSITIVE_INFINITY)) {
    return { plan: nothing }
  }
  const { team, mean, paths, accepted } = ground
  let high = Math.max(0.05, safetyGuess(team, mean, paths, 1 - accepted))
  let low = 0
  let best: MeasuredPlan | undefined
  let safest: MeasuredPlan | undefined
  let impossible = Number.POSITIVE_INFINITY
  for (let step = 0; best === undefined && step < 40; step++) {
    const plan = await planAt(ground, high)
    if (plan === undefined) {
      impossible = high
      if (impossible - low < 1e-3) break
      high = (low + impossible) / 2
      continue
    }
    if (safest === undefined || plan.promised < safest.promised) safest = plan
    if (plan.promised <= accepted) best = plan
    else {
      low = high
      high = Number.isFinite(impossible) ? (low + impossible) / 2 : high * 1.03
      if (impossible - low < 1e-3) break
    }
  }
  if (best === undefined) return { plan: undefined, safest }
  let top = best.safety
  for (let step = 0, reach = 0.02; low === 0 && step < 20; step++, reach *= 2) {
    const below = top - reach
    if (below <= 0) break
    const plan = await planAt(ground, below)
    if (plan === undefined || plan.promised > accepted) low = below
    else {
      best = plan
      top = below
    }
  }
  for (let step = 0; step < BISECTIONS && accepted - best.promised > CLOSE && top - low > 1e-4; step++) {
    const middle = (low + top) / 2
    const plan = await planAt(ground, middle)
    if (plan !== undefined && plan.promised <= accepted) {
      best = plan
      top = middle
    } else low = middle
  }
  return { plan: best }
}

/** Rounds of windows added, and of paths chosen again. */
const WINDOW_ROUNDS = 14
const CHOICE_ROUNDS = 7
/** Choosing again is worth a program only while it saves so much. */
const SAVES = 0.002

/**
 * The cheapest plan that holds the paths easiest to hold, all but the share accepted (scenario removal, Campi & Garatti,
 * *J. Optim. Theory Appl.* 148, 2011): rows say that what comes in over a window is treated in time, those missed are
 * added until none is, and the paths are chosen again under the plan found, while that makes it cheaper.
 *
 * Unlike a factor on the mean, months that a plan can hardly hold and months that it holds with ease are not made safe
 * by the same share. @returns `undefined` when the means do not allow it.
 */
export async function protectedPlan(ground: TuningGround): Promise<MeasuredPlan | undefined> {
  const { team, paths, promise, accepted } = ground
  const rows = new Map<number, Window>()
  const hold = (kept: Protected) => heldPlan(ground, windowMaxima(team, paths, kept), rows)
  let best = await hold(mostUsualPaths(team, paths, accepted))
  if (best === undefined) {
    // Tight limits: the paths that a factor on the mean holds are held again, at less cost.
    const { plan } = await tunedPlan(ground)
    if (plan === undefined) return undefined
    best = (await hold(easiestPaths(team, paths, plan.lived.capacity, promise, accepted))) ?? plan
  }
  for (let round = 1; round < CHOICE_ROUNDS; round++) {
    // Part of the paths that may still be dropped: those of the next round are told apart under a plan nearer the last.
    const spare = Math.max(0, accepted - best.promised)
    const dropped = round < CHOICE_ROUNDS - 1 ? accepted - spare * (1 - DROPPED) : accepted
    const found = await hold(easiestPaths(team, paths, best.lived.capacity, promise, dropped))
    if (found === undefined || found.cost > best.cost * (1 - SAVES)) break
    best = found
  }
  return best
}

/** Share of the paths that may still be dropped, dropped in each round. */
const DROPPED = 0.8

/** Solves the rows of the windows, adding those that the answer misses, until none is. */
async function heldPlan(
  ground: TuningGround,
  maxima: Float64Array,
  rows: Map<number, Window>,
  options: ProgramOptions = {},
): Promise<MeasuredPlan | undefined> {
  const { team, budget, solve, mean } = ground
  const months = team.months.length
  const keep = ({ from, to }: Pick<Window, 'from' | 'to'>) =>
    rows.set(from * months + to, { from, to, files: maxima[from * months + to]! })
  for (const window of [...rows.values()]) keep(window)
  if (rows.size === 0) for (let to = team.unpromisedMonths; to < months; to++) keep({ from: 0, to })
  for (let round = 0; round < WINDOW_ROUNDS; round++) {
    const { program, decisionsOf } = staffingProgram(
      [team],
      [mean],
      { budget },
      { ...options, windows: [...rows.values()], idlePrice: budget === undefined ? IDLE_PRICE : 0 },
    )
    const limits = options.whole ? { nodeLimit: WHOLE_NODES, relativeGap: WHOLE_GAP } : {}
    const solution = await solve(program, limits)
    ground.progress?.(options.whole ? 'whole' : 'linear')
    if (!('values' in solution) || solution.values === undefined) return undefined
    const plan = measured(ground, decisionsOf(solution.values, 0), keptUpWith(ground, maxima))
    const missed = missedWindows(team, plan.lived.capacity, maxima)
    if (missed.length === 0 || (options.whole && plan.promised <= ground.accepted)) return plan
    for (const window of missed) keep(window)
  }
  return undefined
}

/** On 60 months it takes half a point off the idle capacity for less than one per cent of the cost. */
const IDLE_PRICE = 1

/** Files that a plan keeps up with over the horizon ÷ those of the mean. */
function keptUpWith({ team, mean }: TuningGround, maxima: Float64Array): number {
  const most = maxima[team.months.length - 1]! - team.startStock
  const expected = mean.reduce((sum, files) => sum + files, 0)
  return expected > 0 ? most / expected : 1
}

/** Gap to the best at which the search for whole recruits may stop: small changes follow it. */
const WHOLE_GAP = 0.01

/** Whole recruits near a tuned plan, by the same windows; only contracts and months near those of the tuned plan are open. */
export async function wholePlan(
  ground: TuningGround,
  tuned: MeasuredPlan,
): Promise<MeasuredPlan | undefined> {
  const { team, paths } = ground
  const { hires } = tuned.decisions
  if (hires.every(list => list.every(Number.isInteger))) return tuned
  const kept = easiestPaths(team, paths, tuned.lived.capacity, ground.promise, ground.accepted)
  const maxima = windowMaxima(team, paths, kept)
  const near = (c: number, t: number) => [t - 1, t, t + 1].some(month => (hires[c]![month] ?? 0) > 1e-6)
  for (const open of [near, () => true]) {
    const rows = new Map<number, Window>()
    const first = await heldPlan(ground, maxima, rows)
    if (first === undefined) return undefined
    const found = await heldPlan(ground, maxima, rows, { whole: true, open })
    if (found !== undefined) return found
  }
  return undefined
}

/** What a plan in shares of agents, near one found, would cost without one of its contracts. */
export async function withoutContract(
  ground: TuningGround,
  { lived: { capacity } }: MeasuredPlan,
  contract: number,
): Promise<MeasuredPlan | undefined> {
  const { team, paths, promise, accepted } = ground
  const kept = easiestPaths(team, paths, capacity, promise, accepted)
  return heldPlan(ground, windowMaxima(team, paths, kept), new Map(), { open: c => c !== contract })
}

/** Whole recruits, so that as many have come by each month as planned, or more. */
export function roundedUp(hires: Float64Array): Float64Array {
  let planned = 0
  let come = 0
  return hires.map(share => {
    planned += share
    const now = Math.max(0, Math.ceil(planned - come - 0.01))
    come += now
    return now
  })
}
