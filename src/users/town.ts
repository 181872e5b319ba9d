import type { KnownPlace } from '../places/place-queries.ts'
import type { HallWait, TownHall } from '../places/town-hall.ts'
import { plainName } from '../pure/french/plain-words.ts'

/** A commune that somebody may live in. */
export interface Town {
  code: string
  name: string
  lat: number
  lon: number
}

/** What the words of a search lead to. */
export type TownSearch =
  | { words: string; found: 'none' }
  | { words: string; found: 'several'; names: readonly string[] }
  | { words: string; found: 'one'; town: Town }

/** Most names proposed when several begin alike. */
const MOST_NAMES = 12

/**
 * The town that words name, whatever their accents, capitals and hyphens: `la rochefoucauld` is La Rochefoucauld-en-Angoumois,
 * `st michel` Saint-Michel.
 */
export function townNamed(towns: readonly Town[], words: string): TownSearch {
  const wanted = plainName(words)
  const exact = towns.filter(({ name }) => plainName(name) === wanted)
  const near = exact.length > 0 ? exact : towns.filter(({ name }) => `${plainName(name)} `.startsWith(wanted))
  const [first] = near
  if (wanted === '' || first === undefined) return { words, found: 'none' }
  if (near.length === 1) return { words, found: 'one', town: first }
  return { words, found: 'several', names: near.slice(0, MOST_NAMES).map(({ name }) => name) }
}

/** Departments and communes of a whole country that bear a name in full, or a code: `2B`, `haute corse`, `Bastia`. */
export function placesNamed<Place extends Pick<KnownPlace, 'code' | 'kind' | 'name' | 'mergedInto'>>(
  places: readonly Place[],
  words: string,
): Place[] {
  const [wanted, code] = [plainName(words), words.trim().toUpperCase()]
  return places.filter(
    ({ kind, mergedInto, ...place }) =>
      (kind === 'department' || (kind === 'commune' && mergedInto === undefined)) &&
      (place.code === code || (wanted !== '' && plainName(place.name) === wanted)),
  )
}

/** A hall that takes requests: of the list of a department, or known by a wait that somebody published for it. */
export type KnownHall = Pick<TownHall, 'insee' | 'name' | 'lat' | 'lon' | 'withoutAppointment'> & {
  listed: boolean
}

/** A town hall with its way from a town, as the crow flies; `undefined` where its position is not known. */
export interface HallNearby extends HallWait<KnownHall> {
  km?: number | undefined
}

/** Halls from the nearest to the farthest; those whose position is not known come last. */
export function byDistance(
  halls: readonly HallWait<KnownHall>[],
  kilometresTo: (point: { lat: number; lon: number }) => number,
): HallNearby[] {
  return halls
    .map(one => {
      const { lat, lon } = one.hall
      return lat === undefined || lon === undefined ? one : { ...one, km: kilometresTo({ lat, lon }) }
    })
    .sort((a: HallNearby, b: HallNearby) => (a.km ?? Number.MAX_VALUE) - (b.km ?? Number.MAX_VALUE))
}
