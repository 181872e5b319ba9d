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

/** Share of a cohort under a contract still there some months after its arrival. */
export function alive(team: Team, contract: Contract, age: number): number {
  return age < contract.months ? (1 - team.attrition) ** age : 0
}

/** What a recruit lacks of a confirmed agent, tutors' time included, some months after arrival. */
export function trainingLoss(team: Team, contract: Contract, age: number): number {
  const share = team.training[age]
  return share === undefined ? 0 : alive(team, contract, age) * (1 - share + team.tutorShare)
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
