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

/**
 * A whole year of a hall: the sum of its quarters' means, and where nine futures of ten lie. What was counted of the year
 * is no longer uncertain: the band is that of the rest.
 */
export function expectedYear(
  year: number,
  quarters: readonly { mean: number; counted?: number }[],
  futures: readonly number[] | undefined,
): ExpectedYear | undefined {
  if (futures === undefined || quarters.length !== 4) return undefined
  const total = quarters.reduce((sum, point) => sum + point.mean, 0)
  const counted = quarters.reduce((sum, point) => sum + (point.counted ?? 0), 0)
  const left = counted === 0 ? 1 : (total - counted) / mean([...futures])
  const at = (share: number) => counted + left * quantileSorted([...futures], share)
  return { year, mean: total, low90: at(0.05), high90: at(0.95) }
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
