import type { Quarter } from '../pure/calendar/period.ts'
import { addQuarters } from '../pure/calendar/period.ts'
import {
  CATCHMENT,
  CENTRAL_CHOICE,
  type Choice,
  catchments,
  flows,
  type HallSite,
  kilometres,
  type Residents,
} from './catchment.ts'
import { attractions, type EquippedHall } from './equipped.ts'

/** A hall that works in some quarters only: from that of its opening to that of its closing. */
export interface WorkingHall extends EquippedHall {
  from: Quarter | undefined
  to: Quarter | undefined
}

/** What a hall draws, and how openings and closings move people. */
export interface Drawing {
  /** Inhabitants, while every hall of its department is open. */
  people: number
  spread: number
  /** What it draws from each quarter on, in parts of `people`; empty where nothing opens or closes. */
  presence: { from: Quarter; share: number }[]
}

/** A department with what surrounds it: all that decides what its halls draw. */
export interface Surroundings {
  residents: Residents[]
  halls: WorkingHall[]
}

/** The communes within reach of the halls of a department, its own, and every hall within reach of them. */
export function surroundings(
  residents: readonly Residents[],
  halls: readonly WorkingHall[],
  department: string,
  reachKm: number = CATCHMENT.reachKm.value,
): Surroundings {
  const own = halls.filter(hall => hall.department === department)
  const near = within(own, reachKm)
  const inhabitants = residents.filter(point => point.department === department)
  // Whoever may come to a hall is within its reach, and whatever else calls them within as much again.
  const calls = within(own, 2 * reachKm)
  const callsInhabitants = within(inhabitants, reachKm)
  return {
    residents: residents.filter(point => point.department === department || near(point)),
    halls: halls.filter(hall => hall.department === department || calls(hall) || callsInhabitants(hall)),
  }
}

interface Point {
  lat: number
  lon: number
}

function within(points: readonly Point[], reachKm: number): (point: Point) => boolean {
  const reach = reachKm / 110
  const south = points.reduce((least, { lat }) => Math.min(least, lat), 90) - reach
  const north = points.reduce((most, { lat }) => Math.max(most, lat), -90) + reach
  return point =>
    point.lat >= south &&
    point.lat <= north &&
    points.some(
      one =>
        Math.abs(one.lat - point.lat) <= reach &&
        // Below the sixtieth parallel a degree of longitude is half one of latitude or more.
        Math.abs(one.lon - point.lon) <= 2 * reach &&
        kilometres(one, point) <= reachKm,
    )
}

/** What each hall of a department draws, by its INSEE code: nothing for one beyond the reach of anybody. */
export function drawings(around: Surroundings, department: string): Map<string, Drawing> {
  const sites = attractions(around.halls)
  const all = catchments(around.residents, sites)
  const own = around.halls.flatMap((hall, h) => (hall.department === department ? [h] : []))
  const received = own.reduce((sum, h) => sum + all[h]!.people, 0)
  const moments = changes(own.map(h => around.halls[h]!))
  const periods = moments.map(from => {
    const open = around.halls.map(hall => hall.department !== department || isOpen(hall, from))
    return { from, people: peopleAmong(around.residents, sites, open) }
  })
  return new Map(
    own.map(h => {
      const { insee, people, spread } = all[h]!
      return [
        insee,
        {
          people,
          spread: amongOthers(spread, received > 0 ? people / received : 0),
          presence: periods.map(period => ({
            from: period.from,
            share: people > 0 ? period.people[h]! / people : 0,
          })),
        },
      ]
    }),
  )
}

/** Whether a hall takes requests in a quarter: it works from the quarter of its opening to that of its closing. */
export function isOpen({ from, to }: Pick<WorkingHall, 'from' | 'to'>, quarter: Quarter): boolean {
  return (from === undefined || from <= quarter) && (to === undefined || to >= quarter)
}

/** Inhabitants who go to each hall while only some are open. */
export function peopleAmong(
  residents: readonly Residents[],
  sites: readonly HallSite[],
  open: readonly boolean[],
  choice: Choice = CENTRAL_CHOICE,
): Float64Array {
  const there = sites.flatMap((_, h) => (open[h] ? [h] : []))
  const { first, hall, share } = flows(
    residents,
    there.map(h => sites[h]!),
    choice,
  )
  const people = new Float64Array(sites.length)
  residents.forEach(({ population }, i) => {
    for (let k = first[i]!; k < first[i + 1]!; k++) people[there[hall[k]!]!]! += population * share[k]!
  })
  return people
}

/**
 * The spread to draw a hall with before what the department receives is shared out: sharing takes from each hall the part
 * that it has in the whole. The largest hall of a department of two would otherwise be told twice as sure as it is.
 */
function amongOthers(spread: number, part: number): number {
  return spread / Math.max(0.5, 1 - part)
}

const BEGINNING: Quarter = '0001-Q1'

function changes(halls: readonly WorkingHall[]): Quarter[] {
  const moments = halls.flatMap(({ from, to }) => [
    ...(from === undefined ? [] : [from]),
    ...(to === undefined ? [] : [addQuarters(to, 1)]),
  ])
  return moments.length === 0 ? [] : [...new Set([BEGINNING, ...moments])].sort()
}
