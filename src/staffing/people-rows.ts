import { yearOf } from '../pure/calendar/period.ts'
import { groupBy } from '../pure/figures/group-by.ts'
import { largest } from '../pure/numerics/extremes.ts'
import type { ProgramDraft, Terms } from '../pure/numerics/optimisation/linear-program.ts'
import { sum } from '../pure/numerics/sum.ts'
import { type Sharing, trainingLoss } from './decision.ts'
import type { CapacityTerms } from './promise-rows.ts'
import type { Team } from './team.ts'

/** Places of the decisions of one team in the program, by month. */
export interface TeamPlaces {
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
  /** What a month of a recruit costs above the wage, as a share of it, so that few are paid to wait; no money is spent. */
  idlePrice?: number | undefined
  /** Arrivals that may be decided, by contract and month; all when it is not said. */
  open?: ((contract: number, month: number) => boolean) | undefined
}

/** What the work of a redeployed agent is worth to a plan, as a share of a wage: enough to free those who are not needed. */
const REDEPLOYED_WORTH = 0.05

/** What a team may decide in each month, as variables of the program with their costs and bounds. */
export function teamVariables(
  draft: ProgramDraft,
  team: Team,
  i: number,
  sharing: Sharing,
  { whole, fixedHires, idlePrice = 0, open }: HireOptions,
): TeamPlaces {
  const people = { hires: [], recruits: [], leave: [], redeployed: [] }
  const places: TeamPlaces = { ...people, overtime: [], loans: [], lent: [], borrowed: [] }
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

/** Rows of the people: who is there, and how many may come or work more. @returns what the team can treat. */
export function teamRows(
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
      const decided = sum(team.contracts.map(contract => contract.decided[t]!))
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

/** Rows of what teams lend to each other: in a group, nothing is borrowed that is not lent. */
export function lendingRows(
  draft: ProgramDraft,
  teams: readonly Team[],
  places: readonly TeamPlaces[],
  { lending }: Sharing,
): void {
  if (lending === undefined) return
  for (const [key, members] of groupBy(teams.keys(), lending.group)) {
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
