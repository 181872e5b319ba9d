import { describe, expect, it } from 'vitest'
import { cohortsUnderLaw } from '../../../src/demand/engine/cohort-part.ts'
import type { DemandRecord } from '../../../src/demand/engine/demand-record.ts'
import {
  errorsAtPastOrigins,
  lawTrust,
  type PastError,
  weighedErrors,
} from '../../../src/demand/engine/past-errors.ts'
import { cohortsOf } from '../../../src/demand/engine/renewal.ts'

const validities = () => [{ share: 1, periods: 5 }]
const observed = Array.from({ length: 20 }, (_, t) => 1000 + t)
const record: DemandRecord = {
  start: 2000,
  observed,
  stepsAYear: 1,
  cohorts: cohortsUnderLaw({
    titles: cohortsOf(2000, observed, validities),
    dueKnownFrom: 2005,
    validities,
    kernel: { first: 0, probabilities: [1] },
    ends: 'known',
    counted: 'requests',
  }),
  exceptional: new Set([2018]),
}
const lastValue = (values: readonly (number | undefined)[], { horizon }: { horizon: number }) => ({
  mean: new Array<number>(horizon).fill(values.findLast(value => value !== undefined) ?? 0),
})

describe('errorsAtPastOrigins', () => {
  const errors = errorsAtPastOrigins(record, 2, lastValue, 3)

  it('compares past projections with ordinary periods only', () => {
    // Origins 2018, 2017 and 2016 project 2019, then 2018 and 2019, then 2017 and 2018; 2018 is exceptional.
    expect(
      errors.map(({ yearsAhead, age, observed, series }) => [yearsAhead, age, observed, series]),
    ).toEqual([
      [1, 0, 1019, 1017],
      [2, 0, 1019, 1017],
      [1, 2, 1017, 1016],
    ])
  })

  it('says nothing of cohorts that were not known then', () => {
    const never = { ...record.cohorts, dueKnownFrom: Number.POSITIVE_INFINITY }
    const young = { ...record, cohorts: { ...never, knownBefore: () => never } }
    expect(errorsAtPastOrigins(young, 1, lastValue).every(error => error.cohort === undefined)).toBe(true)
    expect(errors.every(error => error.cohort !== undefined)).toBe(true)
  })
})

describe('lawTrust', () => {
  const origin = (years: number, cohort: number, series: number, opening: number): PastError => ({
    yearsAhead: 1,
    age: years - 1,
    observed: 100,
    cohort: 100 * Math.exp(cohort),
    series: 100 * Math.exp(series),
    opening,
  })

  it('is a half while no past year could speak, and 49 to 1 from three on', () => {
    expect(lawTrust([])).toBe(0.5)
    expect(lawTrust([1, 2, 3].map(years => origin(years, 0.5, 0.1, 0)))).toBeCloseTo(0.98, 12)
  })

  it('gives up a law whose claim failed, as in the worked example', () => {
    const ratio = (Math.sqrt(89) - 5) / 2
    const odds = 49 * ((1 + ratio / 4) / (1 + (100 * ratio) / 4)) ** 2.5
    expect(odds).toBeCloseTo(0.0062, 4)
    const errors = [origin(1, 0.5, 0.05, 1), origin(2, 0, 0, 0), origin(3, 0, 0, 0)]
    expect(lawTrust(errors)).toBeCloseTo(odds / (1 + odds), 12)
  })

  it('excuses no claim that fails by a wave that both parts missed long ago', () => {
    const calm = Array.from({ length: 13 }, (_, i) => origin(i + 2, 0.03, 0.03, 0))
    const missed = [15, 16, 17].map(years => origin(years, 0.5, 0.5, 0))
    expect(lawTrust([...missed, ...calm, origin(1, 0.5, 0.03, 1)])).toBeLessThan(0.1)
  })

  it('gives no credit beyond the first odds to claims that held: they say nothing of a change told since', () => {
    const held = [2, 3, 4, 5, 6, 7, 8, 9].map(years => origin(years, 0.05, 0.5, 1))
    expect(lawTrust(held)).toBeCloseTo(0.98, 12)
    expect(lawTrust([...held, origin(1, 0.5, 0.05, 1)])).toBeLessThan(0.1)
    // Nor is one that failed long ago believed again for want of a later claim.
    const calm = [1, 2, 3, 4, 5, 6, 7].map(years => origin(years, 0, 0, 0))
    expect(lawTrust([...calm, origin(8, 0.5, 0.05, 1)])).toBeLessThan(0.01)
  })
})

describe('weighedErrors', () => {
  const error: PastError = { yearsAhead: 1, age: 0, observed: 100, cohort: 110, series: 50, opening: 0 }

  it('measures both parts on the log scale and halves what is two years old', () => {
    const { cohort, series } = weighedErrors([error, { ...error, age: 2, cohort: 100 }])!
    expect(cohort).toBeCloseTo(Math.sqrt(Math.log(1.1) ** 2 / 1.5), 12)
    expect(series).toBeCloseTo(Math.LN2, 12)
  })

  it('leaves out what happened behind an open gate', () => {
    expect(weighedErrors([{ ...error, opening: 1 }])).toBeUndefined()
    expect(weighedErrors([{ ...error, cohort: undefined }])).toBeUndefined()
  })
})
