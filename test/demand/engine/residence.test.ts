import { expect, test } from 'vitest'
import { ASSUMPTIONS, type AssumptionName, type Draw } from '../../../src/demand/engine/assumption.ts'
import { residencePath } from '../../../src/demand/engine/residence.ts'
import { quartersBetween } from '../../../src/pure/calendar/period.ts'

const draw = Object.fromEntries(
  (Object.keys(ASSUMPTIONS) as AssumptionName[]).map(name => [name, ASSUMPTIONS[name].value]),
) as Draw

test('a hundred permits of June 2021: 28 of five years come back around June 2026, 72 of ten around June 2031', () => {
  const quarters = quartersBetween('2022-Q2', '2033-Q4')
  const path = residencePath(
    { first: [{ month: '2021-06', decisions: 100 }], renewals: [] },
    quarters,
    draw,
    () => 0.25,
  )
  const back = (from: string, to: string) =>
    path.reduce(
      (sum, quarter, i) =>
        sum + ((quarters[i] ?? '') >= from && (quarters[i] ?? '') <= to ? quarter.exchanged : 0),
      0,
    )
  expect(back('2026-Q1', '2026-Q3')).toBeCloseTo(28 * 0.9, 6)
  expect(back('2031-Q1', '2031-Q3')).toBeCloseTo(72 * 0.8, 6)
  expect(path.reduce((sum, quarter) => sum + quarter.exchanged, 0)).toBeCloseTo(28 * 0.9 + 72 * 0.8, 6)
})

test('permits of before the withdrawal agreement are not counted', () => {
  const [quarter] = residencePath(
    { first: [{ month: '2020-01', decisions: 100 }], renewals: [] },
    ['2025-Q1'],
    draw,
    () => 0.25,
  )
  expect(quarter?.exchanged).toBe(0)
})
