import type { Day } from '../pure/calendar/day.ts'
import { isWorkingDay } from '../pure/calendar/working-days.ts'
import { type Decision, type Lever, parametersOn, type RangeEnd } from '../pure/figures/lever.ts'
import { type CertTeam, daysFrom, filesPerWorkingDay } from './cert-capacity.ts'

/** What levers change at a CERT: its team, hours beyond the ordinary, and the share treated out of turn. */
export interface CertParameters {
  team: CertTeam
  /** Share of an ordinary day worked in addition; 0.1 is 10 % of overtime. */
  overtimeShare: number
  expressShare: number
}

const withTeam = (p: CertParameters, change: Partial<CertTeam>) => ({ ...p, team: { ...p.team, ...change } })

/**
 * What an amount of each lever changes. New agents are slower at first: count what they do, not who they are. The committee
 * of April 2022 saw 80 files an agent and day (target), 95 (2021) then 100: from 95 to 100 is +5.3 %, less than the 13 % of
 * overload read in the delays of the last quarter of 2021. An express lane clears no stock: what some gain, others lose.
 */
export const CERT_CHANGES = {
  'more-agents': (p, agents) => withTeam(p, { fullTimeAgents: Math.max(0, p.team.fullTimeAgents + agents) }),
  'higher-productivity': (p, files) =>
    withTeam(p, { filesPerAgentDay: Math.max(0, p.team.filesPerAgentDay + files) }),
  overtime: (p, share) => ({ ...p, overtimeShare: Math.max(0, p.overtimeShare + share) }),
  'express-lane': (p, share) => ({ ...p, expressShare: Math.min(1, Math.max(0, p.expressShare + share)) }),
} as const satisfies Record<string, Lever<CertParameters>['change']>

/** Capacity and express share of each day from `from` to `to`, both included, each decision acting from its first effect. */
export function certUnderDecisions(
  start: CertParameters,
  decisions: readonly Decision<CertParameters>[],
  from: Day,
  to: Day,
  end: RangeEnd = 'central',
) {
  const days = daysFrom(from, to).map(day => ({ day, parameters: parametersOn(day, start, decisions, end) }))
  return {
    // Overtime counts as presence.
    capacity: Float64Array.from(days, ({ day, parameters: { team, overtimeShare } }) =>
      isWorkingDay(day) ? filesPerWorkingDay(team) * (1 + overtimeShare) : 0,
    ),
    expressShare: Float64Array.from(days, ({ parameters }) => parameters.expressShare),
  }
}
