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

/** What a solver found. `time-limit` may still carry a feasible answer, not proved best. */
export type Solution =
  | { status: 'optimal'; objective: number; values: Float64Array }
  | { status: 'time-limit'; objective: number | undefined; values: Float64Array | undefined }
  | { status: 'infeasible' | 'unbounded' }

/** Anything that solves programs; models receive one, so that they stay free of threads and engines. */
export type SolveProgram = (
  program: LinearProgram,
  options?: { timeLimitMs?: number; relativeGap?: number },
) => Promise<Solution>

/** A program being written: variables and rows are added in any order, then `program()` gives it. */
export class ProgramDraft {
  readonly #variables: Variable[] = []
  readonly #constraints: Constraint[] = []

  /** Adds a decision. @returns its place, to be used in rows. */
  variable(variable: Variable): number {
    return this.#variables.push(variable) - 1
  }

  /** Adds a row. */
  constraint(constraint: Constraint): void {
    this.#constraints.push(constraint)
  }

  /** The program as written so far. */
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

const TERMS_A_LINE = 8

/**
 * The program in CPLEX LP text, the variables called x0, x1… and the rows r0, r1…; lines are wrapped, for old readers cut
 * them at 560 characters. A row with two different bounds is written twice.
 */
export function lpText({ sense, variables, constraints }: LinearProgram): string {
  const lines = [sense === 'minimise' ? 'Minimize' : 'Maximize', ' cost:']
  lines.push(wrapped(variables.map((variable, i) => [i, variable.cost] as const)).join('\n'), 'Subject To')
  for (const [i, { terms, lower, upper }] of constraints.entries()) {
    const sums = merged(terms)
    const row = (suffix: string, relation: string, bound: number) =>
      lines.push(` r${i}${suffix}:`, wrapped(sums).join('\n'), `  ${relation} ${bound}`)
    if (lower !== undefined && lower === upper) row('', '=', lower)
    else {
      if (lower !== undefined && lower > Number.NEGATIVE_INFINITY) row('l', '>=', lower)
      if (upper !== undefined && upper < Number.POSITIVE_INFINITY) row('u', '<=', upper)
    }
  }
  lines.push('Bounds')
  for (const [i, { lower = 0, upper = Number.POSITIVE_INFINITY }] of variables.entries()) {
    if (lower === upper) lines.push(` x${i} = ${lower}`)
    else if (lower !== 0 || upper !== Number.POSITIVE_INFINITY) {
      lines.push(` ${bound(lower)} <= x${i} <= ${bound(upper)}`)
    }
  }
  const whole = variables.flatMap((variable, i) => (variable.integer ? [` x${i}`] : []))
  if (whole.length > 0) lines.push('General', whole.join('\n'))
  lines.push('End')
  return lines.join('\n')
}

function bound(value: number): string {
  if (value === Number.POSITIVE_INFINITY) return '+inf'
  return value === Number.NEGATIVE_INFINITY ? '-inf' : String(value)
}

/** One coefficient a variable: a row may name the same one twice. */
function merged(terms: Terms): Terms {
  const sums = new Map<number, number>()
  for (const [variable, coefficient] of terms) {
    sums.set(variable, (sums.get(variable) ?? 0) + coefficient)
  }
  return [...sums]
}

function wrapped(terms: Terms): string[] {
  const written = terms
    .filter(([, coefficient]) => coefficient !== 0)
    .map(([variable, coefficient]) => `${coefficient < 0 ? '-' : '+'} ${Math.abs(coefficient)} x${variable}`)
  // A row without any term still needs an expression: 0 x0 says nothing and is read by every solver.
  if (written.length === 0) return ['  0 x0']
  const lines: string[] = []
  for (let i = 0; i < written.length; i += TERMS_A_LINE) {
    lines.push(`  ${written.slice(i, i + TERMS_A_LINE).join(' ')}`)
  }
  return lines
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
