import { addQuarters, type Quarter } from '../pure/calendar/period.ts'
import { groupBy } from '../pure/figures/group-by.ts'
import type { QuarterDelay } from '../pure/figures/overload.ts'
import type { QuarterlySeries, QuarterPoint } from '../pure/figures/quarterly-series.ts'
import type { WeekHours } from './hall-capacity.ts'
import type { KnownHall } from './wait-outlook.ts'

/** Hours of stations on one day of the week; `stations` is `null` for all of them. */
export interface OpeningSlot {
  weekday: number
  opens: string
  closes: string
  stations: number | null
}

/** Hours of each station on each day of the week; `undefined` without any slot or any known station. */
export function hoursPerStation(
  slots: readonly OpeningSlot[],
  stations: number | undefined,
): WeekHours | undefined {
  if (slots.length === 0 || !stations) return undefined
  const hours: [number, number, number, number, number, number, number] = [0, 0, 0, 0, 0, 0, 0]
  for (const { weekday, opens, closes, stations: served } of slots) {
    hours[weekday - 1]! += ((minutes(closes) - minutes(opens)) / 60) * ((served ?? stations) / stations)
  }
  return hours
}

/**
 * Waits of a department by consecutive quarters up to the last one known: its own, else the plain mean of its town halls
 * when half of the `hallCount` published theirs. Fewer stand for it only when nothing else is known, for one town says
 * little of the others. Of several clocks, the one with the most recent quarter.
 */
export function departmentWaits(
  series: readonly QuarterlySeries[],
  department: string,
  hallCount: number,
): {
  quarters: QuarterDelay[]
  own: (hall: string, quarter: Quarter) => KnownHall['observed']
} {
  const points = (place: string) =>
    series
      .filter(one => one.place === place)
      .map(one => one.points)
      .reduce<readonly QuarterPoint[]>(
        (best, one) => ((one.at(-1)?.quarter ?? '') > (best.at(-1)?.quarter ?? '') ? one : best),
        [],
      )
  const halls = [...new Set(series.map(one => one.place))].filter(place => place !== department)
  const known = new Map(points(department).map(({ quarter, days }) => [quarter, days]))
  const ofHalls = groupBy(
    halls.flatMap(hall => points(hall)),
    point => point.quarter,
  )
  const mostHalls = [...ofHalls].filter(([, seen]) => 2 * seen.length >= hallCount)
  const counted = known.size === 0 && mostHalls.length === 0 ? [...ofHalls] : mostHalls
  for (const [quarter, seen] of counted)
    if (!known.has(quarter)) known.set(quarter, seen.reduce((sum, { days }) => sum + days, 0) / seen.length)
  const quarters: QuarterDelay[] = []
  const last = [...known.keys()].sort().at(-1)
  for (let quarter = last; quarter !== undefined && known.has(quarter); quarter = addQuarters(quarter, -1))
    quarters.unshift({ quarter, days: known.get(quarter)! })
  return {
    quarters,
    own: (hall, quarter) => {
      const point = points(hall).find(one => one.quarter === quarter)
      return (
        point && {
          observation:
            point.status === 'censored'
              ? { kind: 'book-full', atLeastDays: point.days }
              : { kind: 'wait', days: point.days },
          source: point.source.document,
        }
      )
    },
  }
}

function minutes(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
}
