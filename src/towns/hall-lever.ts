import { quantileSorted } from 'simple-statistics'
import { daysInPeriod, firstDay, type Quarter } from '../pure/calendar/period.ts'
import { exactly, type Lever } from '../pure/figures/lever.ts'
import type { PathBand } from '../pure/numerics/series/path-band.ts'
import { type Hall, weekCapacity } from '../waits/hall-capacity.ts'
import {
  mobileStation,
  moreHours,
  moreStations,
  preApplications,
  shorterGap,
  type WaitParameters,
} from '../waits/lever.ts'
import { projectOutlook, type ReadyHall, slotsOf, type WaitOutlook } from '../waits/wait-outlook.ts'

/** Wait that should not be passed, in days: asked of prefects for early 2023. */
export const LIMIT_DAYS = 30
/** Hours a week asked of a new station. */
const STATION_HOURS = 30
const MOBILE_HOURS = 12

/** What a lever would do to the wait of one hall at the end of the projection; days are `null` beyond the calendar. */
export interface LeverEffect {
  code: string
  name: string
  /** What is decided, in French, with its unit. */
  change: string
  medianDays: number | null
  gainedDays: number | null
  probabilityOver: number
  cost: { once: number; perYear: number; source: string } | null
  leadWeeks: number
  origin: string
}

/** A lever whose effect cannot be computed, and why. */
export interface LeverWithoutEffect {
  code: string
  name: string
  reason: string
}

/** How many requests a hall would receive for 100 that it can, in a quarter; slots only where they were imported. */
export interface QuarterLoad {
  quarter: Quarter
  slots: number | null
  median: number
  low90: number
  high90: number
}

interface Choice {
  lever: Lever<WaitParameters>
  change: string
  origin: string
}

/** The same department seen from one hall: its queue alone, which is how it is projected when nothing is shared. */
export function outlookOfHall(outlook: WaitOutlook, insee: string): WaitOutlook | undefined {
  const at = outlook.halls.findIndex(hall => hall.insee === insee)
  const [hall, demand] = [outlook.halls[at], outlook.demand[at]]
  return hall && demand ? { ...outlook, halls: [hall], demand: [demand] } : undefined
}

/**
 * Load of a hall in each quarter, its slots held as they are. Without imported hours only the ratio is known: the waits
 * published say how fast demand outran the slots, not how many slots there were.
 */
export function loadByQuarter(own: WaitOutlook, quarters: readonly Quarter[]): QuarterLoad[] {
  const [hall] = own.halls
  const slots = slotsOf(own, own.months).slots.get(hall?.insee ?? '') ?? new Float64Array()
  const paths = own.demand[0] ?? []
  let day = 0
  return quarters.map((quarter, q) => {
    const days = daysInPeriod(quarter)
    const offered = slots.subarray(day, day + days).reduce((sum, value) => sum + value, 0)
    day += days
    const loads = paths
      .map(path => (100 * path.subarray(3 * q, 3 * q + 3).reduce((sum, value) => sum + value, 0)) / offered)
      .sort((a, b) => a - b)
    const at = (share: number) => quantileSorted(loads, share)
    return {
      quarter,
      slots: hall?.capacity === 'imported' ? offered : null,
      median: at(0.5),
      low90: at(0.05),
      high90: at(0.95),
    }
  })
}

/** The levers of a hall, the strongest first. Each is decided on the first day of the projection, alone. */
export function leverEffects(
  own: WaitOutlook,
  unchanged: PathBand | undefined,
): { effects: LeverEffect[]; without: LeverWithoutEffect[] } {
  const [hall] = own.halls
  if (hall === undefined) return { effects: [], without: [] }
  const decidedOn = firstDay(own.from)
  const last = (decisions: { lever: Lever<WaitParameters>; decidedOn: string }[]) => {
    const [projected] = projectOutlook(own, { decisions, limitDays: LIMIT_DAYS, lastQuarters: 1 }).halls
    return projected !== undefined && 'quarters' in projected ? projected.quarters.at(-1)?.wait : undefined
  }
  const effects = choicesOf(hall).map(({ lever, change, origin }): LeverEffect => {
    const then = last([{ lever, decidedOn }])
    const gained =
      unchanged?.median === undefined || then?.median === undefined ? null : unchanged.median - then.median
    const { cost } = lever
    return {
      code: lever.code,
      name: lever.name,
      change,
      medianDays: then?.median ?? null,
      gainedDays: gained,
      probabilityOver: then?.probabilityOver ?? 1,
      cost: cost === 'unknown' ? null : { once: cost.once, perYear: cost.perYear, source: cost.source.title },
      leadWeeks: lever.leadWeeks,
      origin,
    }
  })
  const beyond = Number.POSITIVE_INFINITY
  effects.sort(
    (a, b) => a.probabilityOver - b.probabilityOver || (a.medianDays ?? beyond) - (b.medianDays ?? beyond),
  )
  const { code, name } = preApplications(hall.insee, 0, { amount: exactly(0), leadWeeks: 0 })
  return {
    effects,
    without: [
      {
        code,
        name,
        reason: 'le temps gagné par une pré-demande n’est publié nulle part : effet non calculé',
      },
    ],
  }
}

/**
 * What one more station multiplies the slots of a hall by: one that is thought to offer less than a station does sees them
 * more than doubled, and a queue that looked endless ends.
 */
export function stationFactor(ready: ReadyHall): number {
  const { hall } = ready
  const more = { ...hall, stations: hall.stations + stationsAdded(ready) }
  return weekCapacity(more).requests / weekCapacity(hall).requests
}

/** One station where hours are known; otherwise as many of those supposed as make the hours of a new one. */
function stationsAdded({ hall, stations }: ReadyHall): number {
  return stations === undefined ? stationsFor(hall, STATION_HOURS) : 1
}

function stationsFor(hall: Hall, hours: number): number {
  const perStation = hall.hours.reduce((sum, day) => sum + day, 0)
  return perStation > 0 ? hours / perStation : 1
}

function choicesOf(ready: ReadyHall): Choice[] {
  const { insee, hall, stations } = ready
  const known = stations !== undefined
  return [
    {
      lever: moreStations(insee, {
        amount: exactly(stationsAdded(ready)),
        leadWeeks: 26,
      }),
      change: known ? 'une station de plus, aux mêmes horaires' : 'une station de plus, 30 h par semaine',
      origin: '30 h par semaine demandées à une station nouvelle ; délai : hypothèse',
    },
    {
      lever: moreHours(insee, { amount: exactly(5), leadWeeks: 8 }),
      change: known ? '5 h de plus par semaine et par station' : '5 h de guichet de plus par semaine',
      origin: 'ampleur et délai : hypothèses',
    },
    {
      lever: shorterGap(insee, { amount: exactly(3), leadWeeks: 4 }),
      change: '2 minutes entre deux rendez-vous au lieu de 5',
      origin: 'écarts : hypothèses (15 minutes conseillées, 20 au plus)',
    },
    {
      lever: mobileStation(insee, { amount: exactly(stationsFor(hall, MOBILE_HOURS)), leadWeeks: 8 }),
      change: 'une station mobile, 12 h par semaine',
      origin: 'ampleur et délai : hypothèses',
    },
  ]
}
