import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import type { DemandInputs } from '../demand.ts'
import { type ProjectedPoint, projectDepartment } from '../projection.ts'

const TASK = 'project-department'
/** Node starts a thread from JavaScript only; from the TypeScript sources the projection is made in place. */
const CAN_START = import.meta.url.endsWith('.js')

/** Projects a department in a thread of its own: a second or two of computing would hold back every other answer. */
export async function projectApart(inputs: DemandInputs): Promise<ProjectedPoint[]> {
  if (!CAN_START) return projectDepartment(inputs)
  const thread = new Worker(new URL(import.meta.url), {
    workerData: { task: TASK, inputs },
    resourceLimits: { maxYoungGenerationSizeMb: 32 },
  })
  return new Promise((resolve, reject) => {
    thread.once('message', resolve)
    thread.once('error', reject)
    thread.once('exit', code => reject(new Error(`the projection ended without result (${code})`)))
  })
}

if (!isMainThread && workerData?.task === TASK) parentPort?.postMessage(projectDepartment(workerData.inputs))
