import { expect, it } from 'vitest'
import { cohortsUnderLaw } from '../../../src/demand/engine/cohort-part.ts'
import { asKnownBefore, type DemandRecord, periodAfter } from '../../../src/demand/engine/demand-record.ts'
import { gateAt, seriesValues } from '../../../src/demand/engine/parts.ts'
import { cohortsOf } from '../../../src/demand/engine/renewal.ts'

const validities = (issued: number) => [{ share: 1, periods: issued < 2000 ? 5 : 10 }]
const observed = Array.from({ length: 30 }, () => 1000)
const record: DemandRecord = {
  start: 1980,
  observed,
  stepsAYear: 1,
  cohorts: cohortsUnderLaw({
    titles: cohortsOf(1980, observed, validities),
    dueKnownFrom: 1985,
    validities,
    kernel: { first: 0, probabilities: [1] },
    ends: 'told',
    counted: 'requests',
  }),
  exceptional: new Set([1990]),
}
const gateOf = (past: DemandRecord) => gateAt(past, past.cohorts.due(periodAfter(past), 2))
const openingsAt = (year: number) => gateOf(asKnownBefore(record, 2009 - year)).opening

it('opens before exposure moves, and stays open until the series has seen it', () => {
  expect(openingsAt(2001)).toEqual([0, 0])
  expect(openingsAt(2003)).toEqual([0, 1])
  expect(openingsAt(2004)).toEqual([1, 1])
  expect(openingsAt(2005)).toEqual([1, 1])
})

it('is shut and says so where no title due is known', () => {
  expect(gateOf(asKnownBefore(record, 26))).toEqual({
    known: false,
    shift: [0, 0],
    opening: [0, 0],
  })
})

it('hides exceptional periods from the series', () => {
  expect(seriesValues(asKnownBefore(record, 10))[10]).toBeUndefined()
})
