import type { ExpectedQuarter } from '../demand/demand-figures.tsx'
import type { PlaceDemand } from '../demand/place-demand-queries.ts'
import type { ExpectedYear, YearRequests } from '../demand/year-requests.ts'
import type { TownHall } from '../places/town-hall.ts'
import type { Day } from '../pure/calendar/day.ts'
import type { Quarter } from '../pure/calendar/period.ts'
import type { ProjectedQuarter } from '../pure/charts/fan.ts'
import type { ExplanationLine } from '../pure/figures/explanation.ts'
import type { Status } from '../pure/figures/measure.ts'
import type { QuarterlySeries } from '../pure/figures/quarterly-series.ts'
import type { ProjectedDays } from '../pure/numerics/series/projected-days.ts'
import type { HallLevers } from '../waits/hall-lever.ts'
import type { EstimatedWeek, HallOffer } from '../waits/hall-offer.ts'
import type { WaitFact } from '../waits/wait-fact.ts'
import type { WaitNow } from '../waits/wait-now.ts'
import type { GrantOutlook } from './grant-outlook.ts'

/** An absence with its reason, in French. */
export interface Absence {
  reason: string
}

/** A wait that somebody published. */
export interface PublishedWait {
  quarter: Quarter
  /** What was published last of the quarter: itself, a month or a day of it. */
  period: string
  days: number
  status: Status
  source: string
  publishedOn: Day
}

/** Expected requests of a quarter, beside the slots of its imported week. */
export interface CapacityQuarter {
  quarter: Quarter
  requests: number
  requestsLow90: number
  requestsHigh90: number
  slots: number
}

/** The wait of a hall from the day on. */
export interface BriefProjection {
  today: { median: number; low90: number; high90: number }
  /** The same quarter of next year, where the levers are read. */
  nextYear: ProjectedDays
  quarters: ProjectedDays[]
  fan: ProjectedQuarter[]
}

/** Everything that a town must know of its hall; every form of the sheet is drawn from it. */
export interface Brief {
  insee: string
  name: string
  department: { code: string; name: string }
  /** Day of the sheet, from which the wait goes on. */
  asOf: Day
  lastPublishedOn: Day | null
  run: { id: string; version: string; asOf: Day } | null
  remember: ExplanationLine[]
  wait: {
    withoutAppointment: boolean
    own: PublishedWait[]
    /** What was read at the hall in the week before the day, with its clock and day in words. */
    read: (WaitFact & { words: string }) | null
    department: PublishedWait[]
    limitDays: number
    projection: BriefProjection | Absence
  }
  demand: { years: ExpectedYear[]; next: ExpectedYear; quarters: ExpectedQuarter[] } | Absence
  why: ExplanationLine[]
  /** Quarter by quarter where hours were imported, or else an ordinary week of next year, estimated. */
  capacity:
    | { quarters: CapacityQuarter[]; origin: string }
    | { week: EstimatedWeek & { requests: number } }
    | Absence
  levers: (HallLevers & { at: Quarter; decidedOn: Day }) | Absence
  grant: { outlook: GrantOutlook; words: string } | Absence
  comparison: { label: string; own: string; department: string }[]
  /** What was published after the day of a replayed sheet, beside what the sheet says; empty for a sheet of the day. */
  since: LaterWait[]
  method: string[]
  sources: string[]
}

/** A wait published after the day of a replayed sheet, and what the sheet said of its quarter. */
export interface LaterWait {
  place: string
  period: string
  days: number
  status: Status
  source: string
  publishedOn: Day
  said: ProjectedDays | undefined
}

/** What a brief stands on. */
export interface BriefFacts {
  today: Day
  hall: TownHall
  departmentName: string
  departmentPopulation: number | undefined
  ownWaits: readonly QuarterlySeries[]
  departmentWaits: readonly QuarterlySeries[]
  /** The day of a replayed sheet; `undefined` for a sheet of the day. */
  past?: Day | undefined
  /** Everything published since, for a sheet of a past day. */
  laterWaits?: readonly WaitFact[]
  demand: PlaceDemand | Absence
  departmentDemand: PlaceDemand | Absence
  /** The wait of the hall as of the day; `undefined` where nothing published speaks of it nor of the nation. */
  now: WaitNow | undefined
  /** What the hall offers; `undefined` where no demand is projected. */
  offer: HallOffer | undefined
  /** What levers would do in the quarter `leversAt`; `undefined` where there is no wait or no offer. */
  levers: HallLevers | undefined
  /** Requests of whole years along the futures of the demand; `undefined` when none is projected. */
  requestsOf: YearRequests | undefined
}
