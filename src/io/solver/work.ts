import type { MessagePort } from 'node:worker_threads'
import type highs from 'highs'
import type { Basis, ProgramArrays } from '../../pure/numerics/optimisation/linear-program.ts'

/** A program sent to the thread, and the vertex to start from. */
export interface Task {
  program: ProgramArrays
  start: Basis | undefined
  options: Record<string, string | number | boolean>
}

/** What the thread answers. `values` are missing when no feasible answer was found. */
export type Answer =
  | { status: number; objective: number; values: Float64Array | undefined; basis: Basis | undefined }
  | { fault: string }

/**
 * What the thread runs. Node starts a thread from JavaScript only, while this program also runs from its TypeScript
 * sources: the text of this function is sent instead of a file, so it must use nothing from outside itself.
 */
export function work(port: MessagePort, load: (path: string) => unknown, enginePath: string): void {
  const create = load(enginePath) as typeof highs.default
  const loading = create()
  port.on('message', async ({ program, start, options }: Task) => {
    try {
      const engine = await loading
      const { cost, lower, upper, whole, rowLower, rowUpper, starts, indices, values } = program
      const [numCols, numRows] = [cost.length, rowLower.length]
      const { minimize, maximize } = engine.constants.objectiveSense
      const model = engine.createModel({
        numCols,
        numRows,
        sense: program.maximise ? maximize : minimize,
        colCost: cost,
        colLower: lower,
        colUpper: upper,
        rowLower,
        rowUpper,
        matrix: { format: 'csr', numRows, numCols, starts, indices, values },
        ...(whole ? { integrality: whole } : {}),
      })
      try {
        model.options.set(options)
        if (start) model.setBasis({ colStatus: start.columns, rowStatus: start.rows })
        const { modelStatus } = model.run()
        const feasible = model.info.get('primal_solution_status') === engine.constants.solutionStatus.feasible
        const basis = feasible && !whole ? model.getBasis() : undefined
        port.postMessage({
          status: modelStatus,
          objective: model.info.get('objective_function_value'),
          values: feasible ? model.getSolution().colValue : undefined,
          basis: basis && { columns: basis.colStatus, rows: basis.rowStatus },
        })
      } finally {
        model.dispose()
      }
    } catch (error) {
      port.postMessage({ fault: String(error) })
    }
  })
}
