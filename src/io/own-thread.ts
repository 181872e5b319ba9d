import { once } from 'node:events'
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'

/** A thread that has nothing to do keeps what it has read and made for so long. */
const IDLE_MILLIS = 30_000

/**
 * What a module does in a thread of its own, one task after the other: the file that calls this is started again as the
 * thread. Node starts a thread from JavaScript only: from the TypeScript sources tasks are done in place.
 *
 * @param file `import.meta.url` of the caller, built as a program of its own.
 * @param name tells it from others of the same file.
 * @throws what the task throws, or that the thread ended.
 */
export function inOwnThread<Task, Result>(
  file: string,
  name: string,
  act: (task: Task) => Result | Promise<Result>,
): (task: Task) => Promise<Result> {
  if (!isMainThread && workerData === name)
    parentPort?.on('message', async (task: Task) => parentPort?.postMessage(await act(task)))
  if (!file.endsWith('.js')) return async task => act(task)
  let thread: Worker | undefined
  let idle: NodeJS.Timeout | undefined
  let turn: Promise<unknown> = Promise.resolve()
  const end = () => {
    void thread?.terminate()
    thread = undefined
  }
  const done = async (task: Task) => {
    clearTimeout(idle)
    const worker = thread ?? new Worker(new URL(file), { workerData: name })
    thread = worker
    const leaving = new AbortController()
    const { signal } = leaving
    worker.ref()
    try {
      worker.postMessage(task)
      // An error of the thread ends both.
      const ended = once(worker, 'exit', { signal }).then(() =>
        Promise.reject(new Error('a thread ended without result')),
      )
      const [result] = await Promise.race([once(worker, 'message', { signal }), ended])
      return result
    } catch (error) {
      end()
      throw error
    } finally {
      leaving.abort()
      worker.unref()
      idle = setTimeout(end, IDLE_MILLIS).unref()
    }
  }
  return task => {
    const result = turn.then(() => done(task))
    turn = result.catch(() => undefined)
    return result
  }
}
