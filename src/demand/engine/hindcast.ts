import { type Day, daysBetween } from '../../pure/calendar/day.ts'
import { largest } from '../../pure/numerics/extremes.ts'
import { quantilesOf } from '../../pure/numerics/quantiles.ts'
import { sum } from '../../pure/numerics/sum.ts'
import { ASSUMPTIONS, type AssumptionName } from './assumption.ts'
import { nationalModel } from './cohort-path.ts'
import { nationalFutures } from './national-future.ts'
import { COUNTER_TITLES, type CounterTitle } from './national-issues.ts'
import { nationalVolumes, type VolumeFact } from './national-volumes.ts'
import { monthIndex } from './simulated-month.ts'

/** What the engine would have said of a national year at the end of an earlier one, beside what came. */
export interface HindcastRow {
  asOf: Day
  year: number
  title: CounterTitle | 'cni-passport'
  median: number
  p05: number
  p95: number
  fact: number
  factLow: number
  factHigh: number
  /** `published`: printed as such by its source; `derived`: computed from printed figures, weak where the interval is wide. */
  factKind: 'published' | 'derived'
  errorPct: number
  within: boolean
  /** What the last known year, the line through the last two, and nothing else would have said. */
  lastValue: number | undefined
  lastValueErrorPct: number | undefined
  drift: number | undefined
  driftErrorPct: number | undefined
  /** What the projection used although its source appeared after the day: volumes of years over, and assumptions. */
  hindsight: string[]
}

/** Ends of years at which the engine is asked: before the crisis, in it, and after each year of the rise. */
export const HINDCAST_ORIGINS: readonly Day[] = [
  '2019-12-31',
  '2021-12-31',
  '2022-12-31',
  '2023-12-31',
  '2024-12-31',
]
/** Law of most departments: the new card everywhere on 2 August 2021. */
const LAW_OF = ''
const PATHS = 1000
const SEED = 20_220_405

/**
 * Interval of a fact, from what its source says: a printed figure to its last digit, a computed one as far as its sources
 * disagree. Years without a line here take the relative error of their status.
 */
export interface FactInterval {
  title: HindcastRow['title']
  year: number
  low: number
  high: number
}

/** Intervals that the sources of weak facts leave open. */
export const FACT_INTERVALS: readonly FactInterval[] = [
  { title: 'cni-passport', year: 2023, low: 13_300_000, high: 16_000_000 },
  { title: 'cni-passport', year: 2024, low: 11_000_000, high: 14_000_000 },
]
/** Half-width of a fact of one status, relative to it, where no interval is recorded. */
const HALF_WIDTHS: Record<string, number> = { observed: 0.01, derived: 0.04, estimated: 0.06 }

/**
 * Puts the engine back at the end of each year, knowing the volumes of the years that were over, and judges what it says
 * of the following ones. The State counts a year before anybody prints it: a volume printed later is used and marked.
 * `published` keeps to what was printed by the day; where that leaves nothing of the last eight years, nothing is said.
 */
export function hindcast(
  issued: readonly VolumeFact[],
  notMade: readonly VolumeFact[],
  clock: 'counted' | 'published' = 'counted',
  origins: readonly Day[] = HINDCAST_ORIGINS,
): HindcastRow[] {
  return origins.flatMap(asOf => {
    const [known = [], shortfall = []] = [issued, notMade].map(facts =>
      facts.filter(fact => (clock === 'counted' ? fact.year <= yearOf(asOf) : fact.publishedOn <= asOf)),
    )
    const inputs = nationalVolumes(known, shortfall)
    if (largest(known.map(fact => fact.year)) < yearOf(asOf) - 8 || inputs.volumes.passport.length === 0)
      return []
    const last = largest(issued.map(fact => fact.year))
    const model = nationalModel(inputs, LAW_OF, `${last}-12`)
    const { futures } = nationalFutures(model, PATHS, SEED)
    const yearsAhead = Array.from({ length: last - yearOf(asOf) }, (_, i) => yearOf(asOf) + 1 + i)
    const after = [...known, ...shortfall].filter(fact => fact.publishedOn > asOf)
    return yearsAhead.flatMap(year =>
      (['cni', 'passport', 'cni-passport'] as const).flatMap(title => {
        const fact = issued.find(one => one.title === title && one.year === year)
        if (fact === undefined) return []
        const titles: readonly CounterTitle[] = title === 'cni-passport' ? COUNTER_TITLES : [title]
        const sample = Float64Array.from(futures, ({ national }) =>
          sum(
            titles.map(one =>
              sum(national[one].subarray(monthIndex(`${year}-01`), monthIndex(`${year + 1}-01`))),
            ),
          ),
        )
        const { p05, p50, p95 } = quantilesOf(sample)
        const past = yearsOf(known, title)
        const [before, lastPast] = [past.at(-2), past.at(-1)]
        const lastValue = lastPast?.value
        const drift =
          before && lastPast
            ? lastPast.value +
              ((lastPast.value - before.value) / (lastPast.year - before.year)) * (year - lastPast.year)
            : undefined
        const error = (said: number) => 100 * (said / fact.value - 1)
        const { low, high } = intervalOf(fact)
        return [
          {
            asOf,
            year,
            title,
            median: p50,
            p05,
            p95,
            fact: fact.value,
            factLow: low,
            factHigh: high,
            factKind: fact.status === 'observed' ? ('published' as const) : ('derived' as const),
            errorPct: error(p50),
            within: p05 <= fact.value && fact.value <= p95,
            lastValue,
            lastValueErrorPct: lastValue === undefined ? undefined : error(lastValue),
            drift,
            driftErrorPct: drift === undefined ? undefined : error(drift),
            hindsight: [
              ...after.map(one => `${one.title} ${one.year} (${one.publishedOn})`),
              ...hindsightAssumptions(asOf),
            ],
          },
        ]
      }),
    )
  })
}

/** Assumptions whose origin appeared after a day: a projection as of that day knows them by hindsight. */
export function hindsightAssumptions(asOf: Day): AssumptionName[] {
  return (Object.keys(ASSUMPTIONS) as AssumptionName[]).filter(name => {
    const { rests } = ASSUMPTIONS[name] as { rests?: Day }
    return rests !== undefined && daysBetween(asOf, rests) > 0
  })
}

function intervalOf({ title, year, value, status }: VolumeFact): { low: number; high: number } {
  const half = HALF_WIDTHS[status] ?? 0.06
  return (
    FACT_INTERVALS.find(one => one.title === title && one.year === year) ?? {
      low: value * (1 - half),
      high: value * (1 + half),
    }
  )
}

/** Volumes of a title by year; both together are summed where they are known apart only. */
function yearsOf(
  known: readonly VolumeFact[],
  title: HindcastRow['title'],
): { year: number; value: number }[] {
  const own = known.filter(fact => fact.title === title).map(({ year, value }) => ({ year, value }))
  if (title !== 'cni-passport') return own.sort((a, b) => a.year - b.year)
  const years = [...new Set(known.map(fact => fact.year))].filter(year => !own.some(one => one.year === year))
  const summed = years.flatMap(year => {
    const parts = COUNTER_TITLES.flatMap(
      one => known.find(fact => fact.title === one && fact.year === year) ?? [],
    )
    return parts.length === COUNTER_TITLES.length ? [{ year, value: sum(parts.map(part => part.value)) }] : []
  })
  return [...own, ...summed].sort((a, b) => a.year - b.year)
}

function yearOf(day: Day): number {
  return Number(day.slice(0, 4))
}
