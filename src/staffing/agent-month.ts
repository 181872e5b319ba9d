import type { Month } from '../pure/calendar/period.ts'
import type { StaffingPlan } from './plan-answer.ts'
import { teamOf } from './team.ts'

/** A month counted in agents of full output: files ÷ what one agent present treats in it. */
export interface AgentMonth {
  month: Month
  /** Agents at work or in training, loans apart. */
  present: number
  /** What the team can do, training, overtime, loans and leave counted. */
  able: number
  /** What comes in, median over the paths; `undefined` in plans kept before it was written. */
  need: number | undefined
}

/** The months of a plan in agents. Example: 1,600 files received, 80 a present agent in the month: a need of 20 agents. */
export function agentMonths({ question, months }: Pick<StaffingPlan, 'question' | 'months'>): AgentMonth[] {
  const { filesPerAgent } = teamOf(question)
  return months.map(({ month, agents, capacity, need }, t) => ({
    month,
    present: agents,
    able: capacity / filesPerAgent[t]!,
    need: need === undefined ? undefined : need / filesPerAgent[t]!,
  }))
}
