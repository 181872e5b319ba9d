import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
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

// What facts say changes with the facts only: the last answer of each kind serves until another fact comes.
const lastAnswers = new Map<keyof typeof TASKS, { key: string; answer: Promise<unknown> }>()

/** What the engine would have said at the ends of past years, computed apart and once for the same facts. */
export async function hindcastApart(facts: HindcastFacts): Promise<HindcastRow[]> {
  return once('hindcast', facts, () => TASKS.hindcast(facts))
}

/** What national facts made of the assumptions, computed apart and once for the same facts. */
export async function learntApart(inputs: DemandInputs): Promise<Learnt[]> {
  return once('learnt', inputs, () => TASKS.learnt(inputs))
}

async function once<Answer>(
  task: keyof typeof TASKS,
  inputs: unknown,
  inPlace: () => Answer,
): Promise<Answer> {
  const key = JSON.stringify(inputs)
  const last = lastAnswers.get(task)
  if (last?.key === key) return last.answer as Promise<Answer>
  const answer = CAN_START ? inThread<Answer>(task, inputs) : Promise.resolve(inPlace())
  lastAnswers.set(task, { key, answer })
  // A thread that was ended gives nothing to keep.
  answer.catch(() => lastAnswers.delete(task))
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
