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
import { cohortWeight } from '../../pure/numerics/series/exposure-gate.ts'
import { forecastSeries } from '../../pure/numerics/series/series-ensemble.ts'
import type { GateYear } from './gate.ts'
import type { CounterTitle } from './national-issues.ts'

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
  gate: readonly GateYear[]
  /** Requests that the cohorts expect for a title in a month, up to the level of the hall. */
  expected: (title: CounterTitle, month: Month) => number
}

/** Below two years of counts a series tells its level, not its season. */
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
export const LONGEST_QUARTERS = 12

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
  const hierarchy = hierarchyOf(usable, one => `${one.insee}|${one.title}`, [
    () => 'all',
    one => one.title,
    one => one.insee,
  ])
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
  const { reconcile } = minTrace(
    hierarchy,
    nodes.map(node => seen.map(i => node.residuals[i] ?? 0)),
  )
  const reconciled = Array.from({ length: horizon }, (_, h) =>
    reconcile(nodes.map(node => node.mean[h] ?? 0)),
  )
  const errors = new Map(
    [...groupBy(usable, one => one.title)].map(([title, halls]) => [
      title,
      pastErrors(halls, question, masked),
    ]),
  )
  return usable.map((one, leaf) => ({
    insee: one.insee,
    title: one.title,
    quarters: wanted.map((quarter, q) => {
      const steps = monthsOfQuarter(quarter).map(month => monthNumber(month) - (start + length))
      const node = hierarchy.totals.length + leaf
      const mean = steps.reduce((sum, h) => sum + (reconciled[h]?.[node] ?? 0), 0)
      const spread = steps.reduce((sum, h) => sum + (nodes[node]?.spread[h] ?? 0), 0)
      const opening = question.gate[Math.floor(q / 4)]?.opening ?? 1
      return {
        quarter,
        mean,
        logSpread: Math.min(1, mean > 0 ? spread / mean : 1),
        weight:
          mean > 0 ? (1 - cohortWeight(opening, errors.get(one.title))) * 0.5 ** (q / HALF_LIFE_QUARTERS) : 0,
      }
    }),
  }))
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
 * Size of the errors of both ways on the halls of one title, a quarter to a year ahead of past origins. A large department
 * is judged on some of its errors, spread over halls and origins.
 */
function pastErrors(
  halls: readonly CountedSeries[],
  question: LocalQuestion,
  masked: readonly boolean[],
): { cohort: number; series: number } | undefined {
  const all = PAST_ORIGINS.flatMap(back => halls.map(hall => ({ ...hall, back })))
  const count = Math.min(ENOUGH_ERRORS, all.length)
  const some = Array.from({ length: count }, (_, i) => all[Math.floor((i * all.length) / count)]!)
  const errors = some
    .map(({ title, counts, back }) => pastError(title, counts, back, question, masked))
    .filter(error => error !== undefined)
  if (errors.length === 0) return undefined
  const size = (of: 'cohort' | 'series') =>
    Math.sqrt(errors.reduce((sum, error) => sum + error[of] ** 2, 0) / errors.length)
  return { cohort: size('cohort'), series: size('series') }
}

/** Logarithmic errors of both ways on the last `back` months of a hall, learnt from those before. */
function pastError(
  title: CounterTitle,
  counts: CountedSeries['counts'],
  back: number,
  { firstMonth, expected }: LocalQuestion,
  masked: readonly boolean[],
): { cohort: number; series: number } | undefined {
  const start = monthNumber(firstMonth)
  const origin = counts.length - back
  const known = counts.slice(0, origin)
  const future = counts.slice(origin)
  if (known.filter(count => count !== undefined).length < LEAST_MONTHS) return undefined
  if (future.some((count, i) => count === undefined || masked[origin + i])) return undefined
  const came = future.reduce<number>((sum, count) => sum + (count ?? 0), 0)
  const said = forecastSeries(known, {
    period: 12,
    horizon: back,
    masked: masked.slice(0, origin),
  }).mean.reduce((a, b) => a + b, 0)
  const cohorts = (from: number, to: number, only?: (i: number) => boolean) => {
    let total = 0
    for (let i = from; i < to; i++)
      if (only === undefined || only(i)) total += expected(title, monthOfNumber(start + i))
    return total
  }
  const learned = (i: number) => counts[i] !== undefined && !masked[i]
  const level =
    known.reduce<number>((sum, count, i) => sum + (learned(i) ? (count ?? 0) : 0), 0) /
    cohorts(0, origin, learned)
  const cohort = level * cohorts(origin, counts.length)
  if (!(came > 0) || !(said > 0) || !(cohort > 0)) return undefined
  return { cohort: Math.log(cohort / came), series: Math.log(said / came) }
}
