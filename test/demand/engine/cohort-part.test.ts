import { expect, it } from 'vitest'
import { cohortsUnderLaw, type LawfulCohorts } from '../../../src/demand/engine/cohort-part.ts'
import type { DemandRecord, SeriesForecaster } from '../../../src/demand/engine/demand-record.ts'
import { cohortsOf } from '../../../src/demand/engine/renewal.ts'

const validities = () => [{ share: 1, periods: 10 }]
const observed = Array.from({ length: 30 }, (_, t) => 1000 + 20 * t + (t === 22 ? 400 : 0))
const law: LawfulCohorts = {
  titles: cohortsOf(1990, observed, validities),
  dueKnownFrom: 2000,
  validities,
  kernel: { first: 0, probabilities: [1] },
  ends: 'told',
  counted: 'requests',
}
const record: DemandRecord = {
  start: 1990,
  observed,
  stepsAYear: 1,
  cohorts: cohortsUnderLaw(law),
  exceptional: new Set(),
}
const cohortForecast = (of: DemandRecord, horizon: number, engine: SeriesForecaster) =>
  of.cohorts.project(of, horizon, engine)
const lastValue = (values: readonly (number | undefined)[], { horizon }: { horizon: number }) => ({
  mean: new Array<number>(horizon).fill(values.at(-1)!),
})

it('adds renewals of known cohorts to other requests held at their last level', () => {
  const { points, returnRate } = cohortForecast(record, 5, lastValue)
  const other = observed[29]! - returnRate.mean * observed[19]!
  points.forEach((point, h) => {
    expect(point.other).toBeCloseTo(other, 6)
    expect(point.total).toBeCloseTo(other + returnRate.mean * observed[20 + h]!, 6)
    expect([...point.renewals.keys()]).toEqual([2010 + h])
  })
})

it('keeps half of the trend of other requests', () => {
  const doubling = (values: readonly (number | undefined)[], { horizon }: { horizon: number }) => ({
    mean: Array.from({ length: horizon }, (_, h) => values.at(-1)! + Math.LN2 * (h + 1)),
  })
  const flat = cohortForecast(record, 2, lastValue).points
  const rising = cohortForecast(record, 2, doubling).points
  expect(rising[1]!.other / flat[1]!.other).toBeCloseTo(2, 9)
})

it('asks for nothing but renewals where they are counted apart', () => {
  const renewals: DemandRecord = {
    ...record,
    cohorts: cohortsUnderLaw({ ...law, ends: 'told', counted: 'renewals' }),
    observed: observed.map(value => value / 2),
  }
  const { points, returnRate } = cohortForecast(renewals, 3, () => {
    throw new Error('no series is needed')
  })
  expect(points.every(point => point.other === 0 && point.total > 0)).toBe(true)
  expect(returnRate.mean).toBeGreaterThan(0.5)
  expect(returnRate.mean).toBeLessThan(0.7)
})
