/** A closed line on the ground: longitude, then latitude, of each vertex, the first one written again at the end. */
export type Ring = readonly (readonly [number, number])[]

/** About 50 metres of latitude: finer than a pixel of any map of a department. */
const FINEST_STEP = 0.0005
/** A map of 860 pixels shows no more, and is drawn of so many in some tens of milliseconds. */
const MOST_VERTICES = 40_000
const A_TRIANGLE = 4

/**
 * Rings whose vertices stand on a grid, without those that fall on the one before; a ring that becomes a line is left out.
 * Neighbours are cut on the same grid, so that their common border stays common.
 *
 * @param step side of the grid, in degrees.
 * @example with a step of 1: [0.1, 0], [0.2, 0], [2, 0], [2, 2], [0.1, 0] becomes [0, 0], [2, 0], [2, 2], [0, 0].
 */
export function onGrid(rings: readonly Ring[], step: number): Ring[] {
  return rings.flatMap(ring => {
    const kept: [number, number][] = []
    let [x, y] = [Number.NaN, Number.NaN]
    for (const [lon, lat] of ring) {
      const [column, row] = [Math.round(lon / step), Math.round(lat / step)]
      if (column === x && row === y) continue
      ;[x, y] = [column, row]
      kept.push([x * step, y * step])
    }
    return kept.length < A_TRIANGLE ? [] : [kept]
  })
}

/** Rings as fine as `most` vertices allow in all: the grid is made twice as coarse until they are no more. */
export function simplified(rings: readonly Ring[], most = MOST_VERTICES): Ring[] {
  let drawn = onGrid(rings, FINEST_STEP)
  for (let step = 2 * FINEST_STEP; drawn.reduce((sum, ring) => sum + ring.length, 0) > most; step *= 2)
    drawn = onGrid(drawn, step)
  return drawn
}
