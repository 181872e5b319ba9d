import type { Basis, LinearProgram, SolveProgram } from './linear-program.ts'

/** Codes of the solver for a variable at its lower bound, and for a row that does not bind. */
const AT_LOWER = 0
const BASIC = 1

/**
 * A solver for programs that follow each other with the same columns and a few rows more or less: each starts from the
 * vertex of the last one, read by the names of columns and rows. A program too different starts afresh.
 */
export function warmStarted(solve: SolveProgram): SolveProgram {
  const columns = new Map<string, number>()
  const rows = new Map<string, number>()
  return async (program, options) => {
    const whole = program.variables.some(variable => variable.integer)
    const start = whole ? undefined : startOf(program, columns, rows)
    const solution = await solve(program, { ...options, start })
    if (solution.status === 'optimal' && solution.basis !== undefined) {
      columns.clear()
      rows.clear()
      for (const [i, { name }] of program.variables.entries()) columns.set(name, solution.basis.columns[i]!)
      for (const [i, { name }] of program.constraints.entries()) rows.set(name, solution.basis.rows[i]!)
    }
    return solution
  }
}

/** The vertex known, in the order of a program; `undefined` when as many columns and rows as rows are not basic. */
function startOf(
  { variables, constraints }: LinearProgram,
  columns: ReadonlyMap<string, number>,
  rows: ReadonlyMap<string, number>,
): Basis | undefined {
  if (columns.size === 0) return undefined
  const basis = {
    columns: Int32Array.from(variables, ({ name }) => columns.get(name) ?? AT_LOWER),
    rows: Int32Array.from(constraints, ({ name }) => rows.get(name) ?? BASIC),
  }
  let basic = 0
  for (const statuses of [basis.columns, basis.rows])
    for (const status of statuses) if (status === BASIC) basic++
  return basic === constraints.length ? basis : undefined
}
