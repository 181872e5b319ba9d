import { quantileSorted } from 'simple-statistics'
import { normalQuantile } from './normal-quantile.ts'

/** Quantiles of a projected figure over its paths. `undefined`: further than the calendar known to the model. */
export interface PathBand {
  low95: number | undefined
  low90: number | undefined
  low80: number | undefined
  low50: number | undefined
  median: number | undefined
  high50: number | undefined
  high80: number | undefined
  high90: number | undefined
  high95: number | undefined
  /** Share of the paths above the limit; a path beyond the calendar is above it. */
  probabilityOver: number
}

/**
 * Summary of one value per path: central 50, 80, 90 and 95 %, median, and share of paths above a limit.
 *
 * @throws RangeError without any path.
 */
export function pathBand(values: ArrayLike<number>, limit: number): PathBand {
  if (values.length === 0) throw new RangeError('a band needs at least one path')
  // Sorted as numbers without a comparison of ours: a sheet sorts thousands of paths.
  const sorted = Array.from(Float64Array.from(values).sort())
  const at = (share: number) => {
    const value = quantileSorted(sorted, share)
    return Number.isFinite(value) ? value : undefined
  }
  return {
    low95: at(0.025),
    low90: at(0.05),
    low80: at(0.1),
    low50: at(0.25),
    median: at(0.5),
    high50: at(0.75),
    high80: at(0.9),
    high90: at(0.95),
    high95: at(0.975),
    probabilityOver: sorted.filter(value => value > limit).length / sorted.length,
  }
}

/**
 * The band of a value whose logarithm is normal, held between two limits: midpoints of equal shares of the normal law stand
 * for it, so that one summary serves laws and paths.
 *
 * Example: mean log 20 and spread 0: 20 at every share, above 30 never.
 */
export function logNormalBand(
  { mean, spread }: { mean: number; spread: number },
  limit: number,
  { shortest, longest }: { shortest: number; longest: number },
): PathBand {
  return pathBand(
    NORMAL_SHARES.map(z => Math.min(longest, Math.max(shortest, Math.exp(mean + spread * z)))),
    limit,
  )
}

const NORMAL_SHARES = Float64Array.from({ length: 400 }, (_, i) => normalQuantile((i + 0.5) / 400))
