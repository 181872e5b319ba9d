import { mean, quantileSorted } from 'simple-statistics'
import { monthsBetween } from '../pure/calendar/period.ts'
import { nineInTen } from '../pure/french/chances.ts'
import { twoFigures } from '../pure/french/french.ts'
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

/** A whole year of a hall: the sum of its quarters' means, and where nine futures of ten lie. */
export function expectedYear(
  year: number,
  quarters: readonly ToldQuarter[],
  futures: readonly number[] | undefined,
): ExpectedYear | undefined {
  if (futures === undefined || quarters.length !== 4) return undefined
  const told = yearFutures(quarters, futures)
  const total = quarters.reduce((sum, point) => sum + point.mean, 0)
  return { year, mean: total, low90: quantileSorted(told, 0.05), high90: quantileSorted(told, 0.95) }
}

const counted = new WeakMap<DemandSample, Map<number, ReadonlyMap<string, readonly number[]>>>()

/** Requests of whole years along the futures of a projection, each year counted once for all its halls. */
export function yearRequests(sample: DemandSample): YearRequests {
  const known = counted.get(sample) ?? new Map<number, ReadonlyMap<string, readonly number[]>>()
  counted.set(sample, known)
  return (insee, year) => {
    let ofYear = known.get(year)
    if (ofYear === undefined) {
      ofYear = countsOf(sample, year)
      known.set(year, ofYear)
    }
    return ofYear.get(insee)
  }
}

function countsOf(sample: DemandSample, year: number): Map<string, readonly number[]> {
  const months = monthsBetween(`${year}-01`, `${year}-12`)
  const counts = sample.halls.map(() => [] as number[])
  for (const halls of requestsByHall(sample, months)) {
    for (const [h, byMonth] of halls.entries())
      counts[h]!.push(byMonth.reduce((sum, count) => sum + count, 0))
  }
  return new Map(sample.halls.map(({ insee }, h) => [insee, counts[h]!.sort((a, b) => a - b)]))
}
