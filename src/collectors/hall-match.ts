import { kilometres } from '../places/catchment.ts'
import { type MeetingPoint, townName } from './meeting-point.ts'

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
/** A hall of the same name so far away is that of another town. */
const FAR_KM = 30

type Point = Pick<MeetingPoint, 'name' | 'city' | 'lat' | 'lon'> & Partial<Pick<MeetingPoint, 'ugf'>>

/**
 * The hall that a point seems to be at: of the same number at France Titres, or else of the same name, in the communes of its
 * postcode, or near it. The one with most signs of the three; none that is far from the point, or that is elsewhere by its
 * postcode where positions are not known, and none of a lone sign that another hall has too. Where no known hall is like it,
 * the town that it names: only equipped halls give appointments, and lists come late.
 *
 * @param postcodeCommunes INSEE codes of the communes of the point's postcode.
 * @param namesakes communes of the department of the name of its town, whether a list says them equipped or not.
 */
export function proposeHall(
  point: Point,
  halls: readonly CandidateHall[],
  postcodeCommunes: readonly string[],
  namesakes: readonly CandidateHall[] = [],
): HallProposal | undefined {
  const known = likest(point, halls, postcodeCommunes)
  if (known !== undefined) return known
  const town = likest(point, namesakes, postcodeCommunes)
  return town && { ...town, because: `${town.because} ; aucune liste ne la dit équipée` }
}

function likest(
  point: Point,
  halls: readonly CandidateHall[],
  postcodeCommunes: readonly string[],
): HallProposal | undefined {
  const numbered = point.ugf === undefined ? undefined : halls.find(hall => hall.ugf?.includes(point.ugf!))
  if (numbered !== undefined)
    return { insee: numbered.insee, name: numbered.name, because: 'même numéro à France Titres' }
  const isElsewhere = (hall: CandidateHall, distance: number) =>
    Number.isFinite(distance)
      ? distance > FAR_KM
      : postcodeCommunes.length > 0 && !postcodeCommunes.includes(hall.insee)
  // Software writes 0 and 0 for a position that nobody gave.
  const isPlaced = point.lat !== 0 || point.lon !== 0
  const scored = halls
    .map(hall => {
      const distance =
        !isPlaced || hall.lat === undefined || hall.lon === undefined
          ? undefined
          : kilometres(point, { lat: hall.lat, lon: hall.lon })
      const signs = [
        ...(townName(point.city) === townName(hall.name) ? ['même nom'] : []),
        ...(postcodeCommunes.includes(hall.insee) ? ['même code postal'] : []),
        ...(distance !== undefined && distance <= NEAR_KM ? ['même endroit'] : []),
      ]
      return { hall, signs, distance: distance ?? Number.POSITIVE_INFINITY }
    })
    .filter(({ hall, signs, distance }) => signs.length > 0 && !isElsewhere(hall, distance))
    .sort((a, b) => b.signs.length - a.signs.length || a.distance - b.distance)
  const [best, next] = scored
  if (best === undefined) return undefined
  const isDoubtful = best.signs.length === 1 && next !== undefined && next.signs.length === 1
  if (isDoubtful) return undefined
  return { insee: best.hall.insee, name: best.hall.name, because: best.signs.join(', ') }
}
