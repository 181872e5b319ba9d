import type { Day } from '../pure/calendar/day.ts'
import type { Quarter } from '../pure/calendar/period.ts'
import type { ExplanationLine } from '../pure/figures/explanation.ts'
import type { ProjectedDays } from '../pure/numerics/series/projected-days.ts'
import type { CommitteeTables } from './committee.ts'
import type { RegisterLine } from './register.ts'

/** What follows the year of a report, as far as it can be projected, or the reason why it cannot. */
export type ReportProjection =
  | { label: string; limitDays: number; source: string; quarters: ProjectedDays[] }
  | { label: string; reason: string }

/** Why a delay was what it was. */
export interface ReportReason {
  label: string
  quarter: Quarter
  lines: ExplanationLine[]
}

/** The report of a users' committee: its tables, what does not agree, the reasons, and what comes next. */
export interface CommitteeReport extends CommitteeTables {
  place: { code: string; name: string }
  /** Day on which the projection was made, or the last publication when there is none. */
  asOf: Day
  reasons: ReportReason[]
  projections: ReportProjection[]
  /** What was said in the committees held until the end of the next year, as it stands on the day of the report. */
  register: RegisterLine[]
}
