import { scaleLinear } from 'd3-scale'
import { frenchShortNumber } from '../french/french.ts'
import { largest, smallest } from '../numerics/extremes.ts'

/** A vertical or horizontal measure: from values to pixels, with the round values that are written on it. */
export interface ValueScale {
  at: (value: number) => number
  ticks: number[]
  low: number
  high: number
}

/**
 * Scale over some values with round ends (1, 2 or 5 times a power of ten). Zero is kept as the lower end: a
 * delay drawn on a cut axis looks worse, or better, than it is.
 *
 * @param pixels where the low and the high end fall.
 */
export function valueScale(
  values: readonly number[],
  pixels: readonly [number, number],
  tickCount: number,
): ValueScale {
  const low = smallest(values, 0)
  const high = largest(values, low + 1)
  const scale = scaleLinear().domain([low, high]).range(pixels).nice(tickCount)
  const [niceLow = 0, niceHigh = 1] = scale.domain()
  return { at: value => round(scale(value)), ticks: scale.ticks(tickCount), low: niceLow, high: niceHigh }
}

/** Label of a round value: as few decimals as its neighbours need. */
export function tickLabel(value: number): string {
  return frenchShortNumber(value, 2)
}

/** A length cut to three decimals, so that committed pictures do not change with the last bit of a sum. */
export function round(pixels: number): number {
  return Math.round(pixels * 1000) / 1000
}
