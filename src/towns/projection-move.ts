import type { DemandInputs } from '../demand/engine/demand.ts'
import type { WaitFact } from '../waits/wait-fact.ts'

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
  before: { facts: readonly WaitFact[]; volumes: unknown },
  after: { facts: readonly WaitFact[]; volumes: unknown },
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
  if (!same(before.volumes, after.volumes)) reasons.push(NATIONAL)
  return reasons.length > 0 ? reasons : [{ code: 'town-halls', text: 'mairies équipées' }]
}

/** Whether two states of knowledge are the same. */
export function same(some: unknown, other: unknown): boolean {
  return JSON.stringify(some) === JSON.stringify(other)
}
