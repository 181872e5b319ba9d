import { frenchShortNumber } from '../../pure/french/french.ts'

/** Boxes around the territories of France, in degrees: south, north, west, east (WGS 84), a little wide. */
const TERRITORIES: readonly (readonly [number, number, number, number])[] = [
  [41.2, 51.2, -5.3, 9.7], // hexagon and Corsica
  [14.3, 18.2, -63.3, -60.7], // Antilles
  [2, 6, -54.7, -51.5], // Guyane
  [-21.5, -20.8, 55.1, 55.9], // La Réunion
  [-13.1, -12.6, 44.9, 45.4], // Mayotte
  [46.7, 47.2, -56.5, -56], // Saint-Pierre-et-Miquelon
  [-23, -19, 163, 168.5], // Nouvelle-Calédonie
  [-28, -7.5, -155, -134], // Polynésie
  [-14.5, -13, -178.5, -176], // Wallis-et-Futuna
]

/** Whether a position lies in or near a territory of France, overseas included. */
export function isInFrance(latitude: number, longitude: number): boolean {
  return TERRITORIES.some(
    ([south, north, west, east]) =>
      latitude >= south && latitude <= north && longitude >= west && longitude <= east,
  )
}

/** A latitude or a longitude as people read it, to about ten metres: `−0,3292`. */
export function degrees(value: number): string {
  return frenchShortNumber(value, 4)
}
