import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { isLawful, windowsOf } from '../../src/campaigns/campaign.ts'
import type { Message } from '../../src/campaigns/effect-answer.ts'
import { movedRequests } from '../../src/campaigns/move.ts'
import { HOLDERS, type RenewalFlow } from '../../src/demand/engine/cohort-flow.ts'
import { addMonths, monthNumber, monthOfNumber } from '../../src/pure/calendar/period.ts'

const FIRST = '2027-01'
const DAY = '2026-11-29'
const MONTHS = 48

/** A flow whose titles that end in each month are asked for around it. */
function flowOf(counts: readonly number[]): RenewalFlow {
  const requests = new Float64Array(HOLDERS.length * MONTHS * MONTHS)
  for (let g = 0; g < HOLDERS.length; g++)
    for (let end = 0; end < MONTHS; end++)
      for (let lag = -3; lag <= 8; lag++)
        if (end + lag >= 0 && end + lag < MONTHS)
          requests[(g * MONTHS + end) * MONTHS + end + lag] = counts[(g + end + lag + 3) % counts.length]!
  return { first: monthNumber(FIRST), months: MONTHS, requests, returnRate: 0.8 }
}

const month = fc.nat(MONTHS - 4).map(m => addMonths(FIRST, m))
const messages = fc.array(
  fc
    .record({
      holders: fc.constantFrom(...HOLDERS),
      endsFrom: month,
      months: fc.nat(11),
      sentIn: month,
      means: fc.constantFrom('letter' as const, 'sms' as const, 'web' as const),
      share: fc.double({ min: 0.01, max: 1, noNaN: true }),
    })
    .map(({ months, ...message }): Message => ({ ...message, endsTo: addMonths(message.endsFrom, months) })),
  { maxLength: 12 },
)
const counts = fc.array(fc.integer({ min: 0, max: 1_000 }), { minLength: 1, maxLength: 20 })
const total = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0)

test('requests moved are conserved, and nobody asks twice, whatever is sent and however often', () => {
  fc.assert(
    fc.property(counts, messages, fc.double({ min: 0, max: 0.9, noNaN: true }), (some, sent, rate) => {
      const flow = flowOf(some)
      const { change, requests, told } = movedRequests(flow, sent, () => rate, DAY)
      const whole = total(flow.requests)
      for (const title of ['cni', 'passport'] as const) {
        expect(Math.abs(total(change[title]))).toBeLessThan(1e-9 * (1 + whole))
        // No month loses more than was asked in it.
        for (let m = 0; m < MONTHS; m++) {
          let asked = 0
          for (let row = 0; row < HOLDERS.length * MONTHS; row++)
            asked +=
              (HOLDERS[Math.floor(row / MONTHS)]!.startsWith('passport') === (title === 'passport') ? 1 : 0) *
              flow.requests[row * MONTHS + m]!
          expect(asked + change[title][m]!).toBeGreaterThan(-1e-6)
        }
      }
      expect(requests).toBeLessThanOrEqual(whole + 1e-6)
      if (rate === 0) expect(requests).toBe(0)
      for (const people of told) expect(people).toBeGreaterThanOrEqual(0)
    }),
    { numRuns: 60 },
  )
})

test('nothing comes in a month in which the law does not let its holder ask', () => {
  fc.assert(
    fc.property(
      counts,
      fc.constantFrom(...HOLDERS),
      fc.nat(MONTHS - 1),
      month,
      (some, holders, end, sentIn) => {
        const endsIn = addMonths(FIRST, end)
        const message = {
          holders,
          endsFrom: endsIn,
          endsTo: endsIn,
          sentIn,
          means: 'letter' as const,
          share: 1,
        }
        const { change } = movedRequests(flowOf(some), [message], () => 0.5, DAY)
        const windows = windowsOf(holders, endsIn, DAY)
        for (const moves of Object.values(change))
          for (let m = 0; m < MONTHS; m++)
            if (moves[m]! > 1e-9) expect(isLawful(windows, monthNumber(FIRST) + m)).toBe(true)
      },
    ),
    { numRuns: 60 },
  )
})

test('a tenth of a hundred come in the three months of the message, and a second letter is worth half', () => {
  const requests = new Float64Array(HOLDERS.length * MONTHS * MONTHS)
  const passports = HOLDERS.indexOf('passport-adult')
  requests[(passports * MONTHS + 5) * MONTHS + 5] = 100
  const flow = { first: monthNumber(FIRST), months: MONTHS, requests, returnRate: 0.8 }
  const letter: Message = {
    holders: 'passport-adult',
    endsFrom: monthOfNumber(flow.first + 5),
    endsTo: monthOfNumber(flow.first + 5),
    sentIn: monthOfNumber(flow.first + 1),
    means: 'letter',
    share: 1,
  }
  const once = movedRequests(flow, [letter], () => 0.1, DAY)
  expect([...once.change.passport.slice(0, 6)].map(count => Math.round(1e9 * count) / 1e9)).toEqual([
    0, 5, 3, 2, 0, -10,
  ])
  expect(once.told[0]).toBeCloseTo(125, 9)
  expect(once.monthsGivenUp / once.requests).toBeCloseTo((5 * 4 + 3 * 3 + 2 * 2) / 10, 9)
  const twice = movedRequests(
    flow,
    [letter, { ...letter, sentIn: monthOfNumber(flow.first + 2) }],
    () => 0.1,
    DAY,
  )
  expect(twice.requests).toBeCloseTo(10 + 4.5, 9)
})
