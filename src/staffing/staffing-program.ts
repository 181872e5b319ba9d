import { yearOf } from '../pure/calendar/period.ts'
import { largest } from '../pure/numerics/extremes.ts'
import { ProgramDraft, type Terms } from '../pure/numerics/optimisation/linear-program.ts'
import type { Contract, Team } from './team.ts'

/** What several teams have in common. */
export interface Sharing {
  /** Money for all, over the whole plan. */
  budget?: number | undefined
  /** Teams that may lend agents to each other carry the same word; the lent agent costs so much more a month. */
  lending?: { group: (team: number) => string; maxShare: number; cost: number; productivity: number }
}

/** What one team does each month. Agents are full-time equivalents, overtime is in hours. */
export interface Decisions {
  /** Arrivals by contract of the team, in the order of its contracts. */
  hires: readonly Float64Array[]
  overtimeHours: Float64Array
  loans: Float64Array
  /** Agents of the present team at work for leave taken in another month of the year, less those on leave for it. */
  leave: Float64Array
  /** Agents of the present team who work for another title in the month. */
  redeployed: Float64Array
  /** Agents lent to the other teams of the network, and borrowed from them. */
  lent: Float64Array
  borrowed: Float64Array
}

/** Places of the decisions of one team in the program, by month. */
interface TeamPlaces {
  /** By contract. */
  hires: number[][]
  recruits: number[][]
  overtime: number[]
  loans: number[]
  leave: number[]
  redeployed: number[]
  lent: number[]
  borrowed: number[]
}

/** Whether recruits are whole, and those given by team; a team without any is free. */
export interface HireOptions {
  whole?: boolean
  fixedHires?: readonly (readonly ArrayLike<number>[] | undefined)[]
  /**
   * Files that a team must be able to treat by the end of some months, instead of its stock on one path: see
   * `protected-paths.ts`.
   */
  windows?: readonly Window[] | undefined
  /** What a month of a recruit costs above the wage, as a share of it, so that few are paid to wait; no money is spent. */
  idlePrice?: number | undefined
  /** Arrivals that may be decided, by contract and month; all when it is not said. */
  open?: ((contract: number, month: number) => boolean) | undefined
}

/** Files that come in from one month to another, stock of the start included when it is the first: all must be in time. */
export interface Window {
  from: number
  to: number
  files: number
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
) {
  const draft = new ProgramDraft()
  const places = teams.map((team, i) => teamVariables(draft, team, i, sharing, options))
  for (const [i, team] of teams.entries()) {
    const capacity = teamRows(draft, team, i, places[i]!, sharing)
    if (options.windows === undefined) promiseRows(draft, team, i, capacity, demands[i]!)
    else windowRows(draft, team, i, capacity, options.windows)
  }
  lendingRows(draft, teams, places, sharing)
  const { budget } = sharing
  if (budget !== undefined) {
    draft.constraint({
      name: 'budget',
      terms: draft.program().variables.map((variable, i) => [i, Math.max(0, variable.cost)] as const),
      upper: budget,
    })
  }
  return {
    program: draft.program(),
    decisionsOf: (values: Float64Array, team: number): Decisions => {
      const { months, hoursPerAgent: hours } = teams[team]!
      const read = (list: readonly number[]) =>
        Float64Array.from(months, (_, t) => (t < list.length ? clean(values[list[t]!]!) : 0))
      const { hires, overtime, loans, leave, redeployed, lent, borrowed } = places[team]!
      return {
        hires: hires.map(read),
        overtimeHours: read(overtime).map((agents, t) => agents * hours[t]!),
        loans: read(loans),
        redeployed: read(redeployed),
        leave: Float64Array.from(months, (_, t) => (t < leave.length ? values[leave[t]!]! : 0)),
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

/** What the work of a redeployed agent is worth to a plan, as a share of a wage: enough to free those who are not needed. */
const REDEPLOYED_WORTH = 0.05

function teamVariables(
  draft: ProgramDraft,
  team: Team,
  i: number,
  sharing: Sharing,
  { whole, fixedHires, idlePrice = 0, open }: HireOptions,
): TeamPlaces {
  const places: TeamPlaces = {
    hires: [],
    recruits: [],
    overtime: [],
    loans: [],
    leave: [],
    redeployed: [],
    lent: [],
    borrowed: [],
  }
  const horizon = team.months.length
  const lends = sharing.lending !== undefined
  for (const [c, contract] of team.contracts.entries()) {
    const hires: number[] = []
    const recruits: number[] = []
    for (let t = 0; t < team.days.length; t++) {
      const inPlan = t < horizon
      if (inPlan) {
        const decided = contract.decided[t]!
        const closed = t < contract.leadMonths || open?.(c, t) === false
        const fixed = fixedHires?.[i]?.[c]?.[t] ?? (closed ? decided : undefined)
        hires.push(
          draft.variable({
            name: `hires ${i} ${t} ${contract.code}`,
            cost: contract.hiringCost,
            lower: fixed ?? decided,
            upper: fixed ?? Math.max(decided, contract.maxHires),
            integer: (whole ?? false) && fixed === undefined,
          }),
        )
      }
      recruits.push(
        draft.variable({
          name: `recruits ${i} ${t} ${contract.code}`,
          cost: inPlan ? contract.wage * (1 + idlePrice) : 0,
        }),
      )
    }
    places.hires.push(hires)
    places.recruits.push(recruits)
  }
  for (let t = 0; t < horizon; t++) {
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
    if (team.leaveShare > 0) {
      const most = team.leaveShare * team.present[t]!
      places.leave.push(draft.variable({ name: `leave ${i} ${t}`, cost: 0, lower: -most, upper: most }))
    }
    if (team.redeployShare > 0) {
      const upper = team.redeployShare * team.present[t]!
      places.redeployed.push(
        draft.variable({ name: `redeployed ${i} ${t}`, cost: -REDEPLOYED_WORTH * team.wage, upper }),
      )
    }
    if (lends) {
      const most = team.present[t]! * (sharing.lending?.maxShare ?? 0)
      places.lent.push(draft.variable({ name: `lent ${i} ${t}`, cost: 0, upper: most }))
      places.borrowed.push(draft.variable({ name: `borrowed ${i} ${t}`, cost: sharing.lending?.cost ?? 0 }))
    }
  }
  return places
}

/** Share of a cohort under a contract still there some months after its arrival. */
export function alive(team: Team, contract: Contract, age: number): number {
  return age < contract.months ? (1 - team.attrition) ** age : 0
}

/** What a recruit lacks of a confirmed agent, tutors' time included, some months after arrival. */
export function trainingLoss(team: Team, contract: Contract, age: number): number {
  const share = team.training[age]
  return share === undefined ? 0 : alive(team, contract, age) * (1 - share + team.tutorShare)
}

/** Rows of the people: who is there, and how many may come or work more. @returns what the team can treat. */
function teamRows(
  draft: ProgramDraft,
  team: Team,
  i: number,
  places: TeamPlaces,
  sharing: Sharing,
): CapacityTerms[] {
  const horizon = team.months.length
  for (const [c, contract] of team.contracts.entries()) {
    const hires = places.hires[c]!
    const recruits = places.recruits[c]!
    for (let t = 0; t < team.days.length; t++) {
      const joining = (age: number, weight: number): Terms =>
        t >= age && t - age < horizon ? [[hires[t - age]!, weight]] : []
      const ending = Number.isFinite(contract.months)
        ? joining(contract.months, (1 - team.attrition) ** contract.months)
        : []
      draft.constraint({
        name: `recruits ${i} ${t} ${contract.code}`,
        terms: [
          [recruits[t]!, 1],
          ...(t > 0 ? [[recruits[t - 1]!, -(1 - team.attrition)] as const] : []),
          ...joining(0, -1),
          ...ending,
        ],
        lower: 0,
        upper: 0,
      })
    }
  }
  for (let t = 0; t < horizon; t++) {
    const soonest = team.contracts.some(contract => t >= contract.leadMonths)
    if (soonest && Number.isFinite(team.maxHires)) {
      const decided = team.contracts.reduce((sum, contract) => sum + contract.decided[t]!, 0)
      draft.constraint({
        name: `hires ${i} ${t}`,
        terms: places.hires.map(hires => [hires[t]!, 1] as const),
        upper: Math.max(team.maxHires, decided),
      })
    }
    if (team.overtimeHours > 0) {
      const share = team.overtimeHours / team.hoursPerAgent[t]!
      draft.constraint({
        name: `overtime ${i} ${t}`,
        terms: [
          [places.overtime[t]!, 1],
          ...places.recruits.map(recruits => [recruits[t]!, -share] as const),
        ],
        upper: share * team.present[t]!,
      })
    }
  }
  const years = new Set(team.months.map(yearOf))
  for (const year of places.leave.length > 0 ? years : []) {
    const terms = places.leave.flatMap((place, t) =>
      yearOf(team.months[t]!) === year ? [[place, team.hoursPerAgent[t]!] as const] : [],
    )
    // Leave is moved within its year, never cut.
    draft.constraint({ name: `leave ${i} ${year}`, terms, upper: 0 })
  }
  return Array.from(team.days, (_, t) => capacityTerms(team, places, t, sharing))
}

/** Rows of the promise on one path: the stock of each month, and its delay. */
function promiseRows(
  draft: ProgramDraft,
  team: Team,
  i: number,
  capacity: readonly CapacityTerms[],
  demand: ArrayLike<number>,
): void {
  let before: number | undefined
  for (let t = 0; t < team.months.length; t++) {
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
  }
}

/** Rows of the promise on windows: what is treated in them and within the target after them is at least what comes. */
function windowRows(
  draft: ProgramDraft,
  team: Team,
  i: number,
  capacity: readonly CapacityTerms[],
  windows: readonly Window[],
): void {
  const treated = capacity.map(({ files, terms }, t) => {
    const variable = draft.variable({ name: `capacity ${i} ${t}`, cost: 0 })
    draft.constraint({
      name: `capacity ${i} ${t}`,
      terms: [[variable, 1], ...terms.map(([place, weight]) => [place, -weight] as const)],
      lower: files,
      upper: files,
    })
    return variable
  })
  for (const { from, to, files } of windows) {
    const terms: [number, number][] = []
    for (let t = from; t <= to; t++) terms.push([treated[t]!, 1])
    let left = team.targetDays
    for (let next = to + 1; next < treated.length && left > 0; next++) {
      terms.push([treated[next]!, Math.min(1, left / team.days[next]!)])
      left -= team.days[next]!
    }
    draft.constraint({ name: `delay ${i} ${to} ${from}`, terms, lower: files })
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
  const terms: [number, number][] = []
  for (const [c, contract] of team.contracts.entries()) {
    terms.push([places.recruits[c]![t]!, unit])
    for (let age = 0; age < team.training.length; age++) {
      const hire = places.hires[c]![t - age]
      const loss = trainingLoss(team, contract, age)
      if (hire !== undefined && loss !== 0) terms.push([hire, -unit * loss])
    }
  }
  const add = (place: number | undefined, weight: number) => {
    if (place !== undefined && weight !== 0) terms.push([place, weight])
  }
  add(places.overtime[t], unit)
  add(places.loans[t], unit * team.loanProductivity)
  add(places.leave[t], unit)
  add(places.redeployed[t], -unit)
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
  const { hires, overtimeHours, loans, leave, redeployed, lent, borrowed } = decisions
  const horizon = team.months.length
  const capacity = new Float64Array(team.days.length)
  const agents = new Float64Array(team.days.length)
  const cost = new Float64Array(horizon)
  for (let t = 0; t < team.days.length; t++) {
    let recruits = 0
    let loss = 0
    let paid = 0
    for (const [c, contract] of team.contracts.entries()) {
      const arrivals = hires[c]!
      for (let u = 0; u <= t && u < horizon; u++) {
        if (arrivals[u] === 0) continue
        const there = arrivals[u]! * alive(team, contract, t - u)
        recruits += there
        paid += contract.wage * there
        loss += arrivals[u]! * trainingLoss(team, contract, t - u)
      }
      if (t < horizon) paid += contract.hiringCost * arrivals[t]!
    }
    agents[t] = team.present[t]! + recruits
    const extra =
      (overtimeHours[t] ?? 0) / team.hoursPerAgent[t]! +
      team.loanProductivity * (loans[t] ?? 0) +
      (leave[t] ?? 0) -
      (redeployed[t] ?? 0) -
      (lent[t] ?? 0) +
      (sharing.lending?.productivity ?? 0) * (borrowed[t] ?? 0)
    capacity[t] = Math.max(0, team.filesPerAgent[t]! * (agents[t]! - loss + extra))
    if (t < horizon) {
      cost[t] =
        paid +
        team.overtimeHourCost * overtimeHours[t]! +
        team.loanCost * loans[t]! +
        (sharing.lending?.cost ?? 0) * (borrowed[t] ?? 0)
    }
  }
  return { capacity, agents, cost }
}

/** Arrivals of all contracts together, month by month. */
export function arrivalsOf({ hires }: Pick<Decisions, 'hires'>): Float64Array {
  const all = new Float64Array(hires[0]?.length ?? 0)
  for (const arrivals of hires) for (let t = 0; t < all.length; t++) all[t]! += arrivals[t]!
  return all
}

/** No hire beyond those decided, no overtime, no loan. */
export function noDecisions(team: Team): Decisions {
  const zeros = () => new Float64Array(team.months.length)
  return {
    hires: team.contracts.map(({ decided }) => decided.slice(0, team.months.length)),
    overtimeHours: zeros(),
    loans: zeros(),
    leave: zeros(),
    redeployed: zeros(),
    lent: zeros(),
    borrowed: zeros(),
  }
}
