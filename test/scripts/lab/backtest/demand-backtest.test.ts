import { expect, test } from 'vitest'
import { projectCases } from '../../../../scripts/lab/backtest/demand-backtest.ts'
import { coarserKernel } from '../../../../scripts/lab/backtest/observed-returns.ts'
import { cohortsUnderLaw } from '../../../../src/demand/engine/cohort-part.ts'
import { forecastDemand } from '../../../../src/demand/engine/forecast.ts'
import { cohortsOf, type ValidityRule } from '../../../../src/demand/engine/renewal.ts'
import { monthlyKernel } from '../../../../src/pure/numerics/series/lag-kernel.ts'
import { normal, seededRandom } from '../../../../src/pure/numerics/series/random.ts'
import { forecastSeries } from '../../../../src/pure/numerics/series/series-ensemble.ts'

const kernel = coarserKernel(monthlyKernel(), 12)
const engine = (values: readonly (number | undefined)[], options: { period: number; horizon: number }) =>
  forecastSeries(values, options)

/** Sixty years of a country whose titles last `years`: renewals of what was issued, and others that drift. */
function country(years: number, seed: number): number[] {
  const random = seededRandom(seed)
  const issued: number[] = []
  let other = 400_000
  for (let t = 0; t < 60; t++) {
    other *= Math.exp(0.01 + 0.06 * normal(random))
    const renewals = kernel.probabilities.reduce(
      (sum, chance, i) => sum + 0.65 * chance * (issued[t - years - kernel.first - i] ?? 300_000),
      0,
    )
    issued.push(renewals + other)
  }
  return issued
}

/** What is known of a country whose titles end as a law says. */
function recordOf(observed: readonly number[], law: ValidityRule, dueKnownFrom: number) {
  const cohorts = cohortsUnderLaw({
    titles: cohortsOf(0, observed, law),
    dueKnownFrom,
    validities: law,
    kernel,
    ends: 'told',
    counted: 'requests',
  })
  return { start: 0, observed, stepsAYear: 1 as const, cohorts, exceptional: new Set<number>() }
}

test('what is scored as the house is what the engine of the service answers', () => {
  const record = recordOf(country(10, 7), () => [{ share: 1, periods: 10 }], 11)
  const [house] = projectCases([{ id: 'x', record, horizon: 6, actual: [], regime: [] }])
  expect(house).toMatchObject({ model: 'vigie', mean: forecastDemand(record, 6, engine).mean })
})

/** Mean absolute percentage errors of the weighed projection and of the series alone, 1 to 6 years from ten origins. */
function errors(counts: readonly number[], law: ValidityRule, dueKnownFrom: number) {
  let [both, series, points] = [0, 0, 0]
  for (let origin = 44; origin < 54; origin++) {
    const forecast = forecastDemand(recordOf(counts.slice(0, origin), law, dueKnownFrom), 6, engine)
    for (let h = 0; h < 6; h++) {
      const came = counts[origin + h]!
      both += Math.abs(forecast.mean[h]! / came - 1)
      series += Math.abs(forecast.series[h]! / came - 1)
      points += 1
    }
  }
  return { both: both / points, series: series / points }
}

test.each([
  { truth: 10, told: 5 },
  { truth: 5, told: 10 },
  { truth: 2, told: 5 },
  { truth: 5, told: 2 },
  { truth: 10, told: 2 },
])(
  'a law of $told years told of titles that last $truth costs at most half as much again',
  ({ truth, told }) => {
    for (const seed of [1, 2, 3]) {
      const { both, series } = errors(country(truth, seed), () => [{ share: 1, periods: told }], told + 1)
      expect(both).toBeLessThanOrEqual(1.5 * series)
    }
  },
)

test('a change that never was costs at most half as much again, once its effect was due', () => {
  for (const [truth, told] of [
    [5, 10],
    [10, 5],
  ] as const) {
    for (const seed of [1, 2, 3]) {
      const law: ValidityRule = issued => [{ share: 1, periods: issued < 34 ? truth : told }]
      const { both, series } = errors(country(truth, seed), law, truth + 1)
      expect(both).toBeLessThanOrEqual(1.5 * series)
    }
  }
})
