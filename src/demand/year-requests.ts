import { mean, quantileSorted } from 'simple-statistics'
import { monthsBetween, type Quarter } from '../pure/calendar/period.ts'
import { nineInTen } from '../pure/french/chances.ts'
import { twoFigures } from '../pure/french/french.ts'
import { sum } from '../pure/numerics/sum.ts'
import { type DemandSample, requestsByHall } from './demand-sample.ts'

/** Requests of a hall in a year, one count for each future, in ascending order; `undefined` for a hall not projected. */
export type YearRequests = (insee: string, year: number) => readonly number[] | undefined

/** Requests of a year: the mean, and the band that holds nine futures of the whole year in ten. */
export interface ExpectedYear {
  year: number
  mean: number
  low90: number
  high90: number
}

/** Where nine futures of ten lie, in the words of the pages. */
export function yearBand({ low90, high90 }: ExpectedYear): string {
  return nineInTen(twoFigures(low90), twoFigures(high90))
}

/** Rank of a hall among those of its department by the requests of a year, and its part of them. */
export interface Standing {
  rank: number
  of: number
  part: number
}

type ToldQuarter = { mean: number; counted?: number }

/** Requests of both titles by quarter: those counted whole before a projection, then its own. */
export function toldQuarters({
  both,
  observed,
}: {
  both: readonly (ToldQuarter & { quarter: Quarter })[]
  observed: readonly { quarter: Quarter; requests: number }[]
}): (ToldQuarter & { quarter: Quarter })[] {
  const before = observed.filter(({ quarter }) => quarter < (both[0]?.quarter ?? quarter))
  return [...before.map(({ quarter, requests }) => ({ quarter, mean: requests, counted: requests })), ...both]
}

/**
 * Requests of a whole year along its futures, in ascending order, their mean that of its quarters. What was counted of the year
 * is no longer uncertain: the spread is that of the rest.
 *
 * Example: 300 counted of the 400 of a year, futures of 200 and 600: 350 and 450; none counted: 200 and 600.
 */
export function yearFutures(quarters: readonly ToldQuarter[], futures: readonly number[]): number[] {
  const total = quarters.reduce((sum, point) => sum + point.mean, 0)
  const counted = quarters.reduce((sum, point) => sum + (point.counted ?? 0), 0)
  if (quarters.length !== 4) return [...futures]
  const left = (total - counted) / mean([...futures])
  return futures.map(requests => counted + left * requests)
}

/** A whole year of a hall: the mean of its futures, that of its quarters where all four are told, and where nine of ten lie. */
export function expectedYear(
  year: number,
  quarters: readonly ToldQuarter[],
  futures: readonly number[] | undefined,
): ExpectedYear | undefined {
  if (futures === undefined || quarters.length === 0) return undefined
  const told = yearFutures(quarters, futures)
  return { year, mean: mean(told), low90: quantileSorted(told, 0.05), high90: quantileSorted(told, 0.95) }
}

/** Requests of some halls in whole years, by year and hall: one count for each future, in ascending order. */
export function yearCounts(
  sample: DemandSample,
  { halls, years }: { halls: readonly string[]; years: readonly number[] },
): Map<number, Map<string, number[]>> {
  const asked = sample.halls.flatMap(({ insee }, h) => (halls.includes(insee) ? [h] : []))
  return new Map(
    years.map(year => {
      const months = monthsBetween(`${year}-01`, `${year}-12`)
      const byPath = requestsByHall(sample, months, asked).map(all => all.map(sum))
      const counts = (at: number) => byPath.map(path => path[at]!).sort((a, b) => a - b)
      return [year, new Map(asked.map((h, at) => [sample.halls[h]!.insee, counts(at)]))]
    }),
  )
}
