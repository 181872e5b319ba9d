import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import type { Worker } from 'node:worker_threads'

/**
 * The next message of a thread or of a process, the result of a task that it was given.
 * @throws what it failed of, an Error when it ended first, and the reason of a signal that calls it off.
 */
export async function nextMessage<T>(
  from: Worker | ChildProcess,
  task: string,
  ...signals: (AbortSignal | undefined)[]
): Promise<T> {
  const over = new AbortController()
  const ended = (code: unknown) => over.abort(new Error(`a task ended without result (${task}, ${code})`))
  const calledOff = AbortSignal.any([over.signal, ...signals.filter(one => one !== undefined)])
  from.once('exit', ended)
  try {
    const [message] = await once(from, 'message', { signal: calledOff })
    return message
  } catch (error) {
    throw calledOff.aborted ? calledOff.reason : error
  } finally {
    from.off('exit', ended)
  }
}
