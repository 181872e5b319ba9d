import { describe, expect, it } from 'vitest'
import { type PastError, weighedErrors } from '../../../src/demand/engine/past-errors.ts'

describe('weighedErrors', () => {
  const error: PastError = { yearsAhead: 1, age: 0, observed: 100, cohort: 110, series: 50, opening: 0 }

  it('measures both parts on the log scale and halves what is two years old', () => {
    const { cohort, series } = weighedErrors([error, { ...error, age: 2, cohort: 100 }], 2)!
    expect(cohort).toBeCloseTo(Math.sqrt(Math.log(1.1) ** 2 / 1.5), 12)
    expect(series).toBeCloseTo(Math.LN2, 12)
  })

  it('leaves out what happened behind an open gate', () => {
    expect(weighedErrors([{ ...error, opening: 1 }], 2)).toBeUndefined()
    expect(weighedErrors([{ ...error, cohort: undefined }], 2)).toBeUndefined()
  })
})
