import { largest, smallest } from '../../../src/pure/numerics/extremes.ts'
import type { LagKernel } from '../../../src/pure/numerics/series/lag-kernel.ts'

/**
 * The same kernel in periods of so many months, for titles issued evenly over their own: a lag of l months falls l/12 years
 * away, shared between the two nearest whole years in proportion; so with quarters.
 * Worked example: a lag of +3 months: 0.75 in the year of the end, 0.25 in the next.
 */
export function coarserKernel(monthly: LagKernel, months: number): LagKernel {
  if (months === 1) return monthly
  const shares = new Map<number, number>()
  monthly.probabilities.forEach((probability, i) => {
    const periods = (monthly.first + i) / months
    const whole = Math.floor(periods)
    shares.set(whole, (shares.get(whole) ?? 0) + probability * (1 - (periods - whole)))
    shares.set(whole + 1, (shares.get(whole + 1) ?? 0) + probability * (periods - whole))
  })
  const first = smallest(shares.keys())
  const last = largest(shares.keys())
  return {
    first,
    probabilities: Array.from({ length: last - first + 1 }, (_, i) => shares.get(first + i) ?? 0),
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
  const all = weights.reduce((sum, weight) => sum + weight, 0)
  return { first: prior.first, probabilities: weights.map(weight => (all > 0 ? weight / all : 0)) }
}

/** Titles that come due together, by group, and how many of them returned, whatever their group. */
export interface ReturnCell {
  returned: number
  due: ReadonlyMap<string, number>
}

/**
 * Return rate of each group relative to the mean of all, where returns do not say which group they come from: a
 * mixture of Poisson counts by expectation and maximisation (Dempster, Laird and Rubin 1977), each group joined by
 * `strength` titles that return as its prior says (Gamma prior, Clayton and Kaldor 1987). Rates stay positive.
 * Worked example: one group a cell, means 0.5, 4 returns of 30 due, strength 10: (10 · 0.5 + 4) ÷ 40 ÷ 0.5 = 0.45.
 */
export function relativeReturnRates(
  cells: readonly ReturnCell[],
  prior: (group: string) => number = () => 1,
  strength = 10,
  iterations = 30,
): Map<string, number> {
  const due = new Map<string, number>()
  let returned = 0
  for (const cell of cells) {
    returned += cell.returned
    for (const [group, titles] of cell.due) due.set(group, (due.get(group) ?? 0) + titles)
  }
  const mean = returned / [...due.values()].reduce((sum, titles) => sum + titles, 0)
  if (!(mean > 0 && Number.isFinite(mean))) return new Map()
  let rates = new Map([...due.keys()].map(group => [group, mean * prior(group)]))
  for (let i = 0; i < iterations; i++) {
    const attributed = new Map<string, number>()
    for (const cell of cells) {
      const expected = [...cell.due].reduce((sum, [group, titles]) => sum + rates.get(group)! * titles, 0)
      if (expected <= 0) continue
      for (const [group, titles] of cell.due)
        attributed.set(
          group,
          (attributed.get(group) ?? 0) + (cell.returned * rates.get(group)! * titles) / expected,
        )
    }
    rates = new Map(
      [...due].map(([group, titles]) => [
        group,
        (strength * mean * prior(group) + (attributed.get(group) ?? 0)) / (strength + titles),
      ]),
    )
  }
  return new Map([...rates].map(([group, rate]) => [group, rate / mean]))
}
