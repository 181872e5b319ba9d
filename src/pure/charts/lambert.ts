import { type GeoProjection, geoConicConformal } from 'd3-geo'

/** A point on the ground, in degrees. */
export interface Coordinates {
  lat: number
  lon: number
}

/** A point where it stands has no extent: a hair around each one gives a lone one a frame. */
const HAIR_DEGREES = 1e-9

/**
 * Places points in a frame, as large as they go with their proportions kept, in the middle, by Lambert's conformal conic on
 * a sphere with the parallels of France's official maps (44° and 49°, central meridian 3° E), so that a department has the
 * outline people know. `x` grows eastward, `y` southward as on a screen.
 */
export function fitted(
  points: readonly Coordinates[],
  { width, height, margin }: { width: number; height: number; margin: number },
): (point: Coordinates) => { x: number; y: number } {
  const coordinates = points.flatMap(({ lat, lon }) => [
    [lon - HAIR_DEGREES, lat - HAIR_DEGREES],
    [lon + HAIR_DEGREES, lat + HAIR_DEGREES],
  ])
  const projection = lambert().fitExtent(
    [
      [margin, margin],
      [width - margin, height - margin],
    ],
    { type: 'MultiPoint', coordinates },
  )
  return ({ lat, lon }) => {
    const [x, y] = projection([lon, lat])!
    return { x, y }
  }
}

/** The projection itself, one unit a radius of the Earth. */
export function lambert(): GeoProjection {
  return geoConicConformal().parallels([44, 49]).rotate([-3, 0]).scale(1).translate([0, 0]).precision(0)
}
