import { describe, expect, it } from 'vitest'
import { cohortsUnderLaw } from '../../../src/demand/engine/cohort-part.ts'
import {
  asKnownBefore,
  type DemandRecord,
  dueInHistory,
  exposureOf,
  ordinary,
  presentRegime,
} from '../../../src/demand/engine/demand-record.ts'
import { cohortsOf } from '../../../src/demand/engine/renewal.ts'

const validities = (issued: number) => [{ share: 1, periods: issued < 2000 ? 2 : 10 }]

function yearlyRecord(last: number): DemandRecord {
  const observed = Array.from({ length: last - 1980 + 1 }, () => 1_000_000)
  return {
    start: 1980,
    observed,
    stepsAYear: 1,
    cohorts: cohortsUnderLaw({
      titles: cohortsOf(1980, observed, validities),
      dueKnownFrom: 1982,
      validities,
      kernel: { first: 0, probabilities: [1] },
      ends: 'told',
      counted: 'requests',
    }),
    exceptional: new Set([1990]),
  }
}

it('forgets exceptional periods and titles due before the first cohort', () => {
  expect(ordinary(yearlyRecord(1995))[10]).toBeUndefined()
  expect(dueInHistory(yearlyRecord(1983))).toEqual([undefined, undefined, 1_000_000, 1_000_000])
})

it('sees exposure fall when validity changes', () => {
  const { lastYear, projectedYears } = exposureOf(yearlyRecord(2000), [1_000_000, 0, 0])!
  expect(lastYear).toBe(1_000_000)
  expect(projectedYears).toEqual([1_000_000, 0, 0])
  expect(exposureOf(yearlyRecord(1980), [0, 0, 0])).toBeUndefined()
})

it('knows nothing issued after an origin', () => {
  const past = asKnownBefore(yearlyRecord(2000), 3)
  expect(past.observed).toHaveLength(18)
  expect(past.cohorts.due(1999, 2)).toEqual([1_000_000, 0])
})

describe('presentRegime', () => {
  it('is blind for three years after a break, then learns from it on once there is enough', () => {
    expect(presentRegime(yearlyRecord(2000))).toEqual({ start: 0, blind: false })
    expect(presentRegime(yearlyRecord(2002))).toEqual({ start: 0, blind: true })
    expect(presentRegime(yearlyRecord(2004))).toEqual({ start: 0, blind: false })
  })

  it('forgets the former regime after three years of months', () => {
    const observed = Array.from({ length: 120 }, () => 100)
    const monthlyValidities = (issued: number) => [{ share: 1, periods: issued < 72 ? 12 : 48 }]
    const record: DemandRecord = {
      ...yearlyRecord(2000),
      start: 0,
      observed,
      stepsAYear: 12,
      cohorts: cohortsUnderLaw({
        titles: cohortsOf(0, observed, monthlyValidities),
        dueKnownFrom: 12,
        validities: monthlyValidities,
        kernel: { first: 0, probabilities: [1] },
        ends: 'told',
        counted: 'requests',
      }),
    }
    expect(presentRegime(asKnownBefore(record, 120 - 110)).blind).toBe(true)
    expect(presentRegime(record)).toEqual({ start: 84, blind: false })
  })
})
