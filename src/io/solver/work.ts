import type { MessagePort } from 'node:worker_threads'

/** A program sent to the thread; `columns` is how many values come back. */
export interface Task {
  text: string
  columns: number
  options: Record<string, string | number | boolean>
}

/** What the thread answers. `values` are missing when no feasible answer was found. */
export type Answer =
  | { status: string; objective: number; values: Float64Array | undefined }
  | { fault: string }

/** Just enough of the engine to call it. */
interface Engine {
  solve: (
    text: string,
    options: Task['options'],
  ) => { Status: string; ObjectiveValue: number; Columns: Record<string, { Primal?: number }> }
}

/**
 * What the thread runs. Node starts a thread from JavaScript only, while this program also runs from its TypeScript
 * sources: the text of this function is sent instead of a file, so it must use nothing from outside itself.
 */
export function work(port: MessagePort, load: (path: string) => unknown, enginePath: string): void {
  const create = load(enginePath) as () => Promise<Engine>
  const engine = create()
  port.on('message', async ({ text, columns, options }: Task) => {
    try {
      const solved = (await engine).solve(text, options)
      let values: Float64Array | undefined
      if (columns === 0 || solved.Columns['x0']?.Primal !== undefined) {
        values = new Float64Array(columns)
        for (let i = 0; i < columns; i++) values[i] = solved.Columns[`x${i}`]?.Primal ?? 0
      }
      port.postMessage({ status: solved.Status, objective: solved.ObjectiveValue, values })
    } catch (error) {
      port.postMessage({ fault: String(error) })
    }
  })
}
