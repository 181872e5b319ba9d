import { expect, test } from 'vitest'
import type { PublishedRow } from '../../../src/pure/figures/observation.ts'
import { figureKey, vintages } from '../../../src/pure/figures/vintage.ts'

const said = (
  release: number,
  value: number | undefined,
  changes: Partial<PublishedRow> = {},
): PublishedRow => ({
  measure: 'appointment-wait',
  title: 'cni-passport',
  place: '16',
  variant: '',
  statistic: 'mean',
  unit: 'unspecified-day',
  clock: 'appointment-as-published',
  granularity: 'quarter',
  period: '2021-Q3',
  target: undefined,
  recordedAt: '2026-11-24T08:00:00+00:00',
  shownAt: '2026-11-24T08:00:00Z',
  value,
  status: value === undefined ? 'withdrawn' : 'observed',
  release,
  kind: 'initial',
  publishedOn: `2022-04-${String(4 + release).padStart(2, '0')}`,
  source: 'Préfecture',
  document: 'bilan',
  locator: '',
  ...changes,
})
const states = (rows: PublishedRow[]) => vintages(rows).map(({ state, replacedOn }) => [state, replacedOn])

test('the two values printed for the third quarter of 2021: the first in force, the other in conflict', () => {
  expect(states([said(1, 40), said(2, 39), said(3, 40)])).toEqual([
    ['in-force', undefined],
    ['conflict', undefined],
    ['same', undefined],
  ])
})

test('a revision replaces what its source had said, on its day; another source stays in conflict', () => {
  const rows = [
    said(1, 40),
    said(2, 38, { source: 'Presse' }),
    said(3, 41, { kind: 'revision', publishedOn: '2022-05-01' }),
  ]
  expect(states(rows)).toEqual([
    ['replaced', '2022-05-01'],
    ['conflict', undefined],
    ['in-force', undefined],
  ])
})

test('a figure taken back says so, and when what it said was replaced', () => {
  expect(
    states([said(1, 40), said(2, undefined, { kind: 'correction', publishedOn: '2022-06-01' })]),
  ).toEqual([
    ['replaced', '2022-06-01'],
    ['withdrawn', undefined],
  ])
})

test('figures of two quarters or two clocks are not set against each other', () => {
  const rows = [said(1, 40), said(2, 41, { period: '2021-Q4' }), said(3, 60, { clock: 'first-free-slot' })]
  expect(states(rows).map(([state]) => state)).toEqual(['in-force', 'in-force', 'in-force'])
  expect(new Set(rows.map(figureKey)).size).toBe(3)
})
