import { kilometres, type MeetingPoint, plainName } from './meeting-point.ts'

/** A town hall that a point may be at. */
export interface CandidateHall {
  insee: string
  name: string
  lat: number | undefined
  lon: number | undefined
  /** Numbers of its desks at France Titres. */
  ugf?: readonly string[]
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
 * The hall that a point seems to be at: of the same number at France Titres, or else of the same name, in the communes of its postcode, or near it. Two signs of three
 * are asked for when they are known, and a lone sign only when no other hall has one.
 *
 * @param postcodeCommunes INSEE codes of the communes of the point's postcode.
 */
export function proposeHall(
  point: Pick<MeetingPoint, 'name' | 'city' | 'lat' | 'lon'> & Partial<Pick<MeetingPoint, 'ugf'>>,
  halls: readonly CandidateHall[],
  postcodeCommunes: readonly string[],
): HallProposal | undefined {
  const numbered = point.ugf === undefined ? undefined : halls.find(hall => hall.ugf?.includes(point.ugf!))
  if (numbered !== undefined)
    return { insee: numbered.insee, name: numbered.name, because: 'même numéro à France Titres' }
  const scored = halls
    .map(hall => {
      const distance =
        hall.lat === undefined || hall.lon === undefined
          ? undefined
          : kilometres(point, { lat: hall.lat, lon: hall.lon })
      const signs = [
        ...(plainName(point.city) === plainName(hall.name) ? ['même nom'] : []),
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
