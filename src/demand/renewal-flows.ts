import type { Month } from '../pure/calendar/period.ts'
import { monthNumber } from '../pure/calendar/period.ts'
import { QUEUE_PATHS } from './demand-sample.ts'
import { FlowTally, type RenewalFlow } from './engine/cohort-flow.ts'
import { type DemandInputs, modelOf } from './engine/demand.ts'
import { future, nationalFutures } from './engine/national-future.ts'

/** The renewals of the nation on the first futures of a run, one future after the other, in the order of `sampleOf` of that run. */
export function* renewalFlows(
  inputs: DemandInputs,
  { first, months, paths }: { first: Month; months: number; paths: number },
): Generator<RenewalFlow> {
  const model = modelOf(inputs)
  const { futures } = nationalFutures(model, Math.min(QUEUE_PATHS, inputs.paths), inputs.seed)
  for (const { draw, seed } of futures.slice(0, paths)) {
    const tally = new FlowTally(model, monthNumber(first), months)
    future(model, seed, tally)
    yield { first: monthNumber(first), months, requests: tally.requests, returnRate: draw.returnRate }
  }
}
