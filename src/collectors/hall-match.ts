import type { MeetingPoint } from './meeting-point.ts'
import { kilometres } from './position.ts'

/** A town hall that a point may be at. */
export interface CandidateHall {
  insee: string
  name: string
  lat: number | undefined
  lon: number | undefined
}

/** A hall proposed for a point: a person confirms it once. */
export interface HallProposal {
  insee: string
  name: string
  /** What speaks for it, in words. */
  because: string
}

const NEAR_KM = 3

/**
 * The hall that a point seems to be at: of the same name, in the communes of its postcode, or near it. Two signs of three
 * are asked for when they are known, and a lone sign only when no other hall has one.
 *
 * @param postcodeCommunes INSEE codes of the communes of the point's postcode.
 */
export function proposeHall(
  point: Pick<MeetingPoint, 'name' | 'city' | 'lat' | 'lon'>,
  halls: readonly CandidateHall[],
  postcodeCommunes: readonly string[],
): HallProposal | undefined {
  const scored = halls
    .map(hall => {
      const distance =
        hall.lat === undefined || hall.lon === undefined
          ? undefined
          : kilometres(point, { lat: hall.lat, lon: hall.lon })
      const signs = [
        ...(plain(point.city) === plain(hall.name) ? ['même nom'] : []),
        ...(postcodeCommunes.includes(hall.insee) ? ['même code postal'] : []),
        ...(distance !== undefined && distance <= NEAR_KM ? ['même endroit'] : []),
      ]
      return { hall, signs, distance: distance ?? Number.POSITIVE_INFINITY }
    })
    .filter(({ signs }) => signs.length > 0)
    .sort((a, b) => b.signs.length - a.signs.length || a.distance - b.distance)
  const [best, next] = scored
  if (best === undefined) return undefined
  const isDoubtful = best.signs.length === 1 && next !== undefined && next.signs.length === 1
  if (isDoubtful) return undefined
  return { insee: best.hall.insee, name: best.hall.name, because: best.signs.join(', ') }
}

/** A name without case, accents, signs nor the shortening of « saint »: `St-Médard` and `SAINT MEDARD` are one. */
function plain(name: string): string {
  return name
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase()
    .replaceAll('œ', 'oe')
    .replace(/[^a-z0-9]+/g, ' ')
    .replace(/\bst(e?)\b/g, 'saint$1')
    .replace(/\bcedex\b.*$/, '')
    .trim()
}
