import {
  type LinearProgram,
  ProgramDraft,
  type Solution,
  type SolveProgram,
  type Terms,
} from '../pure/numerics/optimisation/linear-program.ts'
import type { WorkforceModel, WorkforcePlan } from './workforce-answer.ts'

const PEOPLE_AND_HOURS = [
  'recruits',
  'experienced',
  'layoffs',
  'overtimeHours',
  'outsideHours',
  'backlogHours',
] as const
type Places = Record<(typeof PEOPLE_AND_HOURS)[number], number[]>

/** Something for each of what a plan says of a period. */
function ofEach<T>(of: (name: keyof Places) => T): Record<keyof Places, T> {
  return Object.fromEntries(PEOPLE_AND_HOURS.map(name => [name, of(name)])) as Record<keyof Places, T>
}

/**
 * Cohort-hiring program (Winston, *Operations Research*, 3.12): with x recruited and y experienced in a period,
 * `hours · y − tutoring · x ≥ need` and `y(t+1) = (1 − quit) y(t) + x(t)`, at the least of wages.
 *
 * Example, the CSL case: 6,000, 7,000, 8,000, 9,500 and 11,000 hours, 50 technicians of 160 hours, 50 of tutoring a
 * recruit, 5 % leave, 2,000 and 1,000 a month: 593,776.51, recruits 0, 8.453, 11.450, 9.518, 0; whole recruits 598,583.13.
 */
export function workforceProgram(model: WorkforceModel): { program: LinearProgram; places: Places } {
  const { needs, training, quitShare, traineeQuitShare = 0, overtime, outside, backlog } = model
  if (needs.length === 0) throw new RangeError('a plan needs at least one period')
  const draft = new ProgramDraft()
  const places: Places = ofEach(() => [])
  const stays = (age: number) => (1 - traineeQuitShare) ** age
  for (const [t] of needs.entries()) {
    const left = needs.length - t
    // A recruit is paid through training, then as an experienced person, whose own variable carries the wage.
    const paid = training
      .slice(0, left)
      .reduce((sum, _, age) => sum + stays(age) * at(model.traineeWage, t + age), 0)
    places.recruits.push(
      draft.variable({
        name: `recruits ${t + 1}`,
        cost: (model.hiringCost ?? 0) + paid,
        lower: model.minHires === undefined ? 0 : at(model.minHires, t),
        upper: model.maxHires === undefined ? Number.POSITIVE_INFINITY : at(model.maxHires, t),
        integer: model.wholeRecruits ?? false,
      }),
    )
    places.experienced.push(draft.variable({ name: `experienced ${t + 1}`, cost: at(model.wage, t) }))
    const optional = (name: string, cost: number | undefined, upper = Number.POSITIVE_INFINITY) =>
      draft.variable({ name: `${name} ${t + 1}`, cost: cost ?? 0, upper: cost === undefined ? 0 : upper })
    places.layoffs.push(optional('layoffs', model.layoffCost))
    places.overtimeHours.push(optional('overtime', overtime?.costPerHour))
    places.outsideHours.push(optional('outside', outside?.costPerHour, outside?.maxHours))
    places.backlogHours.push(
      optional('backlog', left === 1 ? undefined : backlog?.costPerHour, backlog?.maxHours),
    )
  }
  const trained = training.length
  for (const [t, need] of needs.entries()) {
    const previous: Terms =
      t === 0
        ? []
        : [
            [places.experienced[t - 1]!, -(1 - quitShare)],
            ...(t >= trained && trained > 0
              ? [[places.recruits[t - trained]!, -stays(trained)] as const]
              : []),
          ]
    const joinNow: Terms = trained === 0 ? [[places.recruits[t]!, -1]] : []
    const started = t === 0 ? model.experienced : 0
    draft.constraint({
      name: `people ${t + 1}`,
      terms: [[places.experienced[t]!, 1], [places.layoffs[t]!, 1], ...previous, ...joinNow],
      lower: started,
      upper: started,
    })
    const hours = at(model.hoursPerPerson, t)
    draft.constraint({
      name: `need ${t + 1}`,
      terms: [
        [places.experienced[t]!, hours],
        ...training.flatMap((share, age) =>
          t >= age
            ? [[places.recruits[t - age]!, stays(age) * (share * hours - model.tutorHours)] as const]
            : [],
        ),
        [places.overtimeHours[t]!, 1],
        [places.outsideHours[t]!, 1],
        [places.backlogHours[t]!, 1],
        ...(t === 0 ? [] : [[places.backlogHours[t - 1]!, -1] as const]),
      ],
      lower: need,
    })
    if (overtime) {
      draft.constraint({
        name: `overtime ${t + 1}`,
        terms: [
          [places.overtimeHours[t]!, 1],
          [places.experienced[t]!, -overtime.maxHoursPerPerson],
        ],
        upper: 0,
      })
    }
  }
  const last = needs.length - 1
  if (model.finalExperienced !== undefined) {
    const joining = last + 1 - trained
    draft.constraint({
      name: 'final',
      terms: [
        [places.experienced[last]!, 1 - quitShare],
        ...(trained > 0 && joining >= 0 ? [[places.recruits[joining]!, stays(trained)] as const] : []),
      ],
      lower: model.finalExperienced,
    })
  }
  const { variables } = draft.program()
  if (model.budget !== undefined) {
    draft.constraint({
      name: 'budget',
      terms: variables.map((variable, i) => [i, variable.cost] as const),
      upper: model.budget,
    })
  }
  return { program: draft.program(), places }
}

/** Solves a cohort-hiring model. @returns people and hours by period, or the status when there is no plan. */
export async function planWorkforce(
  model: WorkforceModel,
  solve: SolveProgram,
): Promise<WorkforcePlan | { status: Exclude<Solution['status'], 'optimal'> }> {
  const { program, places } = workforceProgram(model)
  const solution = await solve(program, { relativeGap: 1e-9 })
  if (solution.status !== 'optimal') return { status: solution.status }
  return {
    cost: solution.objective,
    periods: model.needs.map((_, t) => ofEach(name => solution.values[places[name][t]!] ?? 0)),
  }
}

function at(values: number | readonly number[], period: number): number {
  if (typeof values === 'number') return values
  const value = values[period]
  if (value === undefined) throw new RangeError(`no value for period ${period + 1}`)
  return value
}
