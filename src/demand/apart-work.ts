import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import type { DemandInputs } from './engine/demand.ts'
import { type Projection, projectDepartment } from './engine/projection.ts'

const TASK = 'project-department'
/** Node starts a thread from JavaScript only; from the TypeScript sources the projection is made in place. */
const CAN_START = import.meta.url.endsWith('.js')

const threads = new Set<Worker>()

/** Projects a department in a thread of its own: a second or two of computing would hold back every other answer. */
export async function projectApart(inputs: DemandInputs): Promise<Projection> {
  if (!CAN_START) return projectDepartment(inputs)
  const thread = new Worker(new URL(import.meta.url), {
    workerData: { task: TASK, inputs },
    resourceLimits: { maxYoungGenerationSizeMb: 32 },
  })
  threads.add(thread)
  return new Promise<Projection>((resolve, reject) => {
    thread.once('message', resolve)
    thread.once('error', reject)
    thread.once('exit', code => reject(new Error(`the projection ended without result (${code})`)))
  }).finally(() => threads.delete(thread))
}

/** Ends the projections under way in this process, which stops: nobody waits for them, and they can be made again. */
export async function abandonProjections(): Promise<void> {
  await Promise.all([...threads].map(thread => thread.terminate()))
}

if (!isMainThread && workerData?.task === TASK) parentPort?.postMessage(projectDepartment(workerData.inputs))
