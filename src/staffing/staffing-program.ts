import { ProgramDraft } from '../pure/numerics/optimisation/linear-program.ts'
import type { Decisions, Sharing } from './decision.ts'
import { type HireOptions, lendingRows, teamRows, teamVariables } from './people-rows.ts'
import { promiseRows, type Window, windowRows } from './promise-rows.ts'
import type { Team } from './team.ts'

/** What a program may decide, and how its promise is written. */
export interface ProgramOptions extends HireOptions {
  /**
   * Files that a team must be able to treat by the end of some months, instead of its stock on one path: see
   * `protected-paths.ts`.
   */
  windows?: readonly Window[] | undefined
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
  options: ProgramOptions = {},
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
