import type { Month } from '../pure/calendar/period.ts'
import { monthNumber } from '../pure/calendar/period.ts'
import type { SampledPath } from './demand-sample.ts'
import { FlowTally, type RenewalFlow } from './engine/cohort-flow.ts'
import { type DemandInputs, modelOf } from './engine/demand.ts'
import { future } from './engine/national-future.ts'

/** The renewals of the nation on some futures of a run, one after the other. */
export function* renewalFlows(
  inputs: DemandInputs,
  paths: readonly SampledPath[],
  { first, months }: { first: Month; months: number },
): Generator<RenewalFlow> {
  const model = modelOf(inputs)
  for (const { seed, returnRate } of paths) {
    const tally = new FlowTally(model, monthNumber(first), months)
    future(model, seed, tally)
    yield { first: monthNumber(first), months, requests: tally.requests, returnRate }
  }
}
