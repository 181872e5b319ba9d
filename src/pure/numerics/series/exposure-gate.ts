import { median } from 'simple-statistics'

/**
 * The house's gate, one configuration for a town of thirty titles a month and a nation of ten million: 2.5 noises as the
 * methods note found on its first trial, softened by half a noise so that one more title never flips a projection. A yearly
 * count is assumed to vary by 8 %, which is worth five yearly changes of its own history.
 */
export const HOUSE_GATE = { threshold: 2.5, softness: 0.5, priorVariability: 0.08, priorChanges: 5 } as const

/**
 * Year-to-year variability of titles due, relative to their number and beyond chance: the median absolute log
 * change × 1.4826, less the counting part 1/D₀ + 1/D₁, shrunk toward the assumption. A median, because a past
 * change of validity must not teach the gate that such changes are ordinary. Years that end in each of twelve
 * months overlap: they are worth a twelfth each.
 */
export function ownVariability(
  yearlyDue: readonly (readonly [before: number, after: number])[],
  stepsAYear = 1,
): number {
  const { priorVariability, priorChanges } = HOUSE_GATE
  const changes = yearlyDue
    .filter(([before, after]) => before > 0 && after > 0)
    .map(([before, after]) => ({ size: Math.abs(Math.log(after / before)), chance: 1 / before + 1 / after }))
  const prior = priorChanges * priorVariability ** 2
  if (changes.length === 0) return priorVariability
  const typical = median(changes.map(change => change.size))
  const excess = Math.max(0, (1.4826 * typical) ** 2 - median(changes.map(change => change.chance)))
  const years = changes.length / stepsAYear
  return Math.sqrt((years * excess + prior) / (years + priorChanges))
}

/**
 * Shift of exposure in units of its own counting noise: |D₁ − D₀| ÷ √(D₀ + D₁ + (v · D̄)²), where D₀ titles came
 * due in the last year, D₁ come due in the projected one and v is their own variability. The first two terms are
 * the variance of a difference of Poisson counts, and rule in a small sample; the third rules in a nation.
 * Worked example: 400 then 500 titles with v = 0.1: 100 ÷ √(900 + 45²) = 1.849.
 */
export function exposureShift(dueLastYear: number, dueProjected: number, variability: number): number {
  const mean = (dueLastYear + dueProjected) / 2
  const noise = Math.sqrt(dueLastYear + dueProjected + (variability * mean) ** 2)
  return noise > 0 ? Math.abs(dueProjected - dueLastYear) / noise : 0
}

/** How far the gate is open, 0 to 1: linear within the passage around the threshold. */
export function gateOpening(shift: number): number {
  const { threshold, softness } = HOUSE_GATE
  return Math.min(1, Math.max(0, (shift - threshold + softness) / (2 * softness)))
}

/**
 * Weight of the cohort in the projection. Where the gate is closed, errors decide: inverse mean squared errors of
 * both parts at past origins (Bates and Granger 1969), one half each where there is no past. The more it opens the
 * more the cohort is followed, because past errors choose wrongly at the very moment when exposure moves.
 * Worked example: errors 10 and 20 % give the cohort 0.8 behind a closed gate, 0.9 half open, 1 open.
 */
export function cohortWeight(
  opening: number,
  errors: { cohort: number; series: number } | undefined,
): number {
  const total = errors ? errors.cohort ** 2 + errors.series ** 2 : 0
  const byErrors = errors && total > 0 ? errors.series ** 2 / total : 0.5
  return byErrors + (1 - byErrors) * opening
}
