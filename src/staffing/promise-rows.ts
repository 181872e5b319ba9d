import type { ProgramDraft, Terms } from '../pure/numerics/optimisation/linear-program.ts'
import type { Team } from './team.ts'

/** Files that come in from one month to another, stock of the start included when it is the first: all must be in time. */
export interface Window {
  from: number
  to: number
  files: number
}

/** What a team can treat in a month, as the program writes it. */
export interface CapacityTerms {
  /** Files of the present team. */
  files: number
  /** Files of the rest, per unit of each decision. */
  terms: Terms
}

/** Rows of the promise on one path: the stock of each month, and its delay. */
export function promiseRows(
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
export function windowRows(
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
