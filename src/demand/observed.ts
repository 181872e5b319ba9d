import {
  addQuarters,
  type Month,
  monthNumber,
  monthsOfQuarter,
  type Quarter,
  quarterOf,
} from '../pure/calendar/period.ts'
import { groupBy } from '../pure/figures/group-by.ts'
import type { Quantiles } from '../pure/numerics/quantiles.ts'
import { sum } from '../pure/numerics/sum.ts'
import type { ObservedMonth } from './counted-month.ts'
import { MONTH_SHARES } from './engine/assumption.ts'
import type { InputHall } from './engine/demand.ts'
import { COUNTER_TITLES, type CounterTitle } from './engine/national-issues.ts'
import { shareOf } from './engine/part-tally.ts'
import type { ProjectedPoint, ProjectedTitle } from './engine/projection.ts'
import { presences } from './engine/town-share.ts'

/** A projected quarter beside what was counted of it: the whole, and it is observed, or some months, which it includes. */
export interface DemandPoint extends ProjectedPoint {
  status: 'observed' | 'estimated'
  /** Requests already counted in the quarter. */
  counted?: number
}

/** A quarter of which every request was counted. */
export interface ObservedPoint {
  place: string
  title: ProjectedTitle
  quarter: Quarter
  requests: number
}

/** The halls that make up a place, and what was counted at each. */
export interface CountedPlace {
  code: string
  halls: readonly Pick<InputHall, 'insee' | 'presence'>[]
  counted: readonly ObservedMonth[]
}

/**
 * Last quarter that is known of every series of counts: what is projected starts after the first that ends. `undefined`
 * without counts; a series without one whole quarter is known up to the quarter before its first month.
 */
export function observedThrough(counted: readonly ObservedMonth[]): Quarter | undefined {
  const ends = [...groupBy(counted, row => `${row.insee}|${row.title}`).values()].map(rows => {
    const whole = [...groupBy(rows, row => quarterOf(row.month))].filter(([, months]) => months.length === 3)
    const quarters = whole.map(([quarter]) => quarter).sort()
    return quarters.at(-1) ?? addQuarters(rows.map(row => quarterOf(row.month)).sort()[0]!, -1)
  })
  return ends.sort()[0]
}

/**
 * Puts what was counted in place of what was projected: a quarter counted whole is observed; of one counted in part the
 * projection keeps the months that are not, by their usual share of the quarter.
 *
 * Example: 300 requests expected in a second quarter, of which April (0.105 of a year's out of 0.31) was counted as 120:
 * 120 + 300 × (1 − 0.105 ÷ 0.31) = 318.4.
 *
 * @param expected points of the halls of the place in the same run; those of the place itself when it is a hall.
 */
export function completed(
  points: readonly ProjectedPoint[],
  place: CountedPlace,
  expected: readonly ProjectedPoint[],
): DemandPoint[] {
  if (place.counted.length === 0) return points.map(point => ({ ...point, status: 'estimated' }))
  const months = monthsByHall(place.counted)
  const meanOf = new Map(expected.map(point => [keyOf(point.place, point.title, point.quarter), point.mean]))
  return points.map(point => {
    const { title, quarter } = point
    const series = place.halls.flatMap(({ insee }) =>
      seriesOf(months, insee, title, quarter).map(({ titles, told }) => ({
        mean: sum(titles.map(one => meanOf.get(keyOf(insee, one, quarter)) ?? 0)),
        told,
      })),
    )
    const told = series.filter(one => one.told.length > 0)
    if (told.length === 0) return { ...point, status: 'estimated' }
    const requests = sum(told.flatMap(one => one.told.map(row => row.requests)))
    const whole = series.every(one => one.told.length === 3 || (one.told.length === 0 && one.mean === 0))
    const known = sum(told.map(one => one.mean * shareTold(one.told, quarter)))
    const left = point.mean > 0 && !whole ? Math.max(0, 1 - known / point.mean) : 0
    const mean = requests + left * point.mean
    return {
      ...point,
      mean,
      quantiles: mapped(point.quantiles, quantile => requests + left * quantile),
      parts: partsFor(point, mean),
      status: whole ? 'observed' : 'estimated',
      counted: requests,
    }
  })
}

/** Quarters before a projection in which every hall of a place counted every month: observed, each title and their sum. */
export function observedBefore(place: CountedPlace, first: Quarter): ObservedPoint[] {
  const months = monthsByHall(place.counted.filter(row => quarterOf(row.month) < first))
  const quarters = [...new Set(place.counted.map(row => quarterOf(row.month)))].filter(one => one < first)
  return quarters.sort().flatMap(quarter => {
    const present = presences(place.halls, quarter)
    const open = place.halls.filter((hall, h) => present[h]! > 0 || hasCounts(months, hall.insee, quarter))
    return ([...COUNTER_TITLES, 'cni-passport'] as const).flatMap(title => {
      const told = open.flatMap(({ insee }) => seriesOf(months, insee, title, quarter).map(one => one.told))
      if (told.length === 0 || told.some(rows => rows.length !== 3)) return []
      const requests = sum(told.flatMap(rows => rows.map(row => row.requests)))
      return [{ place: place.code, title, quarter, requests }]
    })
  })
}

function hasCounts(months: ReadonlyMap<string, ObservedMonth[]>, insee: string, quarter: Quarter): boolean {
  return [...COUNTER_TITLES, JOINT].some(title => months.has(keyOf(insee, title, quarter)))
}

const JOINT = 'cni-passport' as const

/** What a hall counted in a quarter of what makes a title: both titles as one series where a month was counted so. */
function seriesOf(
  months: ReadonlyMap<string, ObservedMonth[]>,
  insee: string,
  title: ProjectedTitle,
  quarter: Quarter,
): { titles: readonly CounterTitle[]; told: Pick<ObservedMonth, 'month' | 'requests'>[] }[] {
  const told = (one: ProjectedTitle) => months.get(keyOf(insee, one, quarter)) ?? []
  const titles = titlesOf(title)
  if (title !== JOINT || told(JOINT).length === 0)
    return titles.map(one => ({ titles: [one], told: told(one) }))
  const both = told('cni').flatMap(({ month, requests }) => {
    const other = told('passport').find(row => row.month === month)
    return other === undefined ? [] : [{ month, requests: requests + other.requests }]
  })
  return [{ titles, told: [...told(JOINT), ...both] }]
}

function titlesOf(title: ProjectedTitle): readonly CounterTitle[] {
  if (title === 'cni-passport') return COUNTER_TITLES
  return COUNTER_TITLES.filter(one => one === title)
}

function monthsByHall(counted: readonly ObservedMonth[]): Map<string, ObservedMonth[]> {
  return groupBy(counted, row => keyOf(row.insee, row.title, quarterOf(row.month)))
}

function keyOf(insee: string, title: ProjectedTitle, quarter: Quarter): string {
  return `${insee}|${title}|${quarter}`
}

/** Part of a quarter's requests that fall in the months counted, as months usually share a year. */
function shareTold(told: readonly Pick<ObservedMonth, 'month'>[], quarter: Quarter): number {
  const usual = (month: Month) => MONTH_SHARES[monthNumber(month) % 12]!
  return sum(told.map(row => usual(row.month))) / sum(monthsOfQuarter(quarter).map(usual))
}

/** The same composition for another mean: counts do not say what brought people. */
function partsFor({ parts, mean: before }: ProjectedPoint, mean: number): ProjectedPoint['parts'] {
  return shareOf(parts, before > 0 ? mean / before : 0)
}

function mapped(quantiles: Quantiles, of: (value: number) => number): Quantiles {
  return Object.fromEntries(
    Object.entries(quantiles).map(([name, value]) => [name, of(value)]),
  ) as unknown as Quantiles
}
