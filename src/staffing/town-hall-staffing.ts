import { addDays, type Day, daysBetween } from '../pure/calendar/day.ts'
import { addMonths, daysInPeriod, firstDay, lastDay, type Month, monthOf } from '../pure/calendar/period.ts'
import { isPublicHoliday } from '../pure/calendar/working-days.ts'
import type { ExplanationLine } from '../pure/figures/explanation.ts'
import { frenchCount, frenchDays, frenchNumber } from '../pure/french/french.ts'
import { backlogOfTime, backlogPath, cumulative, timesToClear } from '../pure/numerics/queues/fluid-queue.ts'
import { sum } from '../pure/numerics/sum.ts'
import { dailySlots, type Hall, weekCapacity } from '../waits/hall-capacity.ts'
import type { HallOffer } from '../waits/hall-offer.ts'
import type { HallStaffing } from './hall-answer.ts'

/** A hall whose wait should come down, or stay down. */
export interface HallNeed {
  hall: Hall
  /** Requests already booked on the first day. */
  startRequests: number
  /** Requests made on each calendar day from `from`. */
  demand: ArrayLike<number>
  from: Day
  /** From this day on the wait must be kept. */
  keptFrom: Day
  /** Last day of demand; slots after it are those of the same week. */
  until: Day
  targetDays: number
  /** Longest week of appointments of one station. */
  longestWeekHours: number
}

/** The share of the horizon looked at after the last request: slots that the last ones are given. */
const SLOT_TAIL_DAYS = 120
/** Beyond so many times what is offered, no hours would do. */
const MOST = 1_000

/**
 * Fewest weekly hours that keep the wait of a hall under a target, from a day on: the
 * week of the hall is multiplied until the longest wait fits, stations added when one station's week is full. Closures
 * stay closed: what August loses, the other weeks give.
 *
 * @returns `undefined` when no week of such a hall would do: nothing is open when the target is due.
 */
export function hallStaffing(need: HallNeed, isHoliday: (day: Day) => boolean): HallStaffing | undefined {
  const { hall, from, until } = need
  const now = weekCapacity(hall)
  if (now.requests <= 0) return undefined
  const slots = dailySlots(hall, from, addDays(until, SLOT_TAIL_DAYS), isHoliday)
  const longestWait = (factor: number) => waitWith(need, slots, factor)
  if (longestWait(MOST) > need.targetDays) return undefined
  let [low, high] = [0, 1]
  while (longestWait(high) > need.targetDays) [low, high] = [high, high * 2]
  while (high - low > 1e-4 * high) {
    const middle = (low + high) / 2
    if (longestWait(middle) > need.targetDays) low = middle
    else high = middle
  }
  const stationHours = now.stationHours * high
  const stations = Math.max(1, Math.ceil(stationHours / need.longestWeekHours - 1e-6))
  return {
    requestsPerWeek: now.requests * high,
    stations,
    hoursPerStation: stationHours / stations,
    stationHours,
    moreStationHours: stationHours - now.stationHours,
    moreStations: Math.max(0, stations - hall.stations),
    longestWaitDays: longestWait(high),
  }
}

function waitWith(
  { startRequests, demand, from, keptFrom }: HallNeed,
  slots: Float64Array,
  factor: number,
): number {
  const offered = slots.map(requests => requests * factor)
  const times = timesToClear(backlogPath(startRequests, demand, offered), cumulative(offered))
  let longest = 0
  for (let day = daysBetween(from, keptFrom); day < demand.length; day++) {
    longest = Math.max(longest, times[day] ?? 0)
  }
  return longest
}

/** Months left to bring the wait down before it must be kept. */
const MONTHS_TO_COME_DOWN = 3

/** What is known of the halls of a department: what they offer, how long one waits today, what is asked on each future. */
export interface HallsToday {
  asOf: Day
  offers: readonly HallOffer[]
  days: ReadonlyMap<string, number>
  requests: ReadonlyMap<string, readonly Float64Array[]>
}

/** Months whose requests a promise looks at: those of its quarters, from the month after the day on. */
export function promiseMonths(asOf: Day, quarters: number): Month[] {
  return Array.from({ length: 3 * quarters }, (_, m) => addMonths(monthOf(asOf), m + 1))
}

/**
 * What each hall of a department needs from the month after the day on: on the path of demand whose total stands at the
 * probability asked among all paths of that hall. Halls without appointment need nothing and are left out.
 */
export function hallNeeds(
  { asOf, offers, days, requests }: HallsToday,
  promise: { targetDays: number; probability: number; quarters: number },
) {
  const months = promiseMonths(asOf, promise.quarters)
  const from = firstDay(months[0]!)
  const until = lastDay(months.at(-1)!)
  const keptFrom = firstDay(months[Math.min(MONTHS_TO_COME_DOWN, months.length - 1)]!)
  const halls = offers.flatMap(({ insee, name, hall, withoutAppointment }) => {
    const paths = requests.get(insee)
    if (withoutAppointment || paths === undefined) return []
    const wait = days.get(insee) ?? 0
    const slots = cumulative(dailySlots(hall, from, addDays(from, Math.ceil(wait) + 1), isPublicHoliday))
    const need = hallStaffing(
      {
        hall,
        startRequests: backlogOfTime(wait, slots),
        demand: dailyDemand(pathAt(paths, promise.probability), months),
        from,
        keptFrom,
        until,
        targetDays: promise.targetDays,
        longestWeekHours: LONGEST_WEEK_HOURS.value,
      },
      isPublicHoliday,
    )
    return [{ insee, name, need }]
  })
  return { from, keptFrom, until, halls }
}

/** Requests of each month spread evenly over its days: people book on Sundays. */
function dailyDemand(counts: Float64Array, months: readonly Month[]): Float64Array {
  return Float64Array.from(
    months.flatMap((month, m) => {
      const days = daysInPeriod(month)
      return new Array<number>(days).fill(counts[m]! / days)
    }),
  )
}

/** Hours that one station may take appointments in a week, with where they come from. */
export const LONGEST_WEEK_HOURS = {
  value: 35,
  origin: 'Plan de mai 2022 : stations de 7 heures, 5 jours par semaine',
} as const

function pathAt(paths: readonly Float64Array[], share: number): Float64Array {
  const inOrder = [...paths].sort((a, b) => sum(a) - sum(b))
  return inOrder[Math.min(inOrder.length - 1, Math.floor(share * inOrder.length))]!
}

const NO_HOURS = 'Aucun horaire ne suffirait : rien n’est ouvert quand il le faudrait.'

/** What all the halls of a department need, in French. */
export function explainHallStaffing(
  halls: readonly { name: string; need: HallStaffing | undefined }[],
  targetDays: number,
): ExplanationLine[] {
  const known = halls.flatMap(({ name, need }) => (need === undefined ? [] : [{ name, need }]))
  const short = known.filter(({ need }) => need.moreStationHours > 0.05)
  const hours = sum(short.map(({ need }) => need.moreStationHours))
  const stations = sum(known.map(({ need }) => need.moreStations))
  return [
    {
      title: 'Département',
      text:
        short.length === 0
          ? `Les ${frenchCount(known.length, 'mairie')} étudiées tiennent ${frenchDays(targetDays, 0)} avec leurs horaires.`
          : `${frenchCount(short.length, 'mairie')} sur ${frenchNumber(known.length)} ont besoin de plus d’heures pour tenir ${frenchDays(targetDays, 0)} : ${frenchNumber(hours, 1)} heures de station par semaine en tout, dont ${frenchCount(stations, 'station')} de plus.`,
    },
    ...short.map(({ name, need }) => ({
      title: name,
      text: `${frenchNumber(need.stationHours, 1)} heures de station par semaine (${frenchNumber(need.moreStationHours, 1)} de plus), ${frenchCount(need.stations, 'station')} ; attente la plus longue ${frenchDays(need.longestWaitDays)}.`,
    })),
    ...halls.flatMap(({ name, need }) => (need === undefined ? [{ title: name, text: NO_HOURS }] : [])),
  ]
}
