import { apart } from '../io/apart.ts'
import { remembered } from '../pure/figures/remembered.ts'
import { type DemandSample, type SampledRun, sampleDemand } from './demand-sample.ts'
import { type DemandInputs, modelOf } from './engine/demand.ts'
import { exposureGate, type GateYear } from './engine/gate.ts'
import { type HindcastRow, hindcast } from './engine/hindcast.ts'
import type { Learnt } from './engine/learning.ts'
import { nationalFutures } from './engine/national-future.ts'
import { projectPlace } from './engine/national-projection.ts'
import type { VolumeFact } from './engine/national-volumes.ts'
import type { Projection } from './engine/projection.ts'

/** The national facts on which the engine is put back at past days. */
export interface HindcastFacts {
  issued: VolumeFact[]
  notMade: VolumeFact[]
}

const TASKS = {
  project: projectPlace,
  sample: (run: SampledRun) => sampleDemand(run),
  gate: exposureGate,
  hindcast: ({ issued, notMade }: HindcastFacts) => hindcast(issued, notMade),
  learnt: (inputs: DemandInputs) => nationalFutures(modelOf(inputs), inputs.paths, inputs.seed).learnt,
}

const ask = apart(import.meta.url, TASKS)
// What facts and runs say changes with them only: the last answers serve until others are asked for.
const answers = remembered<Promise<unknown>>(8)

function once<Task extends keyof typeof TASKS>(
  task: Task,
  inputs: Parameters<(typeof TASKS)[Task]>[0],
  key = JSON.stringify(inputs),
): Promise<ReturnType<(typeof TASKS)[Task]>> {
  type Answer = Promise<ReturnType<(typeof TASKS)[Task]>>
  return answers(`${task} ${key}`, () => ask(task, inputs)) as Answer
}

/** Projects a place: a second or two of computing. */
export function projectApart(inputs: DemandInputs): Promise<Projection> {
  return ask('project', inputs)
}

/** Futures of a run along which queues are run, drawn once: a run never changes. */
export function sampleApart({ id, inputs, local }: SampledRun & { id: string }): Promise<DemandSample> {
  return once('sample', { inputs, local }, id)
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
