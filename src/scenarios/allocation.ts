import { daysInPeriod } from '../pure/calendar/period.ts'
import {
  allocateMobileStations,
  type HallToHelp,
  type MobileAllocation,
  type MobileObjective,
} from '../waits/mobile-stations.ts'
import { HALL_ASSUMPTIONS, slotsOf, type WaitOutlook } from '../waits/wait-outlook.ts'

/** Hours a week that a mobile station is served: what the State asks of a new station since April 2022. */
export const MOBILE_HOURS = 30
/** Where mobile stations go under each objective; a hall that receives none and waits like before is kept too. */
export interface MobileAnswer {
  stations: number
  weeks: number
  requestsPerStationWeek: number
  from: string
  allocations: Record<MobileObjective, AllocatedHall[]>
}

/** One hall under one objective; a wait is `undefined` beyond the calendar of the model. */
export interface AllocatedHall {
  insee: string
  name: string
  stations: number
  personWeeksSaved: number
  longestWaitBefore: number | undefined
  longestWaitAfter: number | undefined
}

/**
 * Sends mobile stations among the halls of a department for some weeks from the first day of the projection, on the mean
 * of the futures. Both objectives are always computed: one favours big towns, the other the longest wait.
 */
export function mobileStations(
  outlook: WaitOutlook,
  { stations, weeks }: { stations: number; weeks: number },
): MobileAnswer {
  const { minutesPerPerson, gapMinutes } = HALL_ASSUMPTIONS
  const perWeek = (MOBILE_HOURS * 60) / (minutesPerPerson.value + gapMinutes.value)
  const days = weeks * 7
  const months = outlook.months.slice(0, Math.ceil(weeks / 4) + 1)
  const { slots } = slotsOf(outlook, months)
  const helped = outlook.halls.flatMap((hall, h): HallToHelp[] => {
    if (hall.startFrom === 'none-by-design') return []
    const own = slots.get(hall.insee)!
    const open = own.reduce((sum, slot, i) => sum + (i < days && slot > 0 ? 1 : 0), 0)
    return [
      {
        hall: hall.insee,
        startBacklog: hall.start.requests,
        demand: meanPerDay(outlook, h, months, days),
        slots: own,
        // The same days as the hall: a station visits an open building.
        slotsPerStation: own.map((slot, i) => (i < days && slot > 0 ? (perWeek * weeks) / open : 0)),
      },
    ]
  })
  const by = (objective: MobileObjective) =>
    told(
      allocateMobileStations(helped, stations, objective),
      new Map(outlook.halls.map(one => [one.insee, one.name])),
    )
  return {
    stations,
    weeks,
    requestsPerStationWeek: perWeek,
    from: outlook.from,
    allocations: { 'person-weeks': by('person-weeks'), 'longest-wait': by('longest-wait') },
  }
}

function meanPerDay(
  outlook: WaitOutlook,
  hall: number,
  months: readonly string[],
  days: number,
): Float64Array {
  const paths = outlook.demand[hall]!
  const daily = new Float64Array(days)
  let day = 0
  for (const [m, month] of months.entries()) {
    const length = daysInPeriod(month)
    const mean = paths.reduce((sum, path) => sum + path[m]!, 0) / paths.length
    for (let i = 0; i < length && day < days; i++, day++) daily[day] = mean / length
  }
  return daily
}

function told({ halls }: MobileAllocation, names: ReadonlyMap<string, string>): AllocatedHall[] {
  const known = (days: number) => (Number.isFinite(days) ? days : undefined)
  return halls
    .map(({ hall, longestWaitBefore, longestWaitAfter, ...rest }) => ({
      insee: hall,
      name: names.get(hall) ?? hall,
      stations: rest.stations,
      personWeeksSaved: rest.personWeeksSaved,
      longestWaitBefore: known(longestWaitBefore),
      longestWaitAfter: known(longestWaitAfter),
    }))
    .sort((a, b) => b.stations - a.stations || b.personWeeksSaved - a.personWeeksSaved)
}
