/** How far a monthly profile is believed, and what the belief is worth before observations speak. */
const PRIOR_TRUST = { mean: 1, standardDeviation: 0.5 }

/**
 * Slope β, held in [0, 1], of the observed monthly profile on the expected one: y/ȳ − 1 = β (e/ē − 1) + error,
 * both relative to their mean over the last `season` periods, errors of variance 1/ȳ (Poisson), prior N(1, ½²).
 * Titles counted in a sample, or registered with some delay, come due in months that are partly noise; the slope
 * then falls below 1 (regression dilution, Spearman 1904; Fuller 1987).
 * Worked example: an expected profile that alternates 0.5 and 1.5 around 100 with flat observations of 100
 * gives β near 0; with observations equal to it, β is 1.
 */
export function profileTrust(
  observed: readonly (number | undefined)[],
  expected: readonly (number | undefined)[],
  season: number,
): number {
  let precision = 1 / PRIOR_TRUST.standardDeviation ** 2
  let evidence = precision * PRIOR_TRUST.mean
  for (let t = season - 1; t < observed.length; t++) {
    const meanObserved = trailingMean(observed, t, season)
    const meanExpected = trailingMean(expected, t, season)
    if (!meanObserved || !meanExpected) continue
    const shape = expected[t]! / meanExpected - 1
    precision += shape ** 2 * meanObserved
    evidence += shape * (observed[t]! / meanObserved - 1) * meanObserved
  }
  return Math.min(1, Math.max(0, evidence / precision))
}

/**
 * A profile drawn toward its mean over each season: mean + β (value − mean). Totals of whole seasons stay.
 * Worked example: 50 and 150 with β = 0.4 become 80 and 120.
 */
export function trustedProfile(values: readonly number[], trust: number, season: number): number[] {
  return values.map((value, t) => {
    const from = Math.floor(t / season) * season
    const block = values.slice(from, from + season)
    const mean = block.reduce((sum, each) => sum + each, 0) / block.length
    return mean + trust * (value - mean)
  })
}

function trailingMean(
  values: readonly (number | undefined)[],
  t: number,
  season: number,
): number | undefined {
  let sum = 0
  for (let i = t - season + 1; i <= t; i++) {
    const value = values[i]
    if (value === undefined) return undefined
    sum += value
  }
  return sum / season
}
