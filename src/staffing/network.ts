import { Refusal } from '../errors.ts'
import { groupBy } from '../pure/figures/group-by.ts'
import { frenchCount, frenchNumber } from '../pure/french/french.ts'
import { largest } from '../pure/numerics/extremes.ts'
import { elasticProgram, type SolveProgram } from '../pure/numerics/optimisation/linear-program.ts'
import { sum } from '../pure/numerics/sum.ts'
import { WORKING_DAYS_A_MONTH } from './assumption.ts'
import { arrivalsOf, type Decisions, lived, noDecisions, type Sharing } from './decision.ts'
import { meanPath, type RelativePaths } from './demand-path.ts'
import { coursePaths } from './licence-course.ts'
import type { NetworkPlan, NetworkTeamPlan } from './network-answer.ts'
import { promisedRisk, riskOf, safetyGuess } from './risk.ts'
import { type ProgramOptions, staffingProgram } from './staffing-program.ts'
import { type StaffingQuestion, type Team, teamOf } from './team.ts'
import { roundedUp, tunedPlan } from './tune.ts'

/** A team of a network: its question, and the words by which it is known and lends. */
export interface NetworkTeam {
  name: string
  /** Teams of one group may lend each other agents. */
  group: string
  question: StaffingQuestion
}

/** What the teams have in common. Shares between 0 and 1, costs in euros a month and agent. */
export interface NetworkQuestion {
  teams: readonly NetworkTeam[]
  budget?: number | undefined
  lending?: { maxShare: number; cost: number; productivity: number } | undefined
  /** Whole recruits; off, agents are full-time equivalents. */
  wholeRecruits: boolean
}

/** What planning a network needs from outside. */
export interface NetworkGround {
  solve: SolveProgram
  pathsOf?: ((team: NetworkTeam) => RelativePaths) | undefined
}

const TUNING_PATHS = 1_000
/** Paths on which the risk of each team is measured. */
const HELD_OUT_PATHS = 2_000
const LIMIT_MS = 60_000
/** Up to so many, whole recruits are left to the solver; beyond, cumulated recruits are rounded up. */
const FEW_TEAM_MONTHS = 150
/** The engine's time grows faster than its programs; smaller ones than this mostly cost their calls. */
const TEAMS_A_PROGRAM = 12
/** About two points of risk. */
const FAR = 1.006

/**
 * The cheapest means of several teams at once, under one budget and with loans between them. Each team plans for its own
 * mean demand × k: k starts at its quantile (see `safetyGuess`), is corrected by what tuning the middle team alone says,
 * and once more if a team is still far from its promise. The risk printed is measured, team by team, on other paths.
 *
 * @throws Refusal `staffing-infeasible` naming the teams that block, or the money that lacks.
 */
export async function planNetwork(network: NetworkQuestion, ground: NetworkGround): Promise<NetworkPlan> {
  const pathsOf = sharedPaths(network, ground)
  const prepared = network.teams.map(({ name, question }, i): Prepared => {
    // A network plans one kind of contract a team, and moves no leave.
    const team = teamOf({ ...question, contracts: undefined, leaveShare: 0, redeployShare: 0 }, name)
    const paths = pathsOf(i)(team.months, TUNING_PATHS, question.seed)
    const scale = question.filesPerWorkingDay * WORKING_DAYS_A_MONTH
    const relative = meanPath(paths)
    const safety = safetyGuess(team, relative, paths, question.probability)
    return { team, question, paths, scale, mean: relative.map(share => share * scale), safety }
  })
  const sharing: Sharing = {
    budget: network.budget,
    ...(network.lending ? { lending: { ...network.lending, group: i => network.teams[i]!.group } } : {}),
  }
  const correction = await correctionOf(prepared, ground.solve)
  for (const one of prepared) one.safety *= correction
  let decisions = await solved(prepared, sharing, network.wholeRecruits, ground.solve)
  const factors = prepared.map((one, i) =>
    factorToPromise(one, lived(one.team, decisions[i]!, sharing).capacity),
  )
  if (largest(factors) > FAR) {
    for (const [i, one] of prepared.entries()) one.safety *= Math.max(1, factors[i]!)
    decisions = await solved(prepared, sharing, network.wholeRecruits, ground.solve)
  }
  const planned = prepared.map((one, i) =>
    teamPlan(network.teams[i]!, one, decisions[i]!, sharing, pathsOf(i)),
  )
  return {
    cost: sum(planned.map(team => team.cost)),
    teams: planned,
    heldOutPaths: HELD_OUT_PATHS,
  }
}

interface Prepared {
  team: Team
  question: StaffingQuestion
  /** Relative paths, and files of a mean month. */
  paths: readonly Float64Array[]
  scale: number
  mean: Float64Array
  safety: number
}

/** What tuning one team alone, the middle one by its guess, says of all guesses. */
async function correctionOf(prepared: readonly Prepared[], solve: SolveProgram): Promise<number> {
  const inOrder = [...prepared].sort((a, b) => a.safety - b.safety)
  const middle = inOrder[Math.floor(inOrder.length / 2)]
  if (middle === undefined) throw new RangeError('a network needs at least one team')
  const { plan } = await tunedPlan({
    team: middle.team,
    mean: middle.mean,
    paths: middle.paths.map(path => path.map(share => share * middle.scale)),
    promise: middle.question.promise,
    accepted: 1 - middle.question.probability,
    budget: undefined,
    solve,
  })
  return plan === undefined || plan.safety === 0 ? 1 : plan.safety / middle.safety
}

/** What a team's capacity must be multiplied by to keep its promise on the tuning paths; 1 when it does. */
function factorToPromise({ team, question, paths, scale }: Prepared, capacity: Float64Array): number {
  const late = (factor: number) => {
    const treated = capacity.map(files => files * factor)
    return (
      promisedRisk(team, riskOf(team, treated, paths, scale), question.promise) > 1 - question.probability
    )
  }
  if (!late(1)) return 1
  let [low, high] = [1, 1.2]
  while (high - low > 0.002) {
    const middle = (low + high) / 2
    if (late(middle)) low = middle
    else high = middle
  }
  return high
}

/** What makes the futures of a team. */
const MODELLED = [
  ...['season', 'growthPerYear', 'levelError', 'monthError', 'monthPersistence'],
  ...['surgeProbability', 'surgeSize', 'surgeMonths', 'licencesPerHead'],
] as (keyof StaffingQuestion)[]

/** Teams that assume the same uncertainty live the same futures, drawn once. */
function sharedPaths(network: NetworkQuestion, ground: NetworkGround): (i: number) => RelativePaths {
  const drawn = new Map<string, Float64Array[]>()
  return i => {
    const team = network.teams[i]!
    const given = ground.pathsOf?.(team)
    if (given) return given
    return (months, count, seed) => {
      const model = MODELLED.map(name => team.question[name])
      const key = JSON.stringify([model, months[0], months.length, count, seed])
      const known = drawn.get(key) ?? coursePaths(team.question)(months, count, seed)
      drawn.set(key, known)
      return known
    }
  }
}

async function solved(
  prepared: readonly Prepared[],
  sharing: Sharing,
  whole: boolean,
  solve: SolveProgram,
): Promise<Decisions[]> {
  const teams = prepared.map(({ team }) => team)
  const demands = prepared.map(({ mean, safety }) => mean.map(files => files * safety))
  const { budget, lending } = sharing
  const program = async (members: readonly number[], shared: Sharing, options: ProgramOptions) => {
    const { program, decisionsOf } = staffingProgram(
      members.map(i => teams[i]!),
      members.map(i => demands[i]!),
      {
        ...shared,
        ...(lending ? { lending: { ...lending, group: one => lending.group(members[one]!) } } : {}),
      },
      {
        ...options,
        ...(options.fixedHires ? { fixedHires: members.map(i => options.fixedHires?.[i]) } : {}),
      },
    )
    const solution = await solve(program, { timeLimitMs: LIMIT_MS, relativeGap: 0.003 })
    if (solution.status === 'time-limit' && solution.values === undefined) {
      throw new Refusal(
        'solver-too-slow',
        'Le calcul du réseau a dépassé une minute : planifiez moins d’équipes ou moins de mois à la fois.',
      )
    }
    return 'values' in solution && solution.values !== undefined
      ? members.map((_, one) => decisionsOf(solution.values!, one))
      : undefined
  }
  // Only money links teams of different groups: while there is enough for all, small programs say the same, sooner.
  const attempt = async (options: ProgramOptions): Promise<Decisions[] | undefined> => {
    const apart: Decisions[] = []
    for (const members of unlinkedParts(teams.length, lending)) {
      const found = await program(members, {}, options)
      if (found === undefined) return undefined
      for (const [one, i] of members.entries()) apart[i] = found[one]!
    }
    if (budget === undefined || totalCost(teams, apart, sharing) <= budget) return apart
    return program([...teams.keys()], { budget }, options)
  }
  const shares = await attempt({})
  if (shares === undefined) throw await blocked(teams, demands, sharing, solve)
  if (!whole) return shares
  const small = sum(teams.map(team => team.months.length)) <= FEW_TEAM_MONTHS
  // More people in training at once can cost a tight month: the few teams that rounding up makes late go to the solver.
  const up = shares.map(({ hires }, i) => {
    const whole = hires.map(roundedUp)
    return canHold(teams[i]!, whole, demands[i]!) ? whole : undefined
  })
  const fixedHires = small ? [] : up
  const rounded =
    (await attempt({ whole: true, fixedHires })) ?? (small ? undefined : await attempt({ whole: true }))
  if (rounded !== undefined) return rounded
  throw new Refusal(
    'staffing-infeasible',
    'Un plan existe en équivalents temps plein, mais pas en agents entiers sous ce budget ou ces limites d’arrivées : augmentez-les un peu, ou demandez des temps partiels (wholeRecruits: false).',
    { binding: [], remedies: [] },
  )
}

/** Teams that nothing but money links to the others, several groups to a program. */
function unlinkedParts(teams: number, lending: Sharing['lending']): number[][] {
  const groups = groupBy(Array(teams).keys(), i => (lending === undefined ? String(i) : lending.group(i)))
  const parts: number[][] = []
  for (const members of groups.values()) {
    const last = parts.at(-1)
    if (last === undefined || last.length + members.length > TEAMS_A_PROGRAM) parts.push([...members])
    else for (const member of members) last.push(member)
  }
  return parts
}

function totalCost(teams: readonly Team[], decisions: readonly Decisions[], sharing: Sharing): number {
  return sum(teams.map((team, i) => sum(lived(team, decisions[i]!, sharing).cost)))
}

/** Whether some recruits, with all the overtime and loans allowed, keep the promise on one path. */
function canHold(team: Team, hires: readonly Float64Array[], demand: Float64Array): boolean {
  const [contract] = team.contracts
  const many = (arrivals: number, t: number) =>
    t >= contract!.leadMonths && arrivals > Math.max(team.maxHires, contract!.decided[t]!)
  if (arrivalsOf({ hires }).some(many)) return false
  const bare = { ...noDecisions(team), hires }
  const { agents } = lived(team, bare)
  const { capacity } = lived(team, {
    ...bare,
    overtimeHours: bare.overtimeHours.map((_, t) => team.overtimeHours * agents[t]!),
    loans: bare.loans.map(() => team.loanAgents),
  })
  return riskOf(team, capacity, [demand]).joint === 0
}

/** Which teams cannot keep their promise by any means, or how much money lacks for all to keep it. */
async function blocked(
  teams: readonly Team[],
  demands: readonly Float64Array[],
  sharing: Sharing,
  solve: SolveProgram,
): Promise<Refusal> {
  const free = staffingProgram(teams, demands, { ...sharing, budget: undefined })
  const cheapest = await solve(free.program, { timeLimitMs: LIMIT_MS })
  if (cheapest.status === 'optimal' && sharing.budget !== undefined) {
    const missing = cheapest.objective - sharing.budget
    return new Refusal(
      'staffing-infeasible',
      `Le budget commun ne suffit pas : il manque ${frenchNumber(Math.ceil(missing))} € pour que toutes les équipes tiennent leur promesse.`,
      { binding: ['budget'], remedies: [{ limit: 'budget', amount: missing }] },
    )
  }
  const elastic = elasticProgram(free.program, { gives: row => row.name.startsWith('delay ') })
  const least = await solve(elastic.program, { timeLimitMs: LIMIT_MS })
  const late =
    least.status === 'optimal'
      ? teams.filter((team, i) =>
          team.months.some((_, t) => elastic.slackOf(least.values, `delay ${i} ${t}`) > 1e-6),
        )
      : []
  return new Refusal(
    'staffing-infeasible',
    `${frenchCount(late.length, 'équipe')} ne ${late.length < 2 ? 'peut' : 'peuvent'} tenir l’objectif avec ces limites : ${late
      .slice(0, 5)
      .map(team => team.name)
      .join(', ')}${late.length > 5 ? '…' : ''}. Donnez-leur plus d’arrivées, d’heures ou de temps.`,
    { binding: ['hires', 'overtime'], teams: late.map(team => team.name) },
  )
}

function teamPlan(
  known: NetworkTeam,
  { team, question, safety, scale }: Prepared,
  decisions: Decisions,
  sharing: Sharing,
  pathsOf: RelativePaths,
): NetworkTeamPlan {
  const months = lived(team, decisions, sharing)
  const risk = riskOf(team, months.capacity, pathsOf(team.months, HELD_OUT_PATHS, question.seed + 1), scale)
  return {
    name: known.name,
    group: known.group,
    cost: sum(months.cost),
    safety,
    jointLateProbability: risk.joint,
    months: team.months.map((month, t) => ({
      month,
      agents: months.agents[t]!,
      hires: decisions.hires[0]![t]!,
      overtime: decisions.overtimeHours[t]!,
      loans: decisions.loans[t]!,
      lent: decisions.lent[t] ?? 0,
      borrowed: decisions.borrowed[t] ?? 0,
      cost: months.cost[t]!,
      lateProbability: risk.monthly[t]!,
    })),
  }
}
