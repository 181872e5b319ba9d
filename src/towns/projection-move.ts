import type { DemandInputs } from '../demand/engine/demand.ts'
import { yearOfRequests } from '../demand/engine/projection.ts'
import { paths } from '../pure/access/paths.ts'
import type { Day } from '../pure/calendar/day.ts'
import { addMonths, monthOf, yearOf } from '../pure/calendar/period.ts'
import { remembered } from '../pure/figures/remembered.ts'
import { twoFigures } from '../pure/french/french.ts'
import { roundedDays } from '../waits/explain-now.ts'
import { medianWaits, type WaitKnowledge } from '../waits/median-wait.ts'
import type { WaitFact } from '../waits/wait-fact.ts'

/** What the projections of a department and its halls stand on. */
export interface Standing {
  department: string
  demand: DemandInputs | { reason: string }
  /** Requests of next year by place, where a projection on the same inputs was kept. */
  kept: ReadonlyMap<string, number> | undefined
  waits: WaitKnowledge
}

/** Two states of knowledge, on a day. */
export interface Change {
  before: Standing
  after: Standing
  today: Day
}

/** One projection with and without something that became known. */
export interface Move {
  place: string
  what: 'requests-next-year' | 'wait-now' | 'wait-in-a-year'
  before: number | null
  after: number | null
  reasons: MoveReason[]
  href: string
}

/** What changed under a projection: its code and its words. */
export interface MoveReason {
  code: string
  text: string
}

const NATIONAL: MoveReason = { code: 'national-volumes', text: 'titres délivrés en France' }
/** What each part of the inputs of demand is called; whoever adds one says so here. */
const DEMAND_REASONS: Record<keyof DemandInputs, MoveReason | undefined> = {
  counted: { code: 'counted-requests', text: 'demandes comptées en mairie' },
  halls: { code: 'town-halls', text: 'mairies équipées, et qui y va' },
  hallsAssumed: { code: 'named-halls', text: 'mairies nommées, et non plus supposées équipées' },
  volumes: NATIONAL,
  totals: NATIONAL,
  suppressed: NATIONAL,
  unknownSince: NATIONAL,
  residence: { code: 'residence-decisions', text: 'décisions de séjour' },
  exceptional: { code: 'exceptional-months', text: 'événements datés' },
  firstQuarter: { code: 'observed-through', text: 'dernier trimestre observé' },
  departmentPopulation: { code: 'population', text: 'population' },
  nationalPopulation: { code: 'population', text: 'population' },
  department: undefined,
  lastQuarter: undefined,
  paths: undefined,
  seed: undefined,
}

/** What differs between the inputs of two projections of demand. */
export function demandReasons(before: Partial<DemandInputs>, after: Partial<DemandInputs>): MoveReason[] {
  const found = (Object.keys(DEMAND_REASONS) as (keyof DemandInputs)[]).flatMap(part =>
    same(before[part], after[part]) ? [] : (DEMAND_REASONS[part] ?? []),
  )
  return [...new Map(found.map(reason => [reason.code, reason])).values()]
}

/** What differs between the published waits under two projections of the wait of a place. */
export function waitReasons(
  place: string,
  before: { facts: readonly WaitFact[]; volumes: unknown; closures?: unknown },
  after: { facts: readonly WaitFact[]; volumes: unknown; closures?: unknown },
): MoveReason[] {
  const [some, others] = [before, after].map(({ facts }) => new Set(facts.map(fact => JSON.stringify(fact))))
  const changed = [
    ...before.facts.filter(fact => !others!.has(JSON.stringify(fact))),
    ...after.facts.filter(fact => !some!.has(JSON.stringify(fact))),
  ]
  const reasons: MoveReason[] = []
  if (changed.some(fact => fact.place === place))
    reasons.push({ code: 'own-waits', text: 'attentes publiées de ce lieu' })
  if (changed.some(fact => fact.place !== place))
    reasons.push({ code: 'other-waits', text: 'attentes publiées ailleurs, mises en commun' })
  if (!same(before.closures, after.closures)) reasons.push({ code: 'closures', text: 'fermetures annoncées' })
  if (!same(before.volumes, after.volumes)) reasons.push(NATIONAL)
  return reasons.length > 0 ? reasons : [{ code: 'town-halls', text: 'mairies équipées' }]
}

/**
 * What moves, the department first, then what moves most for its size: both states are projected with the same draws, so that
 * nothing moves by chance.
 */
export function projectionMovesOf(change: Change): Move[] {
  return [...requestMoves(change), ...waitMoves(change)].toSorted(
    (a, b) => a.place.length - b.place.length || farOf(b) - farOf(a),
  )
}

/** How far a move goes, whichever way; what appears or goes moves furthest. */
function farOf({ before, after }: Move): number {
  return before === null || after === null
    ? Number.MAX_VALUE
    : Math.abs(after - before) / Math.max(1, before, after)
}

function requestMoves({ before, after, today }: Change): Move[] {
  if (same(before.demand, after.demand)) return []
  const year = yearOf(today) + 1
  const inputs = ({ demand }: Standing): Partial<DemandInputs> => ('reason' in demand ? {} : demand)
  const reasons = demandReasons(inputs(before), inputs(after))
  return movesBetween(requestsIn(year, before), requestsIn(year, after), twoFigures).map(move => ({
    ...move,
    what: 'requests-next-year',
    reasons,
    href: hrefOf(move.place, paths.demand({ place: move.place })),
  }))
}

// What a file leaves is what the next one finds.
const years = remembered<ReadonlyMap<string, number>>(4)

function requestsIn(year: number, { demand, kept }: Standing): ReadonlyMap<string, number> {
  if ('reason' in demand) return new Map()
  return kept ?? years(JSON.stringify([year, demand]), () => yearOfRequests(demand, year))
}

function waitMoves({ before, after, today }: Change): Move[] {
  if (same(before.waits, after.waits)) return []
  const spoken = [before, after].flatMap(({ waits: { place, facts, closures } }) => {
    const own = new Set([...facts.map(fact => fact.place), ...closures.map(({ hall }) => hall)])
    return [place.code, ...place.halls.filter(hall => own.has(hall))]
  })
  const months = [monthOf(today), addMonths(monthOf(today), 12)]
  const medians = [before, after].map(({ waits }) => medianWaits(waits, today, [...new Set(spoken)], months))
  return (['now', 'later'] as const).flatMap((which, m) => {
    const [without, withFile] = medians.map(
      told => new Map([...told].map(([place, days]) => [place, days[m]!])),
    )
    return movesBetween(without!, withFile!, roundedDays).map(
      (move): Move => ({
        ...move,
        what: which === 'now' ? 'wait-now' : 'wait-in-a-year',
        reasons: waitReasons(move.place, before.waits, after.waits),
        href: hrefOf(move.place, paths.waits({ place: move.place })),
      }),
    )
  })
}

function hrefOf(place: string, page: string): string {
  return place.length === 5 ? paths.townHall({ insee: place }) : page
}

/** Places whose value differs once rounded as their pages tell it. */
function movesBetween(
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
  told: (value: number) => number,
): { place: string; before: number | null; after: number | null }[] {
  const rounded = (value: number | undefined) => (value === undefined ? null : told(value))
  return [...new Set([...before.keys(), ...after.keys()])].flatMap(place => {
    const [some, other] = [rounded(before.get(place)), rounded(after.get(place))]
    return some === other ? [] : [{ place, before: some, after: other }]
  })
}

function same(some: unknown, other: unknown): boolean {
  return JSON.stringify(some) === JSON.stringify(other)
}
