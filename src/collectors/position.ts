/** A position on earth, in degrees. */
export interface Position {
  lat: number
  lon: number
}

const EARTH_KM = 6_371

/**
 * Kilometres between two positions, over a sphere (haversine; R. W. Sinnott, *Virtues of the Haversine*, Sky and Telescope
 * 68, 1984): from Angoulême (45.6484, 0.1562) to Cognac (45.6958, -0.3287) 38.0 km.
 */
export function kilometres(a: Position, b: Position): number {
  const radians = (degrees: number) => (degrees * Math.PI) / 180
  const half = (from: number, to: number) => Math.sin(radians(to - from) / 2) ** 2
  const chord = half(a.lat, b.lat) + Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * half(a.lon, b.lon)
  return 2 * EARTH_KM * Math.asin(Math.min(1, Math.sqrt(chord)))
}

/** Whether two positions are at most so many kilometres apart. */
export function nearby(a: Position, b: Position, most: number): boolean {
  return kilometres(a, b) <= most
}
