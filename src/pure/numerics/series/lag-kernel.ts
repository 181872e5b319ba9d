/**
 * When holders come back around the legal end of a title: the chance of each lag, in periods, among those who do.
 * `probabilities[i]` belongs to lag `first + i`; negative lags are early renewals. They sum to 1.
 */
export interface LagKernel {
  first: number
  probabilities: readonly number[]
}

/** Shape of a monthly kernel, for a title whose own lags have not been observed. */
export interface LagShape {
  earlyMonths: number
  /** Share of those who come back before the end. */
  earlyShare: number
  /** Mean delay after the end, in months, of those who come back late. */
  meanDelay: number
  lateMonths: number
}

/**
 * The house's prior: administrations invite holders to come within the last six months, most of the others come
 * when the title has just lapsed, and a tail waits for the next journey. An assumption, replaced by observed lags.
 */
export const PRIOR_LAG_SHAPE: LagShape = { earlyMonths: 6, earlyShare: 0.4, meanDelay: 6, lateMonths: 24 }

/**
 * Monthly kernel of a shape: truncated geometric on each side of the end, rising toward it and falling after it.
 * Worked example: two early months, share 0.4, no delay: 2/15 and 4/15 before the end, 0.6 in its month.
 */
export function monthlyKernel({
  earlyMonths,
  earlyShare,
  meanDelay,
  lateMonths,
}: LagShape = PRIOR_LAG_SHAPE): LagKernel {
  const early = Array.from({ length: earlyMonths }, (_, i) => 0.5 ** (earlyMonths - i))
  const late = Array.from({ length: lateMonths + 1 }, (_, i) => (meanDelay / (1 + meanDelay)) ** i)
  const share = earlyMonths > 0 ? earlyShare : 0
  return {
    first: -earlyMonths,
    probabilities: [...sharesOf(early, share), ...sharesOf(late, 1 - share)],
  }
}

function sharesOf(weights: readonly number[], total: number): number[] {
  const sum = weights.reduce((running, weight) => running + weight, 0)
  return weights.map(weight => (sum > 0 ? (total * weight) / sum : 0))
}
