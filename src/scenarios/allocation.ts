import { quarterOf } from '../pure/calendar/period.ts'
import type { DepartmentWaits } from '../waits/department-waits.ts'
import { weekCapacity } from '../waits/hall-capacity.ts'
import { HALL_ASSUMPTIONS } from '../waits/hall-offer.ts'
import {
  allocateMobileStations,
  type HallToHelp,
  type MobileAllocation,
  type MobileObjective,
  meanQueue,
} from '../waits/mobile-stations.ts'
import { presentIndex } from '../waits/wait-decision.ts'
import type { WaitNow } from '../waits/wait-now.ts'
import type { AllocatedHall, MobileAnswer } from './allocation-answer.ts'

/** Hours a week that a mobile station is served: what the State asks of a new station since April 2022. */
export const MOBILE_HOURS = 30
/** Months that a stay of a year and what it leaves behind take. */
const MOST_MONTHS = 18
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
  const helped = offers.flatMap(({ insee, hall, withoutAppointment }): HallToHelp[] => {
    const wait = days.get(insee)
    const slotsPerWeek = weekCapacity(hall).requests
    if (withoutAppointment || wait === undefined || !(slotsPerWeek > 0)) return []
    return [
      {
        hall: insee,
        days: wait,
        ratio: wait / usual,
        requests: requests.get(insee) ?? [],
        slotsPerWeek,
        perStationWeek,
      },
    ]
  })
  const by = (objective: MobileObjective) =>
    told(
      allocateMobileStations(helped, queue, asked, objective),
      new Map(offers.map(one => [one.insee, one.name])),
    )
  return {
    ...asked,
    requestsPerStationWeek: perStationWeek,
    from: quarterOf(asOf),
    allocations: { 'person-weeks': by('person-weeks'), 'longest-wait': by('longest-wait') },
  }
}

function told({ halls }: MobileAllocation, names: ReadonlyMap<string, string>): AllocatedHall[] {
  return halls
    .map(one => ({ ...one, insee: one.hall, name: names.get(one.hall) ?? one.hall }))
    .map(({ hall: _, ...one }) => one)
    .sort((a, b) => b.stations - a.stations || b.personWeeksSaved - a.personWeeksSaved)
}
