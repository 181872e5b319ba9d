import type { KnownPlace } from '../../src/places/place-queries.ts'

/** Equipped town halls of France in the synthetic nation: the count of the State's plan of 2022. */
export const TOWN_HALLS = 3_460

/** The 101 departments; overseas collectivities have rules of their own. */
const DEPARTMENT = /^(\d\d|2[AB]|97[12346])$/

/** A town hall of the synthetic nation, and the inhabitants who come to it. */
export interface DemoHall {
  insee: string
  department: string
  inhabitants: number
}

/**
 * Equips the communes that would be: the most populous, at least four in each department, each serving a share of its
 * department in proportion to the square root of its population, as neighbours without a hall come too.
 */
export function demoNetwork(places: Iterable<KnownPlace>, halls = TOWN_HALLS): DemoHall[] {
  const all = [...places]
  const departments = new Map(
    all
      .filter(place => place.kind === 'department' && DEPARTMENT.test(place.code))
      .map(place => [place.code, place.population ?? 0]),
  )
  const communes = all
    .filter(
      place =>
        place.kind === 'commune' && place.mergedInto === undefined && departments.has(place.parent ?? ''),
    )
    .sort((a, b) => (b.population ?? 0) - (a.population ?? 0) || (a.code < b.code ? -1 : 1))
  const chosen = new Set<KnownPlace>()
  const seen = new Map<string, number>()
  for (const commune of communes) {
    const count = seen.get(commune.parent ?? '') ?? 0
    if (count < 4) chosen.add(commune)
    seen.set(commune.parent ?? '', count + 1)
  }
  for (const commune of communes) if (chosen.size < halls) chosen.add(commune)
  const weight = (place: KnownPlace) => Math.sqrt(place.population ?? 0)
  const weights = new Map<string, number>()
  for (const place of chosen)
    weights.set(place.parent ?? '', (weights.get(place.parent ?? '') ?? 0) + weight(place))
  return [...chosen]
    .map(place => ({
      insee: place.code,
      department: place.parent ?? '',
      inhabitants:
        ((departments.get(place.parent ?? '') ?? 0) * weight(place)) / (weights.get(place.parent ?? '') || 1),
    }))
    .sort((a, b) => (a.insee < b.insee ? -1 : 1))
}
