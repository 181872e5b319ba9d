import { addDays, type Day, daysBetween } from '../pure/calendar/day.ts'
import { monthOf } from '../pure/calendar/period.ts'
import { isWorkingDay, workingDaysIn } from '../pure/calendar/working-days.ts'

/** A team that treats files: agents in full-time equivalents (ETPO), what each does in a day, share of days present. */
export interface CertTeam {
  fullTimeAgents: number
  filesPerAgentDay: number
  /** Share of working days worked once leave and absences are out; 1 when the agents counted are those present. */
  presence: number
}

/**
 * Files that a team treats on one working day: ETPO × files per agent and day × presence.
 *
 * Example: 20 agents at 95 files a day, present 80 % of the days: 1,520 files.
 */
export function filesPerWorkingDay(team: CertTeam): number {
  return team.fullTimeAgents * team.filesPerAgentDay * team.presence
}

/**
 * Agents (ETPO) who treat just so many files a working day: the inverse of `filesPerWorkingDay`, to three
 * figures. Example: 1,520 files at 95, present 80 % of the days: 20.
 */
export function agentsFor(files: number, { filesPerAgentDay, presence }: Omit<CertTeam, 'fullTimeAgents'>) {
  return Number((files / (filesPerAgentDay * presence)).toPrecision(3))
}

/** Part of its month that each day from `from` to `to` receives; computed once for many paths. */
export function workingDayShares(from: Day, to: Day): Float64Array {
  return Float64Array.from(daysFrom(from, to), day =>
    isWorkingDay(day) ? 1 / workingDaysIn(monthOf(day)) : 0,
  )
}

/** Every day from one to another, both included; empty if they are the wrong way round. */
export function daysFrom(from: Day, to: Day): Day[] {
  return Array.from({ length: Math.max(0, daysBetween(from, to) + 1) }, (_, i) => addDays(from, i))
}
