import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { nextMessage } from './next-message.ts'
import { giveWay } from './priority.ts'

/** What threads of a module can be asked for, by name; what goes in and comes out can be cloned. */
type Tasks = Record<string, (inputs: never) => unknown>

interface Question {
  task: string
  inputs: unknown
  resolve: (result: never) => void
  reject: (error: unknown) => void
}

/** Threads of one module: a third question waits for one of them. */
const MOST_THREADS = 2
/** Threads that rest with what they remember, one of demand and one of waits: each holds some eighty megabytes. */
const MOST_RESTING = 2
const RESTING_MILLIS = 30_000

interface Resting {
  thread: Worker
  module: string
  end: NodeJS.Timeout
}

const running = new Set<Worker>()
const resting: Resting[] = []
let abandoned = false

/**
 * Computes the tasks of a module in threads of it, so that they hold back no other answer. The module is a program of the
 * build (`scripts/build.js`) and calls this as it loads. Node starts a thread from JavaScript only: from the TypeScript
 * sources tasks are computed in place.
 *
 * @param address `import.meta.url` of the module.
 */
export function apart<T extends Tasks>(address: string, tasks: T) {
  if (!isMainThread && workerData === address) {
    giveWay()
    parentPort?.on('message', async ({ task, inputs }: Question) =>
      parentPort?.postMessage(await tasks[task]!(inputs as never)),
    )
  }
  const waiting: Question[] = []
  let threads = 0

  const start = () => {
    const thread = new Worker(new URL(address), {
      workerData: address,
      resourceLimits: { maxYoungGenerationSizeMb: 32 },
    })
    threads++
    running.add(thread)
    thread.once('exit', () => {
      threads--
      running.delete(thread)
      const rested = resting.find(one => one.thread === thread)
      if (rested !== undefined) leave(rested)
      next()
    })
    return thread
  }
  const next = () => {
    if (abandoned || waiting.length === 0) return
    const rested = resting.findLast(({ module }) => module === address)
    if (rested !== undefined) leave(rested)
    else if (threads >= MOST_THREADS) return
    void answer(rested?.thread ?? start(), waiting.shift()!)
  }
  const answer = async (thread: Worker, { task, inputs, resolve, reject }: Question) => {
    thread.ref()
    try {
      thread.postMessage({ task, inputs })
      resolve(await nextMessage<never>(thread, task))
    } catch (error) {
      reject(error)
      void thread.terminate()
      return
    }
    thread.unref()
    rest(thread, address)
    next()
    for (const one of resting.slice(0, -MOST_RESTING)) retire(one)
  }

  return <Task extends keyof T & string>(
    task: Task,
    inputs: Parameters<T[Task]>[0],
  ): Promise<Awaited<ReturnType<T[Task]>>> =>
    new Promise((resolve, reject) => {
      if (!address.endsWith('.js'))
        return resolve(tasks[task]!(inputs as never) as Awaited<ReturnType<T[Task]>>)
      waiting.push({ task, inputs, resolve, reject })
      next()
    })
}

/** Keeps a thread that has nothing to do for a while, or until others rest. */
function rest(thread: Worker, module: string): void {
  const one: Resting = { thread, module, end: setTimeout(() => retire(one), RESTING_MILLIS).unref() }
  resting.push(one)
}

/** Takes a thread out of those that rest: from then on it works, or ends. */
function leave(one: Resting): void {
  clearTimeout(one.end)
  resting.splice(resting.indexOf(one), 1)
}

function retire(one: Resting): void {
  leave(one)
  void one.thread.terminate()
}

/** Ends what is computed apart in this process, which stops: nobody waits for it, and it can be made again. */
export async function abandonTasks(): Promise<void> {
  abandoned = true
  await Promise.all([...running].map(thread => thread.terminate()))
}
