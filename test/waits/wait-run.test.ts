import { expect, test } from 'vitest'
import type { WaitFact } from '../../src/waits/wait-fact.ts'
import { judged, rivals, type WaitClaim } from '../../src/waits/wait-run.ts'
import { waitStates } from '../../src/waits/wait-state.ts'

const fact = (place: string, period: string, days: number, other: Partial<WaitFact> = {}): WaitFact => ({
  place,
  period,
  granularity: 'month',
  days,
  clock: 'appointment-as-published',
  unit: 'unspecified-day',
  status: 'observed',
  source: '',
  document: '',
  publishedOn: `${period}-28`,
  ...other,
})
const CLAIM: WaitClaim = {
  run: 'r1',
  place: '2A',
  asOf: '2026-01-15',
  lastMonth: '2025-12',
  lastValue: 20,
  usualValue: 30,
  clock: 'wait',
  month: '2026-03',
  low90: 10,
  median: 20,
  high90: 40,
}

test('a claim meets the values published for its month, place and clock, averaged as ratios', () => {
  const came = [fact('2A', '2026-03', 20), fact('2A', '2026-03', 45, { source: 'other' })]
  expect(judged([CLAIM], came)).toMatchObject([
    {
      place: '2A',
      run: 'r1',
      leadMonths: 3,
      said: 20,
      came: expect.closeTo(30, 9),
      within: true,
      lastValue: 20,
      usualValue: 30,
    },
  ])
  expect(judged([CLAIM], [fact('2A', '2026-03', 20, { clock: 'first-free-slot' })])).toEqual([])
  expect(judged([CLAIM], [fact('2B', '2026-03', 20)])).toEqual([])
  expect(judged([CLAIM], [fact('2A', '2026-03', 60)])).toMatchObject([{ within: false }])
})

test('the rivals are the last and the mean of the nearest place of which something was published', () => {
  const place = { code: '2A004', kind: 'hall' as const, department: '2A', halls: ['2A004'] }
  const far = [fact('FR', '2024-01', 50)]
  const near = [...far, fact('2A', '2023-01', 10), fact('2A', '2023-06', 40)]
  expect(rivals({ place, state: waitStates([place], far)[0]! })).toEqual({
    last: 50,
    usual: expect.closeTo(50, 9),
  })
  expect(rivals({ place, state: waitStates([place], near)[0]! })).toEqual({
    last: 40,
    usual: expect.closeTo(20, 9),
  })
})
