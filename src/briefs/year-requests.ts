import { type DemandSample, requestsByHall } from '../demand/demand-sample.ts'
import { monthsBetween } from '../pure/calendar/period.ts'

/** Requests of a hall in a year, one count for each future, in ascending order; `undefined` for a hall not projected. */
export type YearRequests = (insee: string, year: number) => readonly number[] | undefined

/** Requests of whole years along the futures of a projection, each year counted once for all its halls. */
export function yearRequests(sample: DemandSample): YearRequests {
  const known = new Map<number, ReadonlyMap<string, readonly number[]>>()
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
  for (const path of sample.paths) {
    for (const [h, byMonth] of requestsByHall(sample, path, months).entries())
      counts[h]!.push(byMonth.reduce((sum, count) => sum + count, 0))
  }
  return new Map(sample.halls.map(({ insee }, h) => [insee, counts[h]!.sort((a, b) => a - b)]))
}
