/** A decision: its price, its bounds (0 and no upper one unless said), and whether it must be whole. */
export interface Variable {
  name: string
  cost: number
  lower?: number
  upper?: number
  integer?: boolean
}

/** A weighted sum of variables, each named by its place in the list. */
export type Terms = readonly (readonly [variable: number, coefficient: number])[]

/** A row: a weighted sum that stays between two bounds, either of which may be missing. */
export interface Constraint {
  name: string
  terms: Terms
  lower?: number
  upper?: number
}

/** A linear program, with whole variables or not, in plain data. */
export interface LinearProgram {
  sense: 'minimise' | 'maximise'
  variables: readonly Variable[]
  constraints: readonly Constraint[]
}

/** Where each column and row of a solved program stands at its vertex, in the codes of the solver. */
export interface Basis {
  columns: Int32Array
  rows: Int32Array
}

/** What a solver found. `time-limit`, of time or of branches, may still carry a feasible answer, not proved best; a basis comes without whole variables. */
export type Solution =
  | { status: 'optimal'; objective: number; values: Float64Array; basis?: Basis | undefined }
  | { status: 'time-limit'; objective: number | undefined; values: Float64Array | undefined }
  | { status: 'infeasible' | 'unbounded' }

/** Anything that solves programs; models receive one, so that they stay free of threads and engines. */
export type SolveProgram = (
  program: LinearProgram,
  options?: { timeLimitMs?: number; nodeLimit?: number; relativeGap?: number; start?: Basis | undefined },
) => Promise<Solution>

/** A program being written: variables and rows are added in any order, then `program()` gives it. */
export class ProgramDraft {
  readonly #variables: Variable[] = []
  readonly #constraints: Constraint[] = []

  /** Adds a decision. @returns its place, to be used in rows. */
  variable(variable: Variable): number {
    return this.#variables.push(variable) - 1
  }

  constraint(constraint: Constraint): void {
    this.#constraints.push(constraint)
  }

  program(sense: LinearProgram['sense'] = 'minimise'): LinearProgram {
    return { sense, variables: this.#variables, constraints: this.#constraints }
  }
}

/**
 * Refuses what no solver should be given: a number that is none, a row about an unknown variable, crossed bounds.
 *
 * @throws RangeError naming the variable or row at fault.
 */
export function refuseUnsound({ variables, constraints }: LinearProgram): void {
  for (const { name, cost, lower = 0, upper = Number.POSITIVE_INFINITY } of variables) {
    if (!Number.isFinite(cost)) throw new RangeError(`variable ${name}: cost ${cost}`)
    refuseBounds(`variable ${name}`, lower, upper)
  }
  for (const { name, terms, lower, upper } of constraints) {
    refuseBounds(`row ${name}`, lower ?? Number.NEGATIVE_INFINITY, upper ?? Number.POSITIVE_INFINITY)
    for (const [variable, coefficient] of terms) {
      if (variables[variable] === undefined) throw new RangeError(`row ${name}: no variable ${variable}`)
      if (!Number.isFinite(coefficient)) throw new RangeError(`row ${name}: coefficient ${coefficient}`)
    }
  }
}

function refuseBounds(of: string, lower: number, upper: number): void {
  if (!(lower < Number.POSITIVE_INFINITY && upper > Number.NEGATIVE_INFINITY && lower <= upper)) {
    throw new RangeError(`${of}: bounds ${lower} to ${upper}`)
  }
}

/** A program as a solver reads it: bounds and costs by column, coefficients by row (compressed sparse rows). */
export interface ProgramArrays {
  maximise: boolean
  cost: Float64Array
  lower: Float64Array
  upper: Float64Array
  /** 1 where the variable is whole; `undefined` when none is. */
  whole: Int32Array | undefined
  rowLower: Float64Array
  rowUpper: Float64Array
  /** Where the terms of each row start, and their end. */
  starts: Int32Array
  indices: Int32Array
  values: Float64Array
}

/** A program in arrays, terms of a row that name the same variable added up. Example: 1 x + 2 x ≤ 4 is one term, 3. */
export function programArrays({ sense, variables, constraints }: LinearProgram): ProgramArrays {
  const most = constraints.reduce((sum, { terms }) => sum + terms.length, 0)
  const starts = new Int32Array(constraints.length + 1)
  const indices = new Int32Array(most)
  const values = new Float64Array(most)
  // Where a variable last stood, to find it again within one row.
  const place = new Int32Array(variables.length).fill(-1)
  let end = 0
  for (const [row, { terms }] of constraints.entries()) {
    const start = end
    for (const [variable, coefficient] of terms) {
      const known = place[variable]!
      if (known >= start) values[known]! += coefficient
      else {
        place[variable] = end
        indices[end] = variable
        values[end++] = coefficient
      }
    }
    starts[row + 1] = end
  }
  return {
    maximise: sense === 'maximise',
    cost: Float64Array.from(variables, variable => variable.cost),
    lower: Float64Array.from(variables, ({ lower = 0 }) => lower),
    upper: Float64Array.from(variables, ({ upper = Number.POSITIVE_INFINITY }) => upper),
    whole: variables.some(variable => variable.integer)
      ? Int32Array.from(variables, variable => (variable.integer ? 1 : 0))
      : undefined,
    rowLower: Float64Array.from(constraints, ({ lower = Number.NEGATIVE_INFINITY }) => lower),
    rowUpper: Float64Array.from(constraints, ({ upper = Number.POSITIVE_INFINITY }) => upper),
    starts,
    indices: indices.slice(0, end),
    values: values.slice(0, end),
  }
}

/** Some rows that may give way, and what one unit of it costs in the search. */
export interface Softened {
  /** Which rows give way. */
  gives: (constraint: Constraint) => boolean
  /** Price of a unit of a row; 1 unless said, so that the least sum of units is sought. */
  price?: (constraint: Constraint) => number
}

/**
 * The elastic program: some rows may be passed by a slack, and the least priced sum of slacks is sought instead of the
 * least cost (Chinneck, *Feasibility and Infeasibility in Optimization*, 2008, ch. 6). An infeasible program whose
 * elastic one is solved is infeasible because of these rows, and the slacks say by how much.
 *
 * Example: x ≤ 2 and x ≥ 5, the first softened: the least slack is 3.
 */
export function elasticProgram(
  { variables, constraints }: LinearProgram,
  { gives, price = () => 1 }: Softened,
): { program: LinearProgram; slackOf: (values: Float64Array, row: string) => number } {
  const softened: Variable[] = variables.map(variable => ({ ...variable, cost: 0 }))
  const slackOf = new Map<string, number[]>()
  const rows = constraints.map(constraint => {
    if (!gives(constraint)) return constraint
    const terms = [...constraint.terms]
    const places: number[] = []
    const slack = (sign: number) => {
      const place = softened.push({ name: `slack ${constraint.name}`, cost: price(constraint) }) - 1
      terms.push([place, sign])
      places.push(place)
    }
    if (constraint.upper !== undefined) slack(-1)
    if (constraint.lower !== undefined) slack(1)
    slackOf.set(constraint.name, places)
    return { ...constraint, terms }
  })
  return {
    program: { sense: 'minimise', variables: softened, constraints: rows },
    slackOf: (values, row) => (slackOf.get(row) ?? []).reduce((sum, place) => sum + values[place]!, 0),
  }
}
