import type { YearRequests } from '../demand/year-requests.ts'
import { type MovedHall, movedRequests } from '../places/opening.ts'
import {
  type Month,
  monthNumber,
  monthOf,
  monthsOfQuarter,
  type Quarter,
  yearOf,
} from '../pure/calendar/period.ts'
import { sum } from '../pure/numerics/sum.ts'
import { withChange } from '../waits/wait-decision.ts'
import { type WaitNow, waitQuarters } from '../waits/wait-now.ts'
import { WAIT_LIMIT_DAYS } from '../waits/wait-now-view.ts'
import { type GrantOutlook, grantOutlook } from './grant-outlook.ts'
import type { AskedChange, ChangedHall } from './hall-change-answer.ts'

/** What may be asked of a hall, under the codes of the address. */
export const CHANGES = {
  open: 'ouvre une station',
  close: 'ferme',
  offer: 'change ses horaires ou ses stations',
} as const satisfies Record<AskedChange['change'], string>

/** What a change does to a department. */
export interface ChangeEffect {
  asked: AskedChange
  name: string
  /** First whole year after the change. */
  year: number
  department: { before: number; after: number }
  halls: ChangedHall[]
}

/** The first whole year after a month: that year itself from January. */
export function firstWholeYear(month: Month): number {
  return month.endsWith('-01') ? yearOf(month) : yearOf(month) + 1
}

/** Requests and grants of each hall before and after a change, the hall that moves most first. */
export function changeEffect(
  asked: AskedChange,
  moved: readonly MovedHall[],
  requestsOf: YearRequests,
  of: { nameOf: (insee: string) => string; stationsOf: (insee: string) => number | undefined },
): ChangeEffect {
  const year = firstWholeYear(asked.from)
  const futures = new Map(moved.map(({ insee }) => [insee, requestsOf(insee, year) ?? []]))
  const mean = (counts: readonly number[]) => sum(counts) / Math.max(1, counts.length)
  const effect = movedRequests(moved, insee => mean(futures.get(insee)!))
  const largest = [...futures.values()].reduce(
    (most, counts) => (mean(counts) > mean(most) ? counts : most),
    [],
  )
  const halls = effect.map(({ insee, requestsBefore, requestsAfter }) => {
    const stations = insee === asked.commune ? (asked.stations ?? of.stationsOf(insee)) : of.stationsOf(insee)
    const counts = futures.get(insee)!
    // A hall that opens is as uncertain as the largest of its neighbours.
    const shape = requestsBefore > 0 ? counts : largest
    const after = shape.map(count => (count * requestsAfter) / mean(shape))
    return {
      insee,
      name: of.nameOf(insee),
      requestsBefore,
      requestsAfter,
      change: requestsAfter - requestsBefore,
      grantChanceBefore: variablePart(grantOutlook(counts, { stations }, year + 1)),
      grantChanceAfter: variablePart(grantOutlook(after, { stations }, year + 1)),
      wait: null,
    }
  })
  return {
    asked,
    name: of.nameOf(asked.commune),
    year,
    department: {
      before: sum(halls.map(hall => hall.requestsBefore)),
      after: sum(halls.map(hall => hall.requestsAfter)),
    },
    halls: halls.sort((a, b) => Math.abs(b.change) - Math.abs(a.change)),
  }
}

function variablePart(outlook: GrantOutlook | { reason: string }): number | null {
  return 'requests' in outlook ? 1 - (outlook.levels[0]?.probability ?? 0) : null
}

/** Quarter in which a change is read: the last of its first whole year. */
export function quarterRead({ year }: Pick<ChangeEffect, 'year'>): Quarter {
  return `${year}-Q4`
}

/** Part of its requests below which a hall is not told to have moved. */
const LEAST_MOVE = 0.01

/** The halls whose wait a change moves, those that it moves most first. */
export function movedMost({ halls, asked }: ChangeEffect, most: number): ChangedHall[] {
  const moves = (hall: ChangedHall) =>
    hall.requestsBefore > 0 &&
    hall.requestsAfter > 0 &&
    (hall.insee === asked.commune || Math.abs(hall.requestsAfter / hall.requestsBefore - 1) > LEAST_MOVE)
  return halls.filter(moves).slice(0, most)
}

/**
 * What a change does to the wait of one hall: to lose a tenth of its requests is to offer a ninth more slots for those that
 * stay, from the month of the change on, answered by the others as any change of slots is.
 */
export function changedWait(
  now: WaitNow,
  { requestsBefore, requestsAfter, insee }: ChangedHall,
  effect: Pick<ChangeEffect, 'asked' | 'year'>,
): ChangedHall['wait'] {
  const { asked } = effect
  const first = monthNumber(monthOf(now.asOf))
  const quarter = quarterRead(effect)
  const months = monthNumber(monthsOfQuarter(quarter)[2]) - first + 1
  const own = asked.change === 'offer' && insee === asked.commune ? Math.log(asked.factor) : 0
  const added = own - Math.log(requestsAfter / requestsBefore)
  const slots = Float64Array.from({ length: months }, (_, m) =>
    first + m < monthNumber(asked.from) ? 0 : added,
  )
  const then = withChange(now, {
    slots,
    parts: [{ weight: 1, slots }],
    sharedShare: new Float64Array(months),
  })
  const median = (of: WaitNow) => waitQuarters(of, quarter, 1, WAIT_LIMIT_DAYS)[0]?.wait.median
  const [before, after] = [median(now), median(then)]
  return before == null || after == null ? null : { before, after }
}
