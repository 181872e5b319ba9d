import { groupBy } from '../pure/figures/group-by.ts'
import { frenchCount, frenchNumber } from '../pure/french/french.ts'
import { type HallSite, KM_PER_DEGREE, kilometres, type Residents } from './catchment.ts'

/** A hall of an imported list, with what is known of its size. */
export interface EquippedHall {
  insee: string
  department: string
  population: number | undefined
  stations: number | undefined
  lat: number
  lon: number
}

/** How many communes are equipped in all, where no list of them was imported. */
export const EQUIPPED_COMMUNES = {
  label: 'Communes équipées d’une station en France',
  value: 3460,
  origin: 'novembre 2024 : 3 460 communes, Maire-info 29151',
}

/** Who names a hall that no list names, as its source. */
export const ASSUMED_HALLS = {
  publisher: 'Vigie Titres, mairies supposées équipées',
  document: `Part du département dans les ${frenchNumber(EQUIPPED_COMMUNES.value)} communes équipées de France`,
  locator: 'une à une, où le plus d’habitants sont à plus de 12 km d’une autre',
}

/** What is not made for halls that are only assumed, and what to do instead, in French. */
export const NOT_FOR_ASSUMED =
  'ni fiche, ni kit, ni dossier n’est fait pour une mairie supposée. Importez la liste des mairies équipées (page Données).'

/** That the halls of a place are assumed, by which rule, and what replaces them, in French. */
export function assumedWords(halls: number, name: string): string {
  return `Aucune liste des mairies équipées (${name}) n’est importée : ${frenchCount(halls, 'commune est supposée', 'communes sont supposées')} l’être, la part de ce lieu dans celles de France (${EQUIPPED_COMMUNES.origin}), des plus peuplées aux plus éloignées.`
}

/** Inhabitants for one station where no list says both: 5,500 stations in those 3,460 communes. */
const PEOPLE_PER_STATION = 6_000

/**
 * Halls as their neighbours see them: by their stations, counted as so many inhabitants each, or by their inhabitants
 * where the stations are unknown. The rate is that of the halls of which both are known.
 *
 * @example Halls of 12,000 inhabitants and 2 stations, and of 3,000 and unknown: 12,000 and 3,000.
 */
export function attractions(halls: readonly EquippedHall[]): HallSite[] {
  const both = halls.filter(({ stations, population }) => stations && population)
  const stations = both.reduce((sum, hall) => sum + hall.stations!, 0)
  const people = both.reduce((sum, hall) => sum + hall.population!, 0)
  const perStation = stations > 0 ? people / stations : PEOPLE_PER_STATION
  return halls.map(({ insee, department, lat, lon, ...hall }) => ({
    insee,
    department,
    lat,
    lon,
    attraction: hall.stations ? hall.stations * perStation : (hall.population ?? perStation),
  }))
}

/**
 * Kilometres within which an equipped hall makes another less needed. Chosen after seeing the halls of Charente: with it
 * the rule names 12 of the 16 known, where the largest communes alone, most of them suburbs, are 8 of them.
 */
const SERVED_KM = 12
const SERVED_DEGREES = SERVED_KM / KM_PER_DEGREE

/**
 * Halls of the departments of which no list was imported: as many as their part of the inhabitants, one after the other
 * where most people are without one, a commune within 12 km of one chosen counting in proportion to the distance. They
 * are only what surrounds the halls that are known.
 */
export function assumedHalls(
  residents: readonly Residents[],
  listed: ReadonlySet<string>,
  count: number = EQUIPPED_COMMUNES.value,
): EquippedHall[] {
  const total = residents.reduce((sum, { population }) => sum + population, 0)
  return [...groupBy(residents, ({ department }) => department)]
    .filter(([department]) => !listed.has(department))
    .flatMap(([, communes]) => {
      const people = communes.reduce((sum, { population }) => sum + population, 0)
      return spacedOut(communes, Math.max(1, Math.round((count * people) / total)))
    })
    .map(({ code, department, population, lat, lon }) => ({
      insee: code,
      department,
      population,
      stations: undefined,
      lat,
      lon,
    }))
}

function spacedOut(communes: readonly Residents[], count: number): Residents[] {
  const unserved = communes.map(({ population }) => population)
  const chosen: Residents[] = []
  while (chosen.length < Math.min(count, communes.length)) {
    let best = 0
    for (let i = 1; i < unserved.length; i++) if (unserved[i]! > unserved[best]!) best = i
    const hall = communes[best]!
    chosen.push(hall)
    for (let i = 0; i < communes.length; i++) {
      const commune = communes[i]!
      // Most communes are out of reach by one alone; a degree of longitude is half one of latitude or more.
      if (Math.abs(hall.lat - commune.lat) > SERVED_DEGREES) continue
      if (Math.abs(hall.lon - commune.lon) > 2 * SERVED_DEGREES) continue
      const km = kilometres(hall, commune)
      if (km < SERVED_KM) unserved[i]! *= km / SERVED_KM
    }
    unserved[best] = -1
  }
  return chosen
}
