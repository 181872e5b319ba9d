import { greatestGain, worstFirst } from '../pure/numerics/optimisation/greedy-allocation.ts'
import { backlogPath, cumulative, timesToClear } from '../pure/numerics/queues/fluid-queue.ts'

/** A hall that a mobile station could visit, in requests a calendar day. */
export interface HallToHelp {
  hall: string
  startBacklog: number
  demand: ArrayLike<number>
  slots: ArrayLike<number>
  /** What one mobile station adds here on each day. */
  slotsPerStation: ArrayLike<number>
}

/** What an allocation seeks: `person-weeks` favours big towns, `longest-wait` small ones. Always show which. */
export type MobileObjective = 'person-weeks' | 'longest-wait'

/** Where mobile stations go, and what it does to each hall. */
export interface MobileAllocation {
  objective: MobileObjective
  halls: {
    hall: string
    stations: number
    /** Weeks of waiting saved, over all the people waiting each day. */
    personWeeksSaved: number
    longestWaitBefore: number
    longestWaitAfter: number
  }[]
}

/**
 * Sends mobile stations where they bring most. Exact for both objectives: people waiting are a convex function of the
 * slots added (`backlogPath` is a maximum of sums), so each further station at a hall saves no more than the one before.
 */
export function allocateMobileStations(
  halls: readonly HallToHelp[],
  stations: number,
  objective: MobileObjective,
): MobileAllocation {
  const given =
    objective === 'person-weeks'
      ? greatestGain(
          stations,
          halls.length,
          (h, n) => personWeeks(halls[h]!, n - 1) - personWeeks(halls[h]!, n),
        )
      : worstFirst(stations, halls.length, (h, n) => longestWait(halls[h]!, n))
  return {
    objective,
    halls: halls.map((hall, h) => ({
      hall: hall.hall,
      stations: given[h]!,
      personWeeksSaved: personWeeks(hall, 0) - personWeeks(hall, given[h]!),
      longestWaitBefore: longestWait(hall, 0),
      longestWaitAfter: longestWait(hall, given[h]!),
    })),
  }
}

/** People waiting at a hall helped by some stations, summed over the days, in person-weeks. */
export function personWeeks(hall: HallToHelp, stations: number): number {
  return (
    backlogPath(hall.startBacklog, hall.demand, helped(hall, stations)).reduce((sum, b) => sum + b, 0) / 7
  )
}

/** Longest wait at a hall helped by some stations, in days; `Infinity` beyond the slots known. */
export function longestWait(hall: HallToHelp, stations: number): number {
  const slots = helped(hall, stations)
  const backlog = backlogPath(hall.startBacklog, hall.demand, slots)
  return timesToClear(backlog, cumulative(slots)).reduce((most, days) => Math.max(most, days), 0)
}

function helped({ slots, slotsPerStation }: HallToHelp, stations: number): Float64Array {
  return Float64Array.from(slots, (own, day) => own + stations * (slotsPerStation[day] ?? 0))
}
