import { expect, test } from 'vitest'
import type { ProjectedPoint } from '../../src/demand/engine/projection.ts'
import { returningYears } from '../../src/demand/returning.ts'

const point = (quarter: string): ProjectedPoint => ({
  place: '16',
  title: 'cni-passport',
  quarter,
  mean: 100,
  quantiles: { p05: 0, p10: 0, p25: 0, p50: 0, p75: 0, p90: 0, p95: 0 },
  parts: {
    renewals: 100,
    other: 0,
    end: 100,
    travelEnd: 0,
    early: 0,
    suppressed: 0,
    cohorts: [
      { titleClass: 'cni-adult', issuedIn: 2016, mean: 40 },
      { titleClass: 'cni-adult', issuedIn: 2017, mean: 30 },
      { titleClass: 'cni-adult', issuedIn: 2020, mean: 4 },
      { titleClass: 'passport-minor', issuedIn: 2026, mean: 26 },
    ],
  },
})

test('neighbouring years of issue are told together, small ones are left out', () => {
  const [year] = returningYears(['2031-Q1', '2031-Q2', '2031-Q3', '2031-Q4'].map(point))
  expect(year).toEqual({
    year: 2031,
    total: 400,
    cohorts: [
      { name: 'cartes de majeurs de 2016–2017', mean: 280 },
      { name: 'passeports de mineurs de 2026', mean: 104 },
    ],
  })
})

test('a year without its four quarters is not told', () => {
  expect(returningYears(['2022-Q2', '2022-Q3', '2022-Q4'].map(point))).toEqual([])
})
