import { Refusal } from '../errors.ts'
import type { Month } from '../pure/calendar/period.ts'
import { elasticProgram, type SolveProgram } from '../pure/numerics/linear-program.ts'
import { frenchCount, frenchNumber } from '../pure/pages/french.ts'
import { lognormalPaths, meanPath, type RelativePaths } from './demand-path.ts'
import { filesOf } from './plan.ts'
import { riskOf, safetyGuess } from './risk.ts'
import { type Decisions, lived, type Sharing, staffingProgram } from './staffing-program.ts'
import { type StaffingQuestion, type Team, teamOf } from './team.ts'
import { roundedUp } from './tune.ts'

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

/** What one team of a network does, and its risk on paths held out. */
export interface NetworkTeamPlan {
  name: string
  group: string
  cost: number
  safety: number
  jointLateProbability: number
  months: {
    month: Month
    agents: number
    hires: number
    overtime: number
    loans: number
    lent: number
    borrowed: number
    cost: number
    lateProbability: number
  }[]
}

/** A network planned at once. */
export interface NetworkPlan {
  cost: number
  teams: NetworkTeamPlan[]
  heldOutPaths: number
}

/** What planning a network needs from outside. */
export interface NetworkGround {
  solve: SolveProgram
  pathsOf?: ((team: NetworkTeam) => RelativePaths) | undefined
}

const GUESS_PATHS = 1_000
const NETWORK_HELD_OUT = 2_000
const LIMIT_MS = 60_000

/**
 * The cheapest means of several teams at once, under one budget and with loans between them. Each team plans for its own
 * quantile of demand (see `safetyGuess`): close to the promise without a search that would take a large program many
 * times. The risk printed is measured, team by team, on other paths.
 *
 * @throws Refusal `staffing-infeasible` naming the teams that block, or the money that lacks.
 */
export async function planNetwork(network: NetworkQuestion, ground: NetworkGround): Promise<NetworkPlan> {
  const teams = network.teams.map(({ name, question }) => teamOf(question, name))
  const pathsOf = (i: number) =>
    ground.pathsOf?.(network.teams[i]!) ?? lognormalPaths(network.teams[i]!.question)
  const prepared = teams.map((team, i) => {
    const { question } = network.teams[i]!
    const paths = filesOf(question, team, pathsOf(i), GUESS_PATHS, question.seed + 2 * i)
    const mean = meanPath(paths)
    const safety = safetyGuess(team, mean, paths, question.probability)
    return { safety, demand: mean.map(files => files * safety) }
  })
  const sharing: Sharing = {
    budget: network.budget,
    ...(network.lending ? { lending: { ...network.lending, group: i => network.teams[i]!.group } } : {}),
  }
  const demands = prepared.map(({ demand }) => demand)
  const decisions = await solved(teams, demands, sharing, network.wholeRecruits, ground.solve)
  const planned = teams.map((team, i) =>
    teamPlan(network.teams[i]!, team, decisions[i]!, sharing, prepared[i]!.safety, pathsOf(i), i),
  )
  return {
    cost: planned.reduce((sum, team) => sum + team.cost, 0),
    teams: planned,
    heldOutPaths: NETWORK_HELD_OUT,
  }
}

async function solved(
  teams: readonly Team[],
  demands: readonly Float64Array[],
  sharing: Sharing,
  whole: boolean,
  solve: SolveProgram,
): Promise<Decisions[]> {
  const draft = staffingProgram(teams, demands, sharing)
  const solution = await solve(draft.program, { timeLimitMs: LIMIT_MS })
  if (solution.status === 'time-limit') {
    throw new Refusal(
      'solver-too-slow',
      'Le calcul du réseau a dépassé une minute : planifiez moins d’équipes ou moins de mois à la fois.',
    )
  }
  if (solution.status !== 'optimal') throw await blocked(teams, demands, sharing, solve)
  const shares = teams.map((_, i) => draft.decisionsOf(solution.values, i))
  if (!whole) return shares
  const fixedHires = shares.map(({ hires }) => roundedUp(hires))
  const rounded = staffingProgram(teams, demands, sharing, { fixedHires })
  const again = await solve(rounded.program, { timeLimitMs: LIMIT_MS })
  if (again.status === 'optimal') return teams.map((_, i) => rounded.decisionsOf(again.values, i))
  throw new Refusal(
    'staffing-infeasible',
    'Un plan existe en équivalents temps plein, mais pas en agents entiers sous ce budget ou ces limites d’arrivées : augmentez-les un peu, ou demandez des temps partiels (wholeRecruits: false).',
    { binding: ['budget'], remedies: [] },
  )
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
  team: Team,
  decisions: Decisions,
  sharing: Sharing,
  safety: number,
  pathsOf: RelativePaths,
  i: number,
): NetworkTeamPlan {
  const months = lived(team, decisions, sharing)
  const seed = known.question.seed + 2 * i + 1
  const risk = riskOf(team, months.capacity, filesOf(known.question, team, pathsOf, NETWORK_HELD_OUT, seed))
  return {
    name: known.name,
    group: known.group,
    cost: months.cost.reduce((sum, cost) => sum + cost, 0),
    safety,
    jointLateProbability: risk.joint,
    months: team.months.map((month, t) => ({
      month,
      agents: months.agents[t]!,
      hires: decisions.hires[t]!,
      overtime: decisions.overtimeHours[t]!,
      loans: decisions.loans[t]!,
      lent: decisions.lent[t] ?? 0,
      borrowed: decisions.borrowed[t] ?? 0,
      cost: months.cost[t]!,
      lateProbability: risk.monthly[t]!,
    })),
  }
}
