import { isMainThread } from 'node:worker_threads'
import { apart } from '../io/apart.ts'
import { readAhead, writeAhead } from '../io/made-ahead.ts'
import { remembered } from '../pure/figures/remembered.ts'
import { newCardRule } from '../pure/law/identity-card.ts'
import {
  type DemandSample,
  departmentRequests,
  meanRequests,
  QUEUE_PATHS,
  type SampledRun,
  sampleDemand,
} from './demand-sample.ts'
import { type DemandInputs, modelOf } from './engine/demand.ts'
import { exposureGate, type GateYear } from './engine/gate.ts'
import { type HindcastRow, hindcast } from './engine/hindcast.ts'
import type { Learnt } from './engine/learning.ts'
import { nationalFutures, recallFutures } from './engine/national-future.ts'
import { projectPlace } from './engine/national-projection.ts'
import type { VolumeFact } from './engine/national-volumes.ts'
import type { Projection } from './engine/projection.ts'
import { yearCounts } from './year-requests.ts'

/** The national facts on which the engine is put back at past days. */
export interface HindcastFacts {
  issued: VolumeFact[]
  notMade: VolumeFact[]
}

type KeptRun = SampledRun & { id: string }

const drawn = remembered<Promise<DemandSample>>(2)
const sampled = (run: KeptRun) =>
  drawn(run.id, async () => {
    await nationOf(run.inputs, QUEUE_PATHS)
    return sampleDemand(run)
  })

const along =
  <Asked, Told>(tell: (sample: DemandSample, asked: Asked) => Told) =>
  async ({ run, asked }: { run: KeptRun; asked: Asked }) =>
    tell(await sampled(run), asked)

/** Draws the nation once for all departments under its law, for the threads and starts to come: half a second of computing. */
async function nationOf(inputs: DemandInputs, paths = inputs.paths): Promise<void> {
  const name = `nation-${newCardRule(inputs.department).from}-${paths}`
  if (isMainThread) return
  await recallFutures(modelOf(inputs), paths, inputs.seed, {
    find: key => readAhead(name, key),
    keep: (key, made) => writeAhead(name, key, made).catch(() => undefined),
  })
}

const TASKS = {
  project: async (inputs: DemandInputs) => {
    await nationOf(inputs)
    return projectPlace(inputs)
  },
  sample: sampled,
  means: along(meanRequests),
  whole: along(departmentRequests),
  noises: along<undefined, number[]>(({ paths }) => paths.map(({ noise }) => noise)),
  years: along(yearCounts),
  gate: exposureGate,
  hindcast: ({ issued, notMade }: HindcastFacts) => hindcast(issued, notMade),
  learnt: async (inputs: DemandInputs) => {
    await nationOf(inputs)
    return nationalFutures(modelOf(inputs), inputs.paths, inputs.seed).learnt
  },
}

const ask = apart(import.meta.url, TASKS)
// What facts and runs say changes with them only: the last answers serve until others are asked for.
const answers = remembered<Promise<unknown>>(16)
// Some ten megabytes each.
const samples = remembered<Promise<DemandSample>>(4)

function once<Task extends keyof typeof TASKS>(
  task: Task,
  inputs: Parameters<(typeof TASKS)[Task]>[0],
  key = JSON.stringify(inputs),
): Promise<Awaited<ReturnType<(typeof TASKS)[Task]>>> {
  type Answer = Promise<Awaited<ReturnType<(typeof TASKS)[Task]>>>
  return answers(`${task} ${key}`, () => ask(task, inputs)) as Answer
}

/** Projects a place: a second or two of computing. */
export function projectApart(inputs: DemandInputs): Promise<Projection> {
  return ask('project', inputs)
}

/** Futures of a run along which queues are run, drawn once: a run never changes. */
export function sampleApart({ id, inputs, local }: KeptRun): Promise<DemandSample> {
  return samples(id, () => ask('sample', { id, inputs, local }))
}

/** What the futures of a run say, counted where they are drawn and once. */
export function countApart<Task extends 'means' | 'whole' | 'noises' | 'years'>(
  task: Task,
  { id, inputs, local }: KeptRun,
  asked: Parameters<(typeof TASKS)[Task]>[0]['asked'],
) {
  const question = { run: { id, inputs, local }, asked } as Parameters<(typeof TASKS)[Task]>[0]
  return once(task, question, `${id} ${JSON.stringify(asked)}`)
}

/** How far each projected year of a run differs from the last one in titles coming due, once. */
export function gateApart({ id, inputs }: { id: string; inputs: DemandInputs }): Promise<GateYear[]> {
  return once('gate', inputs, id)
}

/** What the engine would have said at the ends of past years, once for the same facts. */
export function hindcastApart(facts: HindcastFacts): Promise<HindcastRow[]> {
  return once('hindcast', facts)
}

/** What national facts made of the assumptions, once for the same facts. */
export function learntApart(inputs: DemandInputs): Promise<Learnt[]> {
  return once('learnt', inputs)
}
