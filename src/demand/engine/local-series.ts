import {
  type Month,
  monthNumber,
  monthOfNumber,
  monthsOfQuarter,
  type Quarter,
  quartersBetween,
} from '../../pure/calendar/period.ts'
import { groupBy } from '../../pure/figures/group-by.ts'
import { largest } from '../../pure/numerics/extremes.ts'
import { type Hierarchy, hierarchyOf } from '../../pure/numerics/hierarchy/hierarchy.ts'
import { minTrace } from '../../pure/numerics/hierarchy/reconcile.ts'
import { average } from '../../pure/numerics/quantiles.ts'
import { calibrate, interval } from '../../pure/numerics/series/conformal.ts'
import { forecastSeries } from '../../pure/numerics/series/series-ensemble.ts'
import { type DemandRecord, periodAfter } from './demand-record.ts'
import { forecastDemand } from './forecast.ts'
import { hallCohorts } from './hall-cohorts.ts'
import { demandBounds } from './interval.ts'
import type { CounterTitle } from './national-issues.ts'
import { errorsAtPastOrigin, type PastError, wholeOf } from './past-errors.ts'

/** Requests counted at one hall for one title, month after month; `undefined` where nothing was told. */
export interface CountedSeries {
  insee: string
  title: CounterTitle
  counts: (number | undefined)[]
}

/** What the counts of one hall say of its future, and how much it is worth beside the cohorts. */
export interface LocalForecast {
  insee: string
  title: CounterTitle
  quarters: { quarter: Quarter; mean: number; logSpread: number; weight: number }[]
}

/** What the series engine is asked with. */
export interface LocalQuestion {
  series: readonly CountedSeries[]
  firstMonth: Month
  /** Months not to learn from. */
  exceptional: ReadonlySet<Month>
  firstQuarter: Quarter
  lastQuarter: Quarter
  /** Requests that the cohorts expect for a title in a month, up to the level of the hall. */
  expected: (title: CounterTitle, month: Month) => number
  /** Titles of the department that come due in a month. */
  due: (month: Month) => number
}

/** Below two years of counts a series tells its level, not its season; two years judge both parts already. */
export const LEAST_MONTHS = 24
/** Counts that stop longer before the projection than this describe another time. */
const STALE_MONTHS = 6
/** What recent counts know of the future halves every two years. */
const HALF_LIFE_QUARTERS = 8
/** How many months before the last one past forecasts are made. */
const PAST_ORIGINS = [12, 9, 6, 3]
/** The root mean square of so many errors is known to 9 % (1 / √2n), which moves a weight by 6 points at most. */
const ENOUGH_ERRORS = 64
/** Beyond three years a series only repeats itself. */
const LONGEST_QUARTERS = 12

/**
 * Forecasts of the halls that have counted at least two years, by the series engine on months, reconciled so that halls
 * and titles add up (MinT-shrink), then summed to quarters. Their weight beside the cohorts is what past errors say
 * behind a closed gate (Bates and Granger 1969), nothing where the exposure moves, and fades with the horizon.
 */
export function localForecasts(question: LocalQuestion): LocalForecast[] {
  const { series, firstMonth, exceptional, firstQuarter } = question
  const start = monthNumber(firstMonth)
  const usable = series.filter(one =>
    isUsable(one.counts, start, monthNumber(monthsOfQuarter(firstQuarter)[0])),
  )
  if (usable.length === 0) return []
  const length = largest(usable.map(one => one.counts.length))
  const masked = Array.from({ length }, (_, i) => exceptional.has(monthOfNumber(start + i)))
  const hierarchy = hierarchyOf(usable, [() => 'all', one => one.title, one => one.insee])
  const wanted = quartersBetween(firstQuarter, question.lastQuarter).slice(0, LONGEST_QUARTERS)
  const lastMonth = monthsOfQuarter(wanted.at(-1) ?? firstQuarter)[2]
  const horizon = monthNumber(lastMonth) - (start + length) + 1
  const nodes = nodeCounts(hierarchy, usable, length).map(values =>
    forecastSeries(values, { period: 12, horizon, masked }),
  )
  const seen =
    nodes[0]?.residuals.flatMap((_, i) =>
      nodes.every(node => Number.isFinite(node.residuals[i])) ? [i] : [],
    ) ?? []
  const reconcile = minTrace(
    hierarchy,
    nodes.map(node => seen.map(i => node.residuals[i] ?? 0)),
    Float64Array.from(nodes, node => 1 + average(Float64Array.from(node.mean))),
  )
  const reconciled = Array.from({ length: horizon }, (_, h) =>
    reconcile(nodes.map(node => node.mean[h] ?? 0)),
  )
  const records = usable.map(one => hallRecord(one, question))
  const errors = new Map(
    [...groupBy(usable, one => one.title)].map(([title, halls]) => [
      title,
      pooledErrors(halls.map(hall => records[usable.indexOf(hall)]!)),
    ]),
  )
  const usual = calibrate([], horizon)
  return usable.map((one, leaf) => {
    const node = hierarchy.totals.length + leaf
    const mean = Array.from({ length: horizon }, (_, h) => reconciled[h]?.[node] ?? 0)
    const spread = Array.from({ length: horizon }, (_, h) => nodes[node]?.spread[h] ?? 0)
    const record = records[leaf]!
    const forecast = forecastDemand(record, horizon, () => ({ mean }), errors.get(one.title) ?? [])
    const [band] = demandBounds(forecast, [LEVEL], 12)
    const conformal = interval({ mean, spread }, usual, LEVEL)
    return {
      insee: one.insee,
      title: one.title,
      quarters: wanted.map((quarter, q) => {
        const steps = monthsOfQuarter(quarter).map(month => monthNumber(month) - periodAfter(record))
        const sum = (values: readonly number[]) => steps.reduce((total, h) => total + (values[h] ?? 0), 0)
        const [total, cohortWeight] = [sum(mean), sum(forecast.cohortWeight) / steps.length]
        const past = Math.log((band!.upper[steps[0]!] ?? 1) / Math.max(1e-9, forecast.mean[steps[0]!] ?? 1))
        const own = total > 0 ? sum(conformal.upper) / total - 1 : 1
        return {
          quarter,
          mean: total,
          logSpread: total > 0 ? Math.min(1, Math.max(past, own) / LEVEL_NORMAL) : 1,
          weight: total > 0 ? (1 - cohortWeight) * 0.5 ** (q / HALF_LIFE_QUARTERS) : 0,
        }
      }),
    }
  })
}

/** Level of the bands of a hall, and the normal quantile that reaches it on both sides. */
const LEVEL = 0.9
const LEVEL_NORMAL = 1.645

/** A hall's counts as the engine takes them: its cohorts are its share of the nation's. */
function hallRecord({ title, counts }: CountedSeries, question: LocalQuestion): DemandRecord {
  const start = monthNumber(question.firstMonth)
  return {
    start,
    observed: counts,
    stepsAYear: 12,
    cohorts: hallCohorts({
      requests: period => question.expected(title, monthOfNumber(period)),
      due: period => question.due(monthOfNumber(period)),
    }),
    exceptional: new Set([...question.exceptional].map(monthNumber)),
  }
}

function isUsable(counts: CountedSeries['counts'], start: number, projected: number): boolean {
  const last = counts.findLastIndex(count => count !== undefined)
  return (
    counts.filter(count => count !== undefined).length >= LEAST_MONTHS &&
    projected - (start + last + 1) <= STALE_MONTHS
  )
}

/** Counts of every node: a total is known only in the months in which all its halls are. */
function nodeCounts(
  hierarchy: Hierarchy,
  leaves: readonly CountedSeries[],
  length: number,
): (number | undefined)[][] {
  const of = (members: ArrayLike<number>) =>
    Array.from({ length }, (_, i) => {
      let total = 0
      for (let m = 0; m < members.length; m++) {
        const count = leaves[members[m] ?? -1]?.counts[i]
        if (count === undefined) return undefined
        total += count
      }
      return total
    })
  return [...hierarchy.totals.map(of), ...leaves.map((_, leaf) => of([leaf]))]
}

/**
 * Errors of both parts on the halls of one title, a quarter to a year ahead of past origins, each origin as one. A large
 * department is judged on some of its errors, spread over halls and origins.
 */
function pooledErrors(records: readonly DemandRecord[]): PastError[] {
  const all = PAST_ORIGINS.flatMap(back => records.map(record => ({ record, back })))
  const count = Math.min(ENOUGH_ERRORS, all.length)
  return Array.from({ length: count }, (_, i) => all[Math.floor((i * all.length) / count)]!).flatMap(
    ({ record, back }) => {
      const errors = errorsAtPastOrigin(record, back, back, forecastSeries, LEAST_MONTHS / 12)
      return errors.length < back ? [] : [wholeOf(errors)]
    },
  )
}
