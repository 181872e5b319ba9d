import { expect, test } from 'vitest'
import { bestCalendar, candidatesOf, peakLoad, quarterly } from '../../src/campaigns/calendar.ts'
import { movedRequests } from '../../src/campaigns/move.ts'
import { learntResponse, responseOn } from '../../src/campaigns/response.ts'
import { HOLDERS } from '../../src/demand/engine/cohort-flow.ts'
import { solveProgram } from '../../src/io/solver/solve-program.ts'
import { monthNumber } from '../../src/pure/calendar/period.ts'

const FIRST = '2027-01'
const DAY = '2026-11-29'
const MONTHS = 84
const straightOn = () => Promise.resolve()

/** A department whose old cards are mostly changed in the summer of 2031, over a level that never moves. */
function wave() {
  const requests = new Float64Array(HOLDERS.length * MONTHS * MONTHS)
  const old = HOLDERS.indexOf('old-card-adult')
  for (let end = 54; end < MONTHS; end++)
    for (const [lag, share] of [
      [54, 0.7],
      [55, 0.3],
    ] as const)
      requests[(old * MONTHS + end) * MONTHS + lag] = 200 * share
  const flow = { first: monthNumber(FIRST), months: MONTHS, requests, returnRate: 0.8 }
  const base = Float64Array.from({ length: MONTHS }, (_, m) => {
    let wanted = 3_000
    for (let end = 0; end < MONTHS; end++) wanted += requests[(old * MONTHS + end) * MONTHS + m]!
    return wanted
  })
  return { flow, base: quarterly(base, 20), slots: new Array<number>(20).fill(10_000) }
}

test('the calendar lowers the peak by lawful means, with no more messages than it takes, whatever people answer', async () => {
  const { flow, base, slots } = wave()
  const question = {
    flow,
    requests: base,
    slots,
    means: 'letter' as const,
    answer: 0.05,
    lastSent: '2031-10',
    day: DAY,
  }
  const messages = await bestCalendar(question, await candidatesOf(question, straightOn), solveProgram)
  const after = (rate: number) => {
    const { change } = movedRequests(flow, messages, () => rate, DAY)
    const moves = quarterly(change.cni, 20)
    return peakLoad(
      base.map((count, q) => count + moves[q]!),
      slots,
    )
  }
  const before = peakLoad(base, slots)
  expect(before).toBeCloseTo(1.5, 9)
  // 30 months of ends × 200 × 5 % answer: at most 300 requests of 15,000 leave the peak.
  expect(after(0.05)).toBeLessThan(before - 0.95 * 0.03 + 1e-6)
  expect(messages.every(({ holders }) => holders === 'old-card-adult')).toBe(true)
  // On another truth than the one planned for, drawn wide, the gain stays positive in nine draws of ten and more.
  const prior = learntResponse('letter', [])
  const draws = Array.from({ length: 200 }, (_, i) => before - after(responseOn(prior, i, 200)))
  const positive = draws.filter(gain => gain > 0).length / draws.length
  console.info(`campaigns: gain positive in ${(100 * positive).toFixed(1)} % of draws of another response`)
  expect(positive).toBeGreaterThanOrEqual(0.9)
})

test('nothing is sent where nothing may be moved', async () => {
  const { base, slots, flow } = wave()
  const question = {
    flow: { ...flow, requests: new Float64Array(flow.requests.length) },
    requests: base,
    slots,
    means: 'letter' as const,
    answer: 0.05,
    lastSent: '2031-10',
    day: DAY,
  }
  expect(await candidatesOf(question, straightOn)).toEqual([])
  expect(await bestCalendar(question, [], solveProgram)).toEqual([])
})

test('counted campaigns narrow what is expected of the next', () => {
  const counted = { means: 'letter' as const, told: 1_000, answered: 100, origin: 'mairie' }
  const learnt = learntResponse('letter', [counted])
  expect(learnt.median).toBeCloseTo(0.0891, 4)
  expect(learnt.logSpread).toBeLessThan(learntResponse('letter', []).logSpread)
  expect(learntResponse('sms', [counted])).toEqual(learntResponse('sms', []))
})
