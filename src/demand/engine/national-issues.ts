import type { Day } from '../../pure/calendar/day.ts'

/** A national yearly volume of one title, as published. `spread` is the standard deviation of its logarithm. */
export interface YearVolume {
  year: number
  volume: number
  spread: number
  /** Where and when it was published, for whoever asks what moved an assumption. */
  publishedOn?: Day | undefined
  source?: string | undefined
  /** Told by nobody: a level taken up again, beside which nothing is judged. */
  untold?: true
}

/** The two titles that are asked for at a town hall. */
export const COUNTER_TITLES = ['cni', 'passport'] as const
/** A title asked for at a town hall. */
export type CounterTitle = (typeof COUNTER_TITLES)[number]

/** A yearly volume for each year, known or interpolated. `known` tells them apart. */
export interface FilledYear extends YearVolume {
  known: boolean
}

/** Years between two known volumes beyond which nothing is drawn between them: the years are unknown, and said so. */
export const LONGEST_BRIDGE = 8

/**
 * Yearly volumes from `first` to the last known year: straight lines between the logarithms of known years at most
 * eight years apart, else the level of the next known one, as before the first. The spread of an interpolated year is
 * `unknownSpread` at mid-gap and joins the known spreads at both ends, so that a year next to a known one is not called
 * unknown; a year that is not bridged has it whole.
 *
 * @throws RangeError when no year is known.
 */
export function fillYears(known: readonly YearVolume[], first: number, unknownSpread: number): FilledYear[] {
  const inOrder = [...known].sort((a, b) => a.year - b.year)
  const last = inOrder.at(-1)
  if (last === undefined) throw new RangeError('fillYears needs at least one known year')
  return Array.from({ length: Math.max(0, last.year - first + 1) }, (_, i) => {
    const year = first + i
    const after = inOrder.find(point => point.year >= year) ?? last
    const before = inOrder.findLast(point => point.year <= year)
    if (after.year === year) return { ...after, known: true }
    if (before === undefined || after.year - before.year > LONGEST_BRIDGE)
      return { year, volume: after.volume, spread: unknownSpread, known: false }
    const weight = (year - before.year) / (after.year - before.year)
    const volume = Math.exp((1 - weight) * Math.log(before.volume) + weight * Math.log(after.volume))
    const ends = (1 - weight) * before.spread + weight * after.spread
    const middle = 4 * weight * (1 - weight)
    return { year, volume, spread: Math.hypot(ends, unknownSpread * Math.sqrt(middle)), known: false }
  })
}
