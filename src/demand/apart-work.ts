import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { type DemandSample, type SampledRun, sampleDemand } from './demand-sample.ts'
import { type DemandInputs, modelOf } from './engine/demand.ts'
import { type HindcastRow, hindcast } from './engine/hindcast.ts'
import type { Learnt } from './engine/learning.ts'
import { nationalFutures } from './engine/national-future.ts'
import { projectPlace } from './engine/national-projection.ts'
import type { VolumeFact } from './engine/national-volumes.ts'
import type { Projection } from './engine/projection.ts'

/** What a thread can be asked for, by name, with what it takes. */
const TASKS = {
  project: projectPlace,
  sample: (run: SampledRun) => sampleDemand(run),
  hindcast: ({ issued, notMade }: HindcastFacts) => hindcast(issued, notMade),
  learnt: (inputs: DemandInputs) => nationalFutures(modelOf(inputs), inputs.paths, inputs.seed).learnt,
} as const
/** Node starts a thread from JavaScript only; from the TypeScript sources the projection is made in place. */
const CAN_START = import.meta.url.endsWith('.js')

/** The national facts on which the engine is put back at past days. */
export interface HindcastFacts {
  issued: VolumeFact[]
  notMade: VolumeFact[]
}

const threads = new Set<Worker>()

/** Projects a place in a thread of its own: a second or two of computing would hold back every other answer. */
export async function projectApart(inputs: DemandInputs): Promise<Projection> {
  return CAN_START ? inThread('project', inputs) : projectPlace(inputs)
}

// What facts and runs say changes with them only: the last answers serve until others are asked for.
const lastAnswers = new Map<string, Promise<unknown>>()
const MOST_KEPT = 5

/** Futures of a run along which queues are run, drawn apart and once: a run never changes. */
export function sampleApart({ id, inputs, local }: SampledRun & { id: string }): Promise<DemandSample> {
  return once('sample', { inputs, local }, id)
}

/** What the engine would have said at the ends of past years, computed apart and once for the same facts. */
export async function hindcastApart(facts: HindcastFacts): Promise<HindcastRow[]> {
  return once('hindcast', facts)
}

/** What national facts made of the assumptions, computed apart and once for the same facts. */
export async function learntApart(inputs: DemandInputs): Promise<Learnt[]> {
  return once('learnt', inputs)
}

function once<Task extends keyof typeof TASKS>(
  task: Task,
  inputs: Parameters<(typeof TASKS)[Task]>[0],
  key = JSON.stringify(inputs),
): Promise<ReturnType<(typeof TASKS)[Task]>> {
  type Made = ReturnType<(typeof TASKS)[Task]>
  const name = `${task} ${key}`
  const answer =
    (lastAnswers.get(name) as Promise<Made> | undefined) ??
    (CAN_START ? inThread<Made>(task, inputs) : Promise.resolve(TASKS[task](inputs as never) as Made))
  lastAnswers.delete(name)
  lastAnswers.set(name, answer)
  for (const oldest of [...lastAnswers.keys()].slice(0, -MOST_KEPT)) lastAnswers.delete(oldest)
  // A thread that was ended gives nothing to keep.
  answer.catch(() => lastAnswers.delete(name))
  return answer
}

async function inThread<Result>(task: keyof typeof TASKS, inputs: unknown): Promise<Result> {
  const thread = new Worker(new URL(import.meta.url), {
    workerData: { task, inputs },
    resourceLimits: { maxYoungGenerationSizeMb: 32 },
  })
  threads.add(thread)
  return new Promise<Result>((resolve, reject) => {
    thread.once('message', resolve)
    thread.once('error', reject)
    thread.once('exit', code => reject(new Error(`the projection ended without result (${code})`)))
  }).finally(() => threads.delete(thread))
}

/** Ends the projections under way in this process, which stops: nobody waits for them, and they can be made again. */
export async function abandonProjections(): Promise<void> {
  await Promise.all([...threads].map(thread => thread.terminate()))
}

if (!isMainThread && workerData?.task in TASKS)
  parentPort?.postMessage(TASKS[workerData.task as keyof typeof TASKS](workerData.inputs))
