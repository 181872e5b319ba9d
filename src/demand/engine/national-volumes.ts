import type { Day } from '../../pure/calendar/day.ts'
import { type Quarter, quarterOf, yearOf } from '../../pure/calendar/period.ts'
import { LAST_CALM_YEAR } from './cohort-path.ts'
import { COUNTER_TITLES, type CounterTitle, LONGEST_BRIDGE, type YearVolume } from './national-issues.ts'

/** A national volume of a year, or a count of requests not made, as some source published it. */
export interface VolumeFact {
  title: CounterTitle | 'cni-passport'
  year: number
  value: number
  status: string
  publishedOn: Day
  source: string
}

/** What the national part of a projection stands on. */
export interface NationalVolumes {
  volumes: Record<CounterTitle, YearVolume[]>
  /** Volumes of both titles together, of years in which none is known of one alone. */
  totals: YearVolume[]
  /** Requests not made during the crisis, as counted; absent where nobody had counted them. */
  suppressed: Partial<Record<CounterTitle, number>>
  /** Last year of which a volume was known, where that is too long ago to say what came since. */
  unknownSince?: number
}

/**
 * Standard deviation of the logarithm of a level that nobody has told for more than eight years: national volumes of
 * identity titles moved by up to a half within eight years (9.5 million in 2019, 8.0 in 2021, 12.1 in 2022).
 */
export const UNTOLD_SPREAD = 0.25

/** Relative error of a national volume, by what its source says of it. */
const SPREADS: Record<string, number> = { observed: 0.02, derived: 0.04, estimated: 0.06 }

/**
 * National volumes and shortfalls as the engine takes them. Where the last volume is more than eight years older than
 * `day`, the years between are not bridged: its level is taken up again, and as uncertain as what nobody knows.
 */
export function nationalVolumes(
  issued: readonly VolumeFact[],
  notMade: readonly VolumeFact[],
  day?: Day,
): NationalVolumes {
  const of = (title: VolumeFact['title']): YearVolume[] =>
    issued
      .filter(fact => fact.title === title)
      .map(({ year, value, status, publishedOn, source }) => ({
        year,
        volume: value,
        spread: SPREADS[status] ?? 0.06,
        publishedOn,
        source,
      }))
      .sort((a, b) => a.year - b.year)
  const known = { cni: of('cni'), passport: of('passport') }
  const apart = new Set(COUNTER_TITLES.flatMap(title => known[title].map(({ year }) => year)))
  const counted = COUNTER_TITLES.flatMap(title => {
    const rows = notMade.filter(fact => fact.title === title)
    return rows.length === 0 ? [] : [[title, rows.reduce((sum, { value }) => sum + value, 0)] as const]
  })
  const last = lastYearKnown(issued)
  return {
    volumes: { cni: withUntold(known.cni, day), passport: withUntold(known.passport, day) },
    totals: of('cni-passport').filter(({ year }) => !apart.has(year)),
    suppressed: Object.fromEntries(counted),
    ...(last !== undefined && isUntold(last, day) ? { unknownSince: last } : {}),
  }
}

/** Last year of which a volume was told. */
export function lastYearKnown(issued: readonly VolumeFact[]): number | undefined {
  return issued.reduce<number | undefined>(
    (last, { year }) => (last === undefined || year > last ? year : last),
    undefined,
  )
}

/** First quarter to project for the nation: after the last year told, and not after the present one. */
export function nationStart(lastYear: number | undefined, day: Day): Quarter {
  const present = quarterOf(day)
  if (lastYear === undefined || isUntold(lastYear, day)) return present
  const next = `${lastYear + 1}-Q1`
  return next < present ? next : present
}

function isUntold(lastYear: number, day: Day | undefined): boolean {
  return day !== undefined && lastYear < yearOf(day) - LONGEST_BRIDGE
}

function withUntold(known: readonly YearVolume[], day: Day | undefined): YearVolume[] {
  const last = known.at(-1)
  if (last === undefined || day === undefined || !isUntold(last.year, day)) return [...known]
  const before = yearOf(day) - 1
  const year = last.year < LAST_CALM_YEAR ? Math.min(before, LAST_CALM_YEAR) : before
  return [...known, { year, volume: last.volume, spread: UNTOLD_SPREAD, untold: true }]
}
