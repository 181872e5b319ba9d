import { largest, smallest } from '../extremes.ts'

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

/**
 * The same kernel in years, for titles issued evenly over their year: a lag of l months falls l/12 years away,
 * shared between the two nearest whole years in proportion.
 * Worked example: a lag of +3 months: 0.75 in the year of the end, 0.25 in the next.
 */
export function yearlyKernel(monthly: LagKernel): LagKernel {
  const byYear = new Map<number, number>()
  monthly.probabilities.forEach((probability, i) => {
    const years = (monthly.first + i) / 12
    const whole = Math.floor(years)
    byYear.set(whole, (byYear.get(whole) ?? 0) + probability * (1 - (years - whole)))
    byYear.set(whole + 1, (byYear.get(whole + 1) ?? 0) + probability * (years - whole))
  })
  const first = smallest(byYear.keys())
  const last = largest(byYear.keys())
  return {
    first,
    probabilities: Array.from({ length: last - first + 1 }, (_, i) => byYear.get(first + i) ?? 0),
  }
}

/**
 * Posterior mean of a kernel under a Dirichlet prior worth `strength` observed lags. Lags outside the prior's
 * window are left out: they are new applications that the file calls renewals.
 * Worked example: prior (½, ½) worth 2 and counts (6, 2) give (0.7, 0.3).
 */
export function learnedKernel(
  prior: LagKernel,
  counts: ReadonlyMap<number, number>,
  strength = 20,
): LagKernel {
  const weights = prior.probabilities.map(
    (probability, i) => strength * probability + (counts.get(prior.first + i) ?? 0),
  )
  return { first: prior.first, probabilities: sharesOf(weights, 1) }
}

function sharesOf(weights: readonly number[], total: number): number[] {
  const sum = weights.reduce((running, weight) => running + weight, 0)
  return weights.map(weight => (sum > 0 ? (total * weight) / sum : 0))
}
