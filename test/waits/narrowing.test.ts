import { expect, test } from 'vitest'
import { withClosures } from '../../src/waits/hall-closure.ts'
import { narrowings } from '../../src/waits/narrowing.ts'
import type { WaitFact } from '../../src/waits/wait-fact.ts'
import { monthBand, waitNow } from '../../src/waits/wait-now.ts'

test('what one more value would give counts the closures that the wait of the day counts', () => {
  const place = {
    code: '79191',
    kind: 'hall' as const,
    department: '79',
    halls: ['79191'],
    largest: '79191',
  }
  const fact: WaitFact = {
    place: 'FR',
    period: '2026-06',
    granularity: 'month',
    days: 16,
    clock: 'appointment-as-published',
    unit: 'unspecified-day',
    status: 'observed',
    source: '',
    document: '',
    publishedOn: '2026-07-02',
  }
  const open = waitNow({ place, facts: [fact], growth: undefined, asOf: '2026-11-24', to: '2026-Q4' })!
  const closure = { hall: '79191', from: '2026-12-01', to: '2027-01-31', share: 1 }
  const closed = withClosures(open, [closure])
  const own = (now: typeof open) => narrowings(now, undefined).find(({ what }) => what === 'own-month')!.to
  const median = (now: typeof open) => monthBand(now, '2026-11', 30).median!
  expect(median(closed)).toBeGreaterThan(median(open) + 40)
  expect(own(closed).p95).toBeGreaterThan(own(open).p95 + 40)
  expect(own(closed).p95).toBeGreaterThan(median(closed))
})
