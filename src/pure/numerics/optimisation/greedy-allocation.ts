import { largest } from '../extremes.ts'

/**
 * Allocation of identical units one at a time to the place where the next one gains most (Fox 1966). Exact for
 * the total gain when each further unit at a place gains no more than the one before it, as with the
 * person-time of a queue, which is convex in its capacity.
 *
 * @param gain what the `n`-th unit (1, 2, …) brings at a place. A unit that gains nothing anywhere is kept.
 * @returns units per place. Ties go to the first place. Example: gains 5, 1 against 3, 2 with three units
 * give `[1, 2]`.
 */
export function greatestGain(
  units: number,
  places: number,
  gain: (place: number, n: number) => number,
): number[] {
  const given = new Array<number>(places).fill(0)
  const next = given.map((_, place) => gain(place, 1))
  for (let unit = 0; unit < units; unit++) {
    const best = next.indexOf(largest(next))
    if (best < 0 || !(next[best]! > 0)) break
    given[best] = given[best]! + 1
    next[best] = gain(best, given[best]! + 1)
  }
  return given
}

/**
 * Allocation of identical units one at a time to the place that is worst off. Exact for the smallest possible
 * worst level when a unit never worsens the place that receives it: no other choice can lower the maximum.
 *
 * @param level how badly off a place is with `n` units (0, 1, …), such as its wait in days.
 */
export function worstFirst(
  units: number,
  places: number,
  level: (place: number, n: number) => number,
): number[] {
  const given = new Array<number>(places).fill(0)
  const levels = given.map((_, place) => level(place, 0))
  for (let unit = 0; unit < units && places > 0; unit++) {
    const worst = levels.indexOf(largest(levels))
    given[worst] = given[worst]! + 1
    levels[worst] = level(worst, given[worst]!)
  }
  return given
}
