import { apart } from '../io/apart.ts'
import { type Flow, type FlowPeriod, flowOf } from './cert-flow.ts'

/** Follows files day by day along the futures of a demand, in threads of its own. */
export const askDelays = apart(import.meta.url, {
  flow: ({ flow, periods }: { flow: Flow; periods: readonly FlowPeriod[] }) => flowOf(flow, periods),
})
