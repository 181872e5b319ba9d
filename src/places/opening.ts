import type { Quarter } from '../pure/calendar/period.ts'
import { flows, type HallSite, type Residents } from './catchment.ts'
import { isOpen, type Surroundings, type WorkingHall } from './drawing.ts'
import { attractions } from './equipped.ts'

/** What is asked: a hall that opens, one that closes, or one whose offer grows or shrinks. */
export type HallChange =
  | { kind: 'open'; hall: WorkingHall }
  | { kind: 'close'; insee: string }
  /** Hours or stations, in parts of today's. */
  | { kind: 'offer'; insee: string; factor: number }

/** What a change moves, in inhabitants whose requests a hall of the department receives. */
export interface MovedHall {
  insee: string
  before: number
  after: number
}

/**
 * Who moves in a department when a hall opens, closes or offers more: people who go to its halls choose among them again
 * by the same weights, and nobody else moves, so that neighbours lose what the hall takes and the department is unchanged.
 */
export function movedBy(
  around: Surroundings,
  department: string,
  quarter: Quarter,
  change: HallChange,
): MovedHall[] {
  const sites = attractions(around.halls)
  const own = sites.filter((site, h) => site.department === department && isOpen(around.halls[h]!, quarter))
  const others = sites.filter(site => site.department !== department)
  const bound = comingTo(around.residents, [...own, ...others], own.length)
  const before = shared(around.residents, bound, own)
  const then = changed(own, around.halls, change)
  const after = shared(around.residents, bound, then)
  return [...new Set([...own, ...then].map(({ insee }) => insee))].map(insee => ({
    insee,
    before: before.get(insee) ?? 0,
    after: after.get(insee) ?? 0,
  }))
}

function changed(own: readonly HallSite[], halls: readonly WorkingHall[], change: HallChange): HallSite[] {
  switch (change.kind) {
    case 'open': {
      const site = attractions([...halls, change.hall]).at(-1)!
      return [...own.filter(({ insee }) => insee !== site.insee), site]
    }
    case 'close':
      return own.filter(({ insee }) => insee !== change.insee)
    case 'offer':
      return own.map(site =>
        site.insee === change.insee ? { ...site, attraction: site.attraction * change.factor } : site,
      )
    default:
      return change satisfies never
  }
}

/** Inhabitants of each commune who go to one of the first `count` halls. */
function comingTo(residents: readonly Residents[], sites: readonly HallSite[], count: number): number[] {
  const { first, hall, share } = flows(residents, sites)
  return residents.map(({ population }, i) => {
    let coming = 0
    for (let k = first[i]!; k < first[i + 1]!; k++) if (hall[k]! < count) coming += population * share[k]!
    return coming
  })
}

function shared(
  residents: readonly Residents[],
  bound: readonly number[],
  sites: readonly HallSite[],
): Map<string, number> {
  const { first, hall, share } = flows(residents, sites)
  const people = new Map<string, number>()
  residents.forEach((_, i) => {
    for (let k = first[i]!; k < first[i + 1]!; k++) {
      const { insee } = sites[hall[k]!]!
      people.set(insee, (people.get(insee) ?? 0) + bound[i]! * share[k]!)
    }
  })
  return people
}

/**
 * Requests that a change moves: a hall keeps of its own what it keeps of its people, and those lost go to whoever gains
 * people, in proportion to the gain. What leaves one arrives at another.
 */
export function movedRequests(moved: readonly MovedHall[], requestsOf: (insee: string) => number) {
  const kept = moved.map(({ insee, before, after }) => {
    const requests = requestsOf(insee)
    return { requests, lost: before > after && before > 0 ? requests * (1 - after / before) : 0 }
  })
  const lost = kept.reduce((sum, one) => sum + one.lost, 0)
  const gained = moved.reduce((sum, { before, after }) => sum + Math.max(0, after - before), 0)
  return moved.map((hall, h) => {
    const { requests, lost: own } = kept[h]!
    const gain = gained > 0 ? (lost * Math.max(0, hall.after - hall.before)) / gained : 0
    return { ...hall, requestsBefore: requests, requestsAfter: requests - own + gain }
  })
}
