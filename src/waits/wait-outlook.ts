import { type DemandSample, departmentRequests, requestsByHall } from '../demand/demand-sample.ts'
import { addDays, type Day } from '../pure/calendar/day.ts'
import {
  addQuarters,
  firstDay,
  lastDay,
  type Month,
  monthsOfQuarter,
  type Quarter,
  quartersBetween,
} from '../pure/calendar/period.ts'
import { isWorkingDay, publicHolidays } from '../pure/calendar/working-days.ts'
import type { Decision, RangeEnd } from '../pure/figures/lever.ts'
import type { QuarterDelay } from '../pure/figures/overload.ts'
import { remembered } from '../pure/figures/remembered.ts'
import {
  type Closure,
  evenWeek,
  type Hall,
  hallOf,
  type SlotCalendar,
  slotCalendar,
  type WeekHours,
  weekCapacity,
} from './hall-capacity.ts'
import { type ImpliedCapacity, impliedCapacity } from './implied-capacity.ts'
import type { WaitParameters } from './lever.ts'
import { waitsUnderDecisions } from './scenario.ts'
import { type StartBacklog, startBacklog, type WaitObservation } from './wait.ts'
import { type HallForecast, projectWaits, type WaitProjection } from './wait-projection.ts'

/** Quarters projected when nobody asks, and at most: capacity is held fixed, and nobody lets a queue grow for years. */
export const DEFAULT_QUARTERS = 8
/** Longest projection of waits, in quarters. */
export const MOST_QUARTERS = 12
/** Days of slots known to the model after the last quarter: waits look ahead. */
const CALENDAR_AFTER_DAYS = 1_500

/** What is assumed of a hall whose stations or hours nobody imported; each line is shown with its origin. */
export const HALL_ASSUMPTIONS = {
  minutesPerPerson: {
    value: 15,
    origin: 'Durée recommandée d’un rendez-vous (instruction d’avril 2022)',
  },
  gapMinutes: {
    value: 5,
    origin: 'Écart entre les 15 minutes recommandées et les 20 minutes au plus du plan de mai 2022',
  },
  stations: { value: 1, origin: 'Hypothèse : nombre de stations non publié' },
  slotSpread: {
    value: 0.15,
    origin:
      'Hypothèse, aucune source : écart-type du logarithme entre la part des créneaux d’une mairie et sa part des demandes',
  },
} as const

/** Projections kept of one outlook: some horizons and limits. */
const MOST_KEPT = 6

/** What is known of an equipped hall. */
export interface KnownHall {
  insee: string
  name: string
  stations: number | undefined
  /** Hours of each station on each day of the week; `undefined` when they were not imported. */
  hours: WeekHours | undefined
  closures: readonly Closure[]
  withoutAppointment: boolean
  /** Its own wait, when one is published for the last quarter known. */
  observed: { observation: WaitObservation; source: string } | undefined
}

/** What a projection of waits stands on. */
export interface WaitFacts {
  sample: DemandSample
  /** Waits of the department by consecutive quarters, ending with the last one known. */
  waits: readonly QuarterDelay[]
  /** In the order of the halls of the sample. */
  halls: readonly KnownHall[]
}

/** A hall ready to be projected. */
export interface ReadyHall extends KnownHall {
  hall: Hall
  capacity: 'imported' | 'implied'
  start: StartBacklog
  startDays: number
  startFrom: 'own' | 'department' | 'none-by-design'
}

/** Halls, slots and demand of a department on the first day of its projection. */
export interface WaitOutlook {
  from: Quarter
  start: QuarterDelay
  capacity: ImpliedCapacity
  requestsPerWeek: number
  halls: ReadyHall[]
  /** Requests of each hall by month, one list per future, in units of the slots held fixed. */
  demand: Float64Array[][]
  months: Month[]
}

/** What to project: unchanged, or under decisions. */
export interface WaitScenario {
  decisions?: readonly Decision<WaitParameters>[]
  end?: RangeEnd
  quarters?: number
  limitDays: number
  /** The first futures only, where all of them would take too long. */
  paths?: number
  /** Only the last quarters are told, so many of them; all when absent. */
  lastQuarters?: number
}

/**
 * Puts a department in the state of its last published wait, ready to be projected from the next quarter on.
 *
 * Slots: those of the halls whose stations and hours were imported; the others share what the last year of waits implies,
 * like the demand. Only the ratio of demand to slots matters to a wait, so that the uncertainty of the slots is carried
 * by the demand of each future and the slots stay fixed.
 */
export function waitOutlook(facts: WaitFacts): WaitOutlook {
  const { sample, waits } = facts
  const start = waits.at(-1)
  if (start === undefined) throw new RangeError('a projection of waits needs one wait')
  const from = addQuarters(start.quarter, 1)
  const months = quartersBetween(from, addQuarters(from, MOST_QUARTERS - 1)).flatMap(monthsOfQuarter)
  const capacity = impliedCapacity(waits, wanted => departmentRequests(sample, wanted))
  const central = median(capacity.slotsPerDay)
  const requestsPerWeek = (central * 365) / (workingDaysOfYear(firstDay(from)) / 5)
  const requests = requestsByHall(sample, months)
  const means = facts.halls.map(
    (_, h) => requests.reduce((sum, halls) => sum + total(halls[h]!), 0) / requests.length,
  )
  const all = total(means)
  const halls = facts.halls.map((known, h) =>
    readyHall(
      known,
      (requestsPerWeek * means[h]!) / Math.max(Number.MIN_VALUE, all),
      start.days,
      firstDay(from),
    ),
  )
  const implied = halls.map(hall => hall.capacity === 'implied')
  const adapted = adaptedShares(requests, means, implied)
  // Requests become demand where they lie: a large department has sixty thousand of these lists.
  const demand = halls.map((_, h) =>
    requests.map((byHall, p) => {
      const scale = implied[h]
        ? (Math.exp(capacity.spread * sample.paths[p]!.noise) * capacity.slotsPerDay[p]!) / central
        : 1
      const counts = byHall[h]!
      for (let m = 0; m < counts.length; m++) counts[m] = (counts[m]! * adapted[p]![h]!) / scale
      return counts
    }),
  )
  return { from, start, capacity, requestsPerWeek, halls, demand, months }
}

/** Projections without decisions already made of an outlook: every page and scenario compares with one. */
const unchanged = new WeakMap<WaitOutlook, ReturnType<typeof remembered<WaitProjection>>>()

/** Projects the waits of a department, unchanged or under decisions. */
export function projectOutlook(outlook: WaitOutlook, scenario: WaitScenario): WaitProjection {
  const { decisions = [], limitDays, quarters, paths, lastQuarters } = scenario
  if (decisions.length > 0) return projectUnder(outlook, scenario)
  const kept = unchanged.get(outlook) ?? remembered<WaitProjection>(MOST_KEPT)
  unchanged.set(outlook, kept)
  return kept(JSON.stringify([limitDays, quarters, paths, lastQuarters]), () =>
    projectUnder(outlook, scenario),
  )
}

function projectUnder(outlook: WaitOutlook, scenario: WaitScenario): WaitProjection {
  const { decisions = [], end = 'central', limitDays } = scenario
  const months = outlook.months.slice(0, 3 * Math.min(MOST_QUARTERS, scenario.quarters ?? DEFAULT_QUARTERS))
  const { slots, sharedShare } = slotsOf(outlook, months, decisions, end)
  return projectWaits({
    months,
    limitDays,
    lastQuarters: scenario.lastQuarters,
    sharedShare: decisions.length === 0 ? 0 : sharedShare,
    halls: outlook.halls.map(
      (hall, h): HallForecast => ({
        hall: hall.insee,
        start: hall.start,
        slots: slots.get(hall.insee)!,
        demand: outlook.demand[h]!.slice(0, scenario.paths),
        floorDays: 0,
      }),
    ),
  })
}

/** Halls as levers change them. */
export function waitParameters({ halls }: Pick<WaitOutlook, 'halls'>): WaitParameters {
  return { halls: new Map(halls.map(({ insee, hall }) => [insee, hall])), sharedShare: 0 }
}

/** Requests that each hall can receive on each day of some months and well after, under decisions. */
export function slotsOf(
  outlook: WaitOutlook,
  months: readonly Month[],
  decisions: readonly Decision<WaitParameters>[] = [],
  end: RangeEnd = 'central',
) {
  const to = addDays(lastDay(months.at(-1) ?? ''), CALENDAR_AFTER_DAYS)
  const from = firstDay(outlook.from)
  const calendar = calendars(`${from} ${to}`, () => slotCalendar(from, to, holidays()))
  return waitsUnderDecisions(waitParameters(outlook), decisions, calendar, end)
}

/** Calendars of the last spans asked for: every hall and every lever of a department looks at the same days. */
const calendars = remembered<SlotCalendar>(8)

function readyHall(known: KnownHall, impliedPerWeek: number, departmentDays: number, from: Day): ReadyHall {
  const { minutesPerPerson, gapMinutes, stations: assumed } = HALL_ASSUMPTIONS
  const stations = known.stations ?? assumed.value
  const imported = known.stations !== undefined && known.stations > 0 && known.hours !== undefined
  const perHour = 60 / (minutesPerPerson.value + gapMinutes.value)
  const hall = hallOf({
    stations: Math.max(1, stations),
    hours: (imported ? known.hours : undefined) ?? evenWeek(impliedPerWeek / perHour / Math.max(1, stations)),
    minutesPerPerson: minutesPerPerson.value,
    gapMinutes: gapMinutes.value,
    closures: known.closures,
  })
  const observation: WaitObservation = known.withoutAppointment
    ? { kind: 'no-appointment' }
    : (known.observed?.observation ?? { kind: 'wait', days: departmentDays })
  const days =
    observation.kind === 'wait'
      ? observation.days
      : observation.kind === 'book-full'
        ? observation.atLeastDays
        : 0
  const one = { halls: new Map([[known.insee, hall]]), sharedShare: 0 }
  const ahead = addDays(from, Math.ceil(days) + 1)
  const slots = waitsUnderDecisions(one, [], slotCalendar(from, ahead, holidays())).slots.get(known.insee)!
  return {
    ...known,
    hall,
    capacity: imported ? 'imported' : 'implied',
    start: startBacklog(observation, slots, 0),
    startDays: days,
    startFrom: known.withoutAppointment ? 'none-by-design' : known.observed ? 'own' : 'department',
  }
}

/**
 * By how much the demand of each hall is brought back towards its slots, on each future. The prior part of a hall is
 * known to a third; its slots would follow its requests much closer than that, since it opens them itself.
 */
function adaptedShares(
  requests: readonly (readonly Float64Array[])[],
  means: readonly number[],
  implied: readonly boolean[],
): number[][] {
  const sums = requests.map(halls => halls.map(total))
  const inside = (values: readonly number[]) => total(values.filter((_, h) => implied[h]))
  const meanTotal = inside(means)
  const deviations = sums.map(halls => {
    const all = inside(halls)
    return halls.map((sum, h) => {
      const ratio = sum / all / (means[h]! / meanTotal)
      return implied[h] && ratio > 0 ? Math.log(ratio) : 0
    })
  })
  const damping = means.map((_, h) => {
    const square = deviations.reduce((sum, path) => sum + path[h]! ** 2, 0) / Math.max(1, deviations.length)
    return Math.min(1, HALL_ASSUMPTIONS.slotSpread.value / Math.max(1e-9, Math.sqrt(square)))
  })
  return sums.map((halls, p) => {
    const factors = halls.map((_, h) => (implied[h] ? Math.exp((damping[h]! - 1) * deviations[p]![h]!) : 1))
    const scale = inside(halls) / Math.max(Number.MIN_VALUE, inside(halls.map((sum, h) => sum * factors[h]!)))
    return factors.map((factor, h) => (implied[h] ? factor * scale : 1))
  })
}

/** Slots a week of a hall in an ordinary week. */
export function hallSlotsPerWeek({ hall }: ReadyHall): number {
  return weekCapacity(hall).requests
}

function holidays(): (day: Day) => boolean {
  const years = new Map<string, ReadonlyMap<Day, string>>()
  return day => {
    const year = day.slice(0, 4)
    const known = years.get(year) ?? publicHolidays(Number(year))
    years.set(year, known)
    return known.has(day)
  }
}

function workingDaysOfYear(from: Day): number {
  let count = 0
  for (let i = 0, day = from; i < 365; i++, day = addDays(day, 1)) if (isWorkingDay(day)) count++
  return count
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

function total(values: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i]!
  return sum
}
