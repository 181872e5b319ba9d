import { largest } from '../pure/numerics/extremes.ts'
import { type LinearProgram, ProgramDraft, type Terms } from '../pure/numerics/optimisation/linear-program.ts'
import type { Team } from './team.ts'

/** What several teams have in common. */
export interface Sharing {
  /** Money for all, over the whole plan. */
  budget?: number | undefined
  /** Teams that may lend agents to each other carry the same word; the lent agent costs so much more a month. */
  lending?: { group: (team: number) => string; maxShare: number; cost: number; productivity: number }
}

/** What one team does each month. Agents are full-time equivalents, overtime is in hours. */
export interface Decisions {
  hires: Float64Array
  overtimeHours: Float64Array
  loans: Float64Array
  /** Agents lent to the other teams of the network, and borrowed from them. */
  lent: Float64Array
  borrowed: Float64Array
}

/** Places of the decisions of one team in the program, by month. */
interface TeamPlaces {
  hires: number[]
  recruits: number[]
  overtime: number[]
  loans: number[]
  lent: number[]
  borrowed: number[]
}

/** Whether recruits are whole, and those given by team; a team without any is free. */
export interface HireOptions {
  whole?: boolean
  fixedHires?: readonly (ArrayLike<number> | undefined)[]
}

/** The program of some teams, and how to read its answer. */
export interface StaffingProgram {
  program: LinearProgram
  decisionsOf: (values: Float64Array, team: number) => Decisions
}

/**
 * Cheapest means that keep every promised month under its target on one demand path a team.
 *
 * With present agents P, recruits still there R(t) = Σ alive(t−u) h(u), training and tutors T(t) = Σ alive(a) (1 − share(a)
 * + tutor) h(t−a) over the months of training, overtime o and loans l in agents:
 * `capacity(t) = files per agent(t) × (P(t) + R(t) − T(t) + o(t) + productivity × l(t))`,
 * `stock(t) ≥ stock(t−1) + demand(t) − capacity(t)`, and the promise `stock(t) ≤ capacity of the target's days after t`,
 * a sum over next months: all linear. A stock that the solver leaves too high would only make the promise harder.
 *
 * Rows are named by what they say (`delay`, `hires`, `overtime`, `loans`, `budget`), so that they can be softened by name.
 */
export function staffingProgram(
  teams: readonly Team[],
  demands: readonly ArrayLike<number>[],
  sharing: Sharing = {},
  options: HireOptions = {},
): StaffingProgram {
  const draft = new ProgramDraft()
  const places = teams.map((team, i) => teamVariables(draft, team, i, sharing, options))
  for (const [i, team] of teams.entries()) teamRows(draft, team, i, places[i]!, demands[i]!, sharing)
  lendingRows(draft, teams, places, sharing)
  const { budget } = sharing
  if (budget !== undefined) {
    draft.constraint({
      name: 'budget',
      terms: draft.program().variables.map((variable, i) => [i, variable.cost] as const),
      upper: budget,
    })
  }
  return {
    program: draft.program(),
    decisionsOf: (values, team) => {
      const { months, hoursPerAgent: hours } = teams[team]!
      const read = (list: readonly number[]) =>
        Float64Array.from(months, (_, t) => (t < list.length ? clean(values[list[t]!]!) : 0))
      const { hires, overtime, loans, lent, borrowed } = places[team]!
      return {
        hires: read(hires),
        overtimeHours: read(overtime).map((agents, t) => agents * hours[t]!),
        loans: read(loans),
        lent: read(lent),
        borrowed: read(borrowed),
      }
    },
  }
}

/** A value without the dust of a solver. */
function clean(value: number): number {
  const whole = Math.max(0, Math.round(value))
  return Math.abs(value - whole) < 1e-6 ? whole : Math.max(0, value)
}

function teamVariables(
  draft: ProgramDraft,
  team: Team,
  i: number,
  sharing: Sharing,
  { whole, fixedHires }: HireOptions,
): TeamPlaces {
  const places: TeamPlaces = { hires: [], recruits: [], overtime: [], loans: [], lent: [], borrowed: [] }
  const horizon = team.months.length
  const lends = sharing.lending !== undefined
  for (let t = 0; t < team.days.length; t++) {
    const inPlan = t < horizon
    const fixed = fixedHires?.[i]?.[t] ?? (t < team.leadMonths || !inPlan ? team.decided[t]! : undefined)
    if (inPlan) {
      places.hires.push(
        draft.variable({
          name: `hires ${i} ${t}`,
          cost: team.hiringCost,
          lower: fixed ?? team.decided[t]!,
          upper: fixed ?? Number.POSITIVE_INFINITY,
          integer: (whole ?? false) && fixed === undefined,
        }),
      )
      // Large networks rarely lend or pay overtime everywhere: what cannot be used is not written.
      if (team.overtimeHours > 0) {
        const cost = team.overtimeHourCost * team.hoursPerAgent[t]!
        places.overtime.push(draft.variable({ name: `overtime ${i} ${t}`, cost }))
      }
      if (team.loanAgents > 0) {
        places.loans.push(
          draft.variable({ name: `loans ${i} ${t}`, cost: team.loanCost, upper: team.loanAgents }),
        )
      }
      if (lends) {
        const most = team.present[t]! * (sharing.lending?.maxShare ?? 0)
        places.lent.push(draft.variable({ name: `lent ${i} ${t}`, cost: 0, upper: most }))
        places.borrowed.push(draft.variable({ name: `borrowed ${i} ${t}`, cost: sharing.lending?.cost ?? 0 }))
      }
    }
    places.recruits.push(draft.variable({ name: `recruits ${i} ${t}`, cost: inPlan ? team.wage : 0 }))
  }
  return places
}

/** Share of a cohort still there some months after its arrival. */
export function alive(team: Team, age: number): number {
  return age < team.contractMonths ? (1 - team.attrition) ** age : 0
}

/** What a recruit lacks of a confirmed agent, tutors' time included, some months after arrival. */
export function trainingLoss(team: Team, age: number): number {
  const share = team.training[age]
  return share === undefined ? 0 : alive(team, age) * (1 - share + team.tutorShare)
}

function teamRows(
  draft: ProgramDraft,
  team: Team,
  i: number,
  places: TeamPlaces,
  demand: ArrayLike<number>,
  sharing: Sharing,
): void {
  const horizon = team.months.length
  const capacity = Array.from(team.days, (_, t) => capacityTerms(team, places, t, sharing))
  for (let t = 0; t < team.days.length; t++) {
    const joining = (age: number, weight: number): Terms =>
      t >= age && t - age < horizon ? [[places.hires[t - age]!, weight]] : []
    const ending = Number.isFinite(team.contractMonths)
      ? joining(team.contractMonths, (1 - team.attrition) ** team.contractMonths)
      : []
    draft.constraint({
      name: `recruits ${i} ${t}`,
      terms: [
        [places.recruits[t]!, 1],
        ...(t > 0 ? [[places.recruits[t - 1]!, -(1 - team.attrition)] as const] : []),
        ...joining(0, -1),
        ...ending,
      ],
      lower: 0,
      upper: 0,
    })
  }
  let before: number | undefined
  for (let t = 0; t < horizon; t++) {
    const stock = draft.variable({ name: `stock ${i} ${t}`, cost: 0 })
    const { files, terms } = capacity[t]!
    draft.constraint({
      name: `stock ${i} ${t}`,
      terms: [[stock, 1], ...(before === undefined ? [] : [[before, -1] as const]), ...terms],
      lower: (before === undefined ? team.startStock : 0) + demand[t]! - files,
    })
    before = stock
    if (t >= team.unpromisedMonths) {
      draft.constraint(delayRow(team, capacity, stock, i, t))
    }
    if (t >= team.leadMonths && Number.isFinite(team.maxHires)) {
      draft.constraint({
        name: `hires ${i} ${t}`,
        terms: [[places.hires[t]!, 1]],
        upper: Math.max(team.maxHires, team.decided[t]!),
      })
    }
    if (team.overtimeHours > 0) {
      const share = team.overtimeHours / team.hoursPerAgent[t]!
      draft.constraint({
        name: `overtime ${i} ${t}`,
        terms: [
          [places.overtime[t]!, 1],
          [places.recruits[t]!, -share],
        ],
        upper: share * team.present[t]!,
      })
    }
  }
}

interface CapacityTerms {
  /** Files of the present team. */
  files: number
  /** Files of the rest, per unit of each decision. */
  terms: Terms
}

function capacityTerms(team: Team, places: TeamPlaces, t: number, sharing: Sharing): CapacityTerms {
  const unit = team.filesPerAgent[t]!
  const terms: [number, number][] = [[places.recruits[t]!, unit]]
  for (let age = 0; age < team.training.length; age++) {
    const hire = places.hires[t - age]
    if (hire !== undefined) terms.push([hire, -unit * trainingLoss(team, age)])
  }
  const add = (place: number | undefined, weight: number) => {
    if (place !== undefined && weight !== 0) terms.push([place, weight])
  }
  add(places.overtime[t], unit)
  add(places.loans[t], unit * team.loanProductivity)
  add(places.lent[t], -unit)
  add(places.borrowed[t], unit * (sharing.lending?.productivity ?? 0))
  return { files: unit * team.present[t]!, terms }
}

function delayRow(team: Team, capacity: readonly CapacityTerms[], stock: number, i: number, t: number) {
  const terms: [number, number][] = [[stock, 1]]
  let known = 0
  let left = team.targetDays
  for (let next = t + 1; next < capacity.length && left > 0; next++) {
    const share = Math.min(1, left / team.days[next]!)
    known += share * capacity[next]!.files
    for (const [place, weight] of capacity[next]!.terms) terms.push([place, -share * weight])
    left -= team.days[next]!
  }
  return { name: `delay ${i} ${t}`, terms, upper: known }
}

function lendingRows(
  draft: ProgramDraft,
  teams: readonly Team[],
  places: readonly TeamPlaces[],
  { lending }: Sharing,
): void {
  if (lending === undefined) return
  const groups = new Map<string, number[]>()
  for (let i = 0; i < teams.length; i++) {
    const key = lending.group(i)
    groups.set(key, [...(groups.get(key) ?? []), i])
  }
  for (const [key, members] of groups) {
    const months = largest(members.map(i => teams[i]!.months.length))
    for (let t = 0; t < months; t++) {
      const terms: [number, number][] = []
      for (const i of members) {
        const { lent, borrowed } = places[i]!
        if (t < lent.length) terms.push([lent[t]!, -1], [borrowed[t]!, 1])
      }
      draft.constraint({ name: `lending ${key} ${t}`, terms, upper: 0 })
    }
  }
}

/** A plan as it would be lived: agents, files and money of each month. */
export interface TeamMonths {
  /** Files treated at most, horizon and after. */
  capacity: Float64Array
  /** Present agents and recruits, without loans. */
  agents: Float64Array
  /** Money spent each month on recruits, overtime and loans. */
  cost: Float64Array
}

/** Capacity, agents and cost that decisions give, computed apart from the program and equal to it. */
export function lived(team: Team, decisions: Decisions, sharing: Sharing = {}): TeamMonths {
  const { hires, overtimeHours, loans, lent, borrowed } = decisions
  const horizon = team.months.length
  const capacity = new Float64Array(team.days.length)
  const agents = new Float64Array(team.days.length)
  const cost = new Float64Array(horizon)
  for (let t = 0; t < team.days.length; t++) {
    let recruits = 0
    let loss = 0
    for (let u = 0; u <= t && u < horizon; u++) {
      recruits += hires[u]! * alive(team, t - u)
      loss += hires[u]! * trainingLoss(team, t - u)
    }
    agents[t] = team.present[t]! + recruits
    const extra =
      (overtimeHours[t] ?? 0) / team.hoursPerAgent[t]! +
      team.loanProductivity * (loans[t] ?? 0) -
      (lent[t] ?? 0) +
      (sharing.lending?.productivity ?? 0) * (borrowed[t] ?? 0)
    capacity[t] = Math.max(0, team.filesPerAgent[t]! * (agents[t]! - loss + extra))
    if (t < horizon) {
      cost[t] =
        team.hiringCost * hires[t]! +
        team.wage * recruits +
        team.overtimeHourCost * overtimeHours[t]! +
        team.loanCost * loans[t]! +
        (sharing.lending?.cost ?? 0) * (borrowed[t] ?? 0)
    }
  }
  return { capacity, agents, cost }
}

/** No hire beyond those decided, no overtime, no loan. */
export function noDecisions(team: Team): Decisions {
  const zeros = () => new Float64Array(team.months.length)
  return {
    hires: team.decided.slice(0, team.months.length),
    overtimeHours: zeros(),
    loans: zeros(),
    lent: zeros(),
    borrowed: zeros(),
  }
}
