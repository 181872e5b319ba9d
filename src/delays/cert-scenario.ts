import type { Day } from '../pure/calendar/day.ts'
import { type Decision, parametersOn, type RangeEnd } from '../pure/figures/lever.ts'
import { daysFrom, filesPerWorkingDay } from './cert-capacity.ts'
import { type CertParameters, teamWithOvertime } from './cert-lever.ts'

/** A CERT day by day under the decisions taken, ready for `runCert` and `projectCert`. */
export interface CertDays {
  capacity: Float64Array
  expressShare: Float64Array
}

/** Capacity and express share of each day from `from` to `to`, both included, each decision acting from its first effect. */
export function certUnderDecisions(
  start: CertParameters,
  decisions: readonly Decision<CertParameters>[],
  from: Day,
  to: Day,
  isWorkingDay: (day: Day) => boolean,
  end: RangeEnd = 'central',
): CertDays {
  const days = daysFrom(from, to).map(day => ({ day, parameters: parametersOn(day, start, decisions, end) }))
  return {
    capacity: Float64Array.from(days, ({ day, parameters }) =>
      isWorkingDay(day) ? filesPerWorkingDay(teamWithOvertime(parameters)) : 0,
    ),
    expressShare: Float64Array.from(days, ({ parameters }) => parameters.expressShare),
  }
}
