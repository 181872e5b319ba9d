import { quantileSorted } from 'simple-statistics'

/** Quantiles of a projected figure over its paths. `undefined`: further than the calendar known to the model. */
export interface PathBand {
  low95: number | undefined
  low80: number | undefined
  median: number | undefined
  high80: number | undefined
  high95: number | undefined
  /** Share of the paths above the limit; a path beyond the calendar is above it. */
  probabilityOver: number
}

/**
 * Summary of one value per path: central 80 % and 95 %, median, and share of paths above a limit.
 *
 * @throws RangeError without any path.
 */
export function pathBand(values: ArrayLike<number>, limit: number): PathBand {
  if (values.length === 0) throw new RangeError('a band needs at least one path')
  const sorted = Array.from(values).sort((a, b) => a - b)
  const at = (share: number) => {
    const value = quantileSorted(sorted, share)
    return Number.isFinite(value) ? value : undefined
  }
  return {
    low95: at(0.025),
    low80: at(0.1),
    median: at(0.5),
    high80: at(0.9),
    high95: at(0.975),
    probabilityOver: sorted.filter(value => value > limit).length / sorted.length,
  }
}
