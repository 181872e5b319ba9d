import { largest, smallest } from '../numerics/extremes.ts'
import { textWidth } from './dodge.ts'
import { round } from './scale.ts'

/** A part of the drawing where places stand. */
export interface Region {
  x: number
  y: number
  width: number
  height: number
}

/** A rectangle by its sides, in pixels. */
export interface Box {
  left: number
  top: number
  right: number
  bottom: number
}

/** A rectangle by its corner and its size. */
export function box(left: number, top: number, width: number, height: number): Box {
  return { left, top, right: left + width, bottom: top + height }
}

/** Whether two rectangles overlap. */
export function meets(a: Box, b: Box): boolean {
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom
}

/** The rectangle around points, with five pixels of margin. */
export function boxAround(points: readonly { x: number; y: number }[]): Box {
  const [xs, ys] = [points.map(point => point.x), points.map(point => point.y)]
  return {
    left: round(smallest(xs) - 5),
    top: round(smallest(ys) - 5),
    right: round(largest(xs) + 5),
    bottom: round(largest(ys) + 5),
  }
}

interface NamedDisc {
  name: string
  x: number
  y: number
  radius: number
}

interface NameSpot {
  x: number
  y: number
  anchor: 'start' | 'middle' | 'end'
}

/** Where each name can stand without covering a disc, another name or what is taken; `undefined` where it cannot. */
export function nameSpots(
  discs: readonly NamedDisc[],
  other: readonly Box[],
  region: Region,
  size: number,
): (NameSpot | undefined)[] {
  const taken = [
    ...other,
    ...discs.map(({ x, y, radius }) => box(x - radius, y - radius, 2 * radius, 2 * radius)),
  ]
  return discs.map(({ name, x, y, radius }) => {
    const long = textWidth(name, size) * 1.06
    const candidates: (NameSpot & { box: Box })[] = [
      { x: x + radius + 4, y: y + 4, anchor: 'start', box: box(x + radius + 2, y - 7, long + 4, 14) },
      { x: x - radius - 4, y: y + 4, anchor: 'end', box: box(x - radius - long - 6, y - 7, long + 4, 14) },
      { x, y: y + radius + 13, anchor: 'middle', box: box(x - long / 2, y + radius + 2, long, 14) },
      ...([1, -1] as const).flatMap(side =>
        ([1, -1] as const).map(way => {
          const [left, top] = [x + side * (radius - 4), y + way * (radius + 9)]
          return {
            x: left,
            y: top + 4,
            anchor: side > 0 ? ('start' as const) : ('end' as const),
            box: box(side > 0 ? left : left - long, top - 7, long, 14),
          }
        }),
      ),
      { x, y: y - radius - 5, anchor: 'middle', box: box(x - long / 2, y - radius - 16, long, 14) },
    ]
    const spot = candidates.find(
      candidate =>
        candidate.box.left >= region.x &&
        candidate.box.right <= region.x + region.width &&
        candidate.box.top >= region.y &&
        candidate.box.bottom <= region.y + region.height &&
        taken.every(place => !meets(candidate.box, place)),
    )
    if (spot === undefined) return undefined
    taken.push(spot.box)
    return { x: round(spot.x), y: round(spot.y), anchor: spot.anchor }
  })
}
