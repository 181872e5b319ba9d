import type { SolveProgram } from '../pure/numerics/optimisation/linear-program.ts'
import { promisedRisk, type Risk, riskOf, safetyGuess } from './risk.ts'
import { type Decisions, lived, noDecisions, staffingProgram, type TeamMonths } from './staffing-program.ts'
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
const WHOLE_LIMIT_MS = 4_000
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
  options: { whole?: boolean; fixedHires?: Float64Array } = {},
): Promise<MeasuredPlan | undefined> {
  const { team, mean, budget, solve } = ground
  const { program, decisionsOf } = staffingProgram(
    [team],
    [mean.map(files => files * safety)],
    { budget },
    {
      ...(options.whole ? { whole: true } : {}),
      ...(options.fixedHires ? { fixedHires: [options.fixedHires] } : {}),
    },
  )
  const solution = await solve(
    program,
    options.whole ? { timeLimitMs: WHOLE_LIMIT_MS, relativeGap: 0.003 } : {},
  )
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

/**
 * Whole recruits near a tuned plan: the whole program at the tuned factor and a little below, each with its overtime and
 * loans tuned again to the risk accepted; then recruits are dropped or put off one by one while the promise still holds.
 */
export async function wholePlan(
  ground: TuningGround,
  tuned: MeasuredPlan,
): Promise<MeasuredPlan | undefined> {
  if (tuned.decisions.hires.every(Number.isInteger)) return tuned
  let best: MeasuredPlan | undefined
  const keep = (plan: MeasuredPlan | undefined) => {
    if (
      plan !== undefined &&
      plan.promised <= ground.accepted &&
      plan.cost < (best?.cost ?? Number.POSITIVE_INFINITY) - 1e-6
    ) {
      best = plan
      return true
    }
    return false
  }
  // A whole plan at the same factor spreads its people otherwise: a little below may still do, a little above may have to.
  for (const shift of [0, -0.012, -0.025, 0.01, 0.025, 0.05]) {
    if (shift > 0 && best !== undefined) break
    const whole = await planAt(ground, tuned.safety + shift, { whole: true })
    if (whole === undefined) continue
    keep(whole)
    keep(await withHires(ground, whole.decisions.hires, tuned.safety))
  }
  if (best === undefined) {
    keep(await withHires(ground, roundedUp(tuned.decisions.hires), tuned.safety))
  }
  for (let round = 0, better = true; better && round < 6 && best !== undefined; round++) {
    better = false
    const { hires }: Decisions = (best as MeasuredPlan).decisions
    for (const other of lighter(ground.team, hires)) {
      if (keep(await withHires(ground, other, tuned.safety))) {
        better = true
        break
      }
    }
  }
  return best
}

/** Overtime and loans tuned for given recruits. */
async function withHires(
  ground: TuningGround,
  hires: Float64Array,
  around: number,
): Promise<MeasuredPlan | undefined> {
  const bare = measured(ground, { ...noDecisions(ground.team), hires }, around)
  const affordable = bare.cost <= (ground.budget ?? Number.POSITIVE_INFINITY)
  if (affordable && bare.promised <= ground.accepted) return bare
  const { overtimeHours, loanAgents } = ground.team
  if (overtimeHours === 0 && loanAgents === 0) return undefined
  let low = around * 0.85
  let top = around * 1.08
  let best: MeasuredPlan | undefined
  // Risk falls with the factor until overtime runs out: both ends are looked for at once.
  for (let step = 0; step < 11; step++) {
    const middle = (low + top) / 2
    const plan = await planAt(ground, middle, { fixedHires: hires })
    if (plan === undefined) top = middle
    else if (plan.promised <= ground.accepted) {
      best = plan
      top = middle
      if (ground.accepted - plan.promised <= CLOSE) break
    } else low = middle
  }
  return best
}

/** Recruits with one fewer, or one a month later. */
function lighter(team: Team, hires: Float64Array): Float64Array[] {
  const others: Float64Array[] = []
  for (let t = team.leadMonths; t < hires.length; t++) {
    if (hires[t]! < team.decided[t]! + 1) continue
    const fewer = hires.slice()
    fewer[t]!--
    others.push(fewer)
    if (t + 1 < hires.length && hires[t + 1]! < Math.max(team.maxHires, team.decided[t + 1]!)) {
      const later = fewer.slice()
      later[t + 1]!++
      others.push(later)
    }
  }
  return others
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
