import { quarterOf } from '../pure/calendar/period.ts'
import { greatestGain, worstFirst } from '../pure/numerics/optimisation/greedy-allocation.ts'
import { drawResponse, MONTH_DAYS, queuePath } from '../pure/numerics/queues/responsive-queue.ts'
import type { DepartmentWaits } from '../waits/department-waits.ts'
import { weekCapacity } from '../waits/hall-capacity.ts'
import { HALL_ASSUMPTIONS } from '../waits/hall-offer.ts'
import { presentIndex } from '../waits/wait-decision.ts'
import { queueAt } from '../waits/wait-futures.ts'
import type { WaitNow } from '../waits/wait-now.ts'
import type { FutureQueue } from '../waits/wait-pool.ts'
import type { AllocatedHall, MobileAnswer } from './allocation-answer.ts'

/** A hall that a mobile station could visit. */
export interface HallToHelp {
  insee: string
  name: string
  /** Wait of the day. */
  days: number
  /** Its usual wait ÷ that of the department. */
  ratio: number
  /** Requests made in each month. */
  requests: ArrayLike<number>
  /** Requests that it can receive in a week, and that a mobile station adds to them. */
  slotsPerWeek: number
  perStationWeek: number
}

/** Hours a week that a mobile station is served: what the State asks of a new station since April 2022. */
const MOBILE_HOURS = 30
/** Months that a stay of a year and what it leaves behind take. */
const MOST_MONTHS = 18
/** Months after the stations have left in which their effect is still counted. */
const MONTHS_AFTER = 6
const WEEKS_A_MONTH = MONTH_DAYS / 7

/**
 * Sends mobile stations among the halls of a department for some weeks from the day on, on the mean of the futures. Both
 * objectives are always computed: one favours big towns, the other the longest wait.
 */
export function mobileStations(
  { offers, requests, asOf }: DepartmentWaits,
  days: ReadonlyMap<string, number>,
  now: WaitNow,
  asked: { stations: number; weeks: number },
): MobileAnswer {
  const { minutesPerPerson, gapMinutes } = HALL_ASSUMPTIONS
  const perStationWeek = (MOBILE_HOURS * 60) / (minutesPerPerson.value + gapMinutes.value)
  const queue = meanQueue(now, presentIndex(now), MOST_MONTHS)
  const usual = [...days.values()].reduce((sum, one) => sum + one, 0) / Math.max(1, days.size)
  const helped = offers.flatMap(({ insee, name, hall, withoutAppointment }): HallToHelp[] => {
    const wait = days.get(insee)
    const slotsPerWeek = weekCapacity(hall).requests
    if (withoutAppointment || wait === undefined || !(slotsPerWeek > 0)) return []
    const asks = requests.get(insee) ?? []
    return [{ insee, name, days: wait, ratio: wait / usual, requests: asks, slotsPerWeek, perStationWeek }]
  })
  return {
    ...asked,
    requestsPerStationWeek: perStationWeek,
    from: quarterOf(asOf),
    allocations: {
      'person-weeks': allocateMobileStations(helped, queue, asked, 'person-weeks'),
      'longest-wait': allocateMobileStations(helped, queue, asked, 'longest-wait'),
    },
  }
}

/** The mean of the queues of a place at a month of its futures. */
function meanQueue({ futures }: Pick<WaitNow, 'futures'>, month: number, months: number): FutureQueue {
  const demand = new Float64Array(months)
  let overload = 0
  const count = futures.queues.length
  for (let p = 0; p < count; p++) {
    const queue = queueAt(futures, p, month)
    overload += queue.overload / count
    for (let m = 0; m < months; m++) demand[m]! += (queue.demand[m] ?? 0) / count
  }
  const response = drawResponse(() => 0)
  return { days: response.usualDays, overload, response, noise: new Float64Array(months), demand }
}

/**
 * Sends mobile stations for some weeks where they bring most. Each further station at a hall adds less to the log of its
 * slots than the one before, and so saves less: one at a time is the best of all for both objectives. `person-weeks` favours
 * big towns, `longest-wait` small ones.
 */
export function allocateMobileStations(
  halls: readonly HallToHelp[],
  queue: FutureQueue,
  { stations, weeks }: { stations: number; weeks: number },
  objective: keyof MobileAnswer['allocations'],
): AllocatedHall[] {
  const waits = halls.map(hall => {
    const known: Float64Array[] = []
    return (n: number) => (known[n] ??= helpedWaits(hall, queue, n, weeks))
  })
  const saved = (h: number, n: number) =>
    waits[h]!(0).reduce(
      (sum, before, m) => sum + (halls[h]!.requests[m] ?? 0) * (before - waits[h]!(n)[m]!),
      0,
    ) / 7
  const longest = (h: number, n: number) =>
    waits[h]!(n).reduce((most, days, m) => (m * WEEKS_A_MONTH < weeks ? Math.max(most, days) : most), 0)
  const given =
    objective === 'person-weeks'
      ? greatestGain(stations, halls.length, (h, n) => saved(h, n) - saved(h, n - 1))
      : worstFirst(stations, halls.length, longest)
  return halls
    .map(({ insee, name }, h) => ({
      insee,
      name,
      stations: given[h]!,
      personWeeksSaved: saved(h, given[h]!),
      longestWaitBefore: longest(h, 0),
      longestWaitAfter: longest(h, given[h]!),
    }))
    .sort((a, b) => b.stations - a.stations || b.personWeeksSaved - a.personWeeksSaved)
}

/** Wait at the end of each month at a hall helped by some stations for some weeks, in days. */
export function helpedWaits(
  hall: HallToHelp,
  queue: FutureQueue,
  stations: number,
  weeks: number,
): Float64Array {
  const months = Math.ceil(weeks / WEEKS_A_MONTH) + MONTHS_AFTER
  const response = { ...queue.response, usualDays: queue.response.usualDays * hall.ratio }
  const own = { ...queue, days: hall.days, response }
  const level = (m: number) => {
    const present = Math.min(1, Math.max(0, weeks / WEEKS_A_MONTH - m))
    return Math.log(1 + (present * stations * hall.perStationWeek) / hall.slotsPerWeek)
  }
  const slots = Float64Array.from({ length: months }, (_, m) => level(m) - (m === 0 ? 0 : level(m - 1)))
  return queuePath(own, response, queue.noise, { demand: queue.demand, slots }, new Float64Array(months)).map(
    Math.exp,
  )
}
