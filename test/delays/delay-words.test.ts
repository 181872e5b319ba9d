import { expect, test } from 'vitest'
import { verdict } from '../../src/delays/delay-words.ts'
import type { QuarterlySeries, QuarterPoint } from '../../src/pure/figures/quarterly-series.ts'

function lastOf(
  title: QuarterlySeries['title'],
  quarter: QuarterPoint['quarter'],
  days: number,
): QuarterlySeries {
  const point: QuarterPoint = {
    quarter,
    days,
    method: 'as-published',
    methods: [],
    clock: 'issued-in-period',
    statistic: 'mean',
    unit: 'unspecified-day',
    status: 'observed',
    source: { publisher: '', document: '', locator: '', publishedOn: '2026-10-05', release: 1 },
    conflicts: [],
    impliedOverloadPct: null,
  }
  const { clock, statistic, unit } = point
  return { title, place: '16', clock, statistic, unit, targetDays: 14, years: [], points: [point] }
}

test('a delay older than the quarter of the verdict says its own', () => {
  const told = verdict(
    [lastOf('driving-licence', '2021-Q4', 48), lastOf('cni-passport', '2026-Q3', 20)],
    'Charente',
  )
  expect(told).toMatch(/Charente, au 3e\strimestre 2026/)
  expect(told).toMatch(/permis de conduire \(48\sjours pour 14, au 4e\strimestre 2021\)/)
  expect(told).toMatch(/passeports \(20\sjours pour 14\)/)
})
