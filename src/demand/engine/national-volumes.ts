import type { Day } from '../../pure/calendar/day.ts'
import { COUNTER_TITLES, type CounterTitle, type YearVolume } from './national-issues.ts'

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
}

/** Relative error of a national volume, by what its source says of it. */
const SPREADS: Record<string, number> = { observed: 0.02, derived: 0.04, estimated: 0.06 }

/** National volumes and shortfalls as the engine takes them. */
export function nationalVolumes(
  issued: readonly VolumeFact[],
  notMade: readonly VolumeFact[],
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
  const volumes = { cni: of('cni'), passport: of('passport') }
  const apart = new Set(COUNTER_TITLES.flatMap(title => volumes[title].map(({ year }) => year)))
  const counted = COUNTER_TITLES.flatMap(title => {
    const rows = notMade.filter(fact => fact.title === title)
    return rows.length === 0 ? [] : [[title, rows.reduce((sum, { value }) => sum + value, 0)] as const]
  })
  return {
    volumes,
    totals: of('cni-passport').filter(({ year }) => !apart.has(year)),
    suppressed: Object.fromEntries(counted),
  }
}
