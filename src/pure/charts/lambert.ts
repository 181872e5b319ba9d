import { largest, smallest } from '../numerics/extremes.ts'

/** A point on the ground, in degrees. */
export interface Coordinates {
  lat: number
  lon: number
}

const RADIANS = Math.PI / 180
const tangent = (latitude: number) => Math.tan(Math.PI / 4 + latitude / 2)
const [SOUTH, NORTH] = [44 * RADIANS, 49 * RADIANS]
const CONE = Math.log(Math.cos(SOUTH) / Math.cos(NORTH)) / Math.log(tangent(NORTH) / tangent(SOUTH))

/**
 * Lambert's conformal conic on a sphere of radius 1 with the parallels of France's official maps (44° and 49°,
 * central meridian 3° E), so that a department has the outline people know (Snyder 1987, eq. 15-1 to 15-4).
 * `x` grows eastward, `y` southward as on a screen.
 *
 * @example Snyder's sphere with parallels 44° and 49°: at 3° E, `x` is 0.
 */
export function lambert({ lat, lon }: Coordinates): { x: number; y: number } {
  const scale = (Math.cos(SOUTH) * tangent(SOUTH) ** CONE) / CONE
  const distance = scale / tangent(lat * RADIANS) ** CONE
  const angle = CONE * (lon - 3) * RADIANS
  return { x: distance * Math.sin(angle), y: distance * Math.cos(angle) }
}

/** Places projected points in a frame, as large as they go with their proportions kept, in the middle. */
export function fitted(
  points: readonly Coordinates[],
  frame: { width: number; height: number; margin: number },
): (point: Coordinates) => { x: number; y: number } {
  const projected = points.map(lambert)
  const xs = projected.map(point => point.x)
  const ys = projected.map(point => point.y)
  const [west, east] = [smallest(xs), largest(xs)]
  const [top, bottom] = [smallest(ys), largest(ys)]
  const scale = Math.min(
    (frame.width - 2 * frame.margin) / Math.max(east - west, 1e-6),
    (frame.height - 2 * frame.margin) / Math.max(bottom - top, 1e-6),
  )
  return point => {
    const { x, y } = lambert(point)
    return {
      x: frame.width / 2 + (x - (west + east) / 2) * scale,
      y: frame.height / 2 + (y - (top + bottom) / 2) * scale,
    }
  }
}
