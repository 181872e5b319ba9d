import type * as engine from '@myriaddreamin/typst-ts-node-compiler'

/** A document sent to the child process: the template, its one input, and the second of its creation. */
export interface Task {
  template: string
  paper: string
  createdAt: number
}

/** A file printed, its number of pages, and every remark of the compiler. */
export interface Printed {
  pdf: Uint8Array
  pages: number
  warnings: string[]
}

/** What the child answers, and the memory that it holds, in bytes. */
export type Answer = (Printed | { fault: string }) & { memory: number }

/** The process, as the work needs it. */
interface Child {
  on: (event: 'message' | 'disconnect', listener: (task: Task) => void) => void
  send?: (answer: Answer) => void
  memoryUsage: { rss: () => number }
  exit: () => void
}

/**
 * What the child process runs. This program also runs from its TypeScript sources, which Node cannot start: the text
 * of this function is sent instead of a file, so it must use nothing from outside itself.
 */
export function work(
  child: Child,
  load: (path: string) => unknown,
  enginePath: string,
  fontFolders: string[],
): void {
  const { NodeCompiler } = load(enginePath) as typeof engine
  const compiler = NodeCompiler.create({ fontArgs: [{ fontPaths: fontFolders }] })
  const told = (error: unknown): string => {
    const lines =
      typeof error === 'object' && error !== null && 'shortDiagnostics' in error
        ? (error.shortDiagnostics as unknown[])
        : []
    return lines.length > 0 ? JSON.stringify(lines) : String(error)
  }
  // A document holds 2 MB outside the heap until its handle is collected, which nothing inside the heap would call for.
  const free = (globalThis as { gc?: () => void }).gc
  let printed = 0
  child.on('message', ({ template, paper, createdAt }) => {
    if (printed++ % 4 === 0) free?.()
    try {
      const done = compiler.compile({ mainFileContent: template, inputs: { paper } })
      if (done.result === null) {
        child.send?.({ fault: told(done.takeError()), memory: child.memoryUsage.rss() })
        return
      }
      const warnings = done.takeWarnings()?.shortDiagnostics ?? []
      const pdf = compiler.pdf(done.result, { pdfStandard: 'ua-1', creationTimestamp: createdAt })
      child.send?.({
        pdf: new Uint8Array(pdf),
        pages: done.result.numOfPages,
        warnings: warnings.map(one => JSON.stringify(one)),
        memory: child.memoryUsage.rss(),
      })
      compiler.evictCache(0)
    } catch (error) {
      child.send?.({ fault: told(error), memory: child.memoryUsage.rss() })
    }
  })
  child.on('disconnect', () => child.exit())
}
