import { describe, expect, it } from 'vitest'
import { CERT_CHANGES } from '../../src/delays/cert-lever.ts'
import { costOf, hasRange } from '../../src/scenarios/comparison.ts'
import { actsFrom, certDecisions, scenarioFaults, waitDecisions } from '../../src/scenarios/scenario.ts'
import type { PlannedLever, Scenario } from '../../src/scenarios/scenario-answer.ts'

const around = {
  department: '16',
  halls: [
    { insee: '16102', name: 'Cognac' },
    { insee: '16015', name: 'Angoulême' },
  ],
  teamKnown: false,
  outputKnown: false,
}
const lever = (changes: Partial<PlannedLever>): PlannedLever => ({
  code: 'more-hours',
  amount: { low: 2, central: 2, high: 2 },
  startsOn: '2022-04-01',
  leadWeeks: 4,
  ...changes,
})
const scenario = (...levers: PlannedLever[]): Scenario => ({ name: 'Essai', place: '16', levers })
const codes = (one: Scenario) => scenarioFaults(one, around).map(fault => `${fault.field} ${fault.code}`)

describe('faults of a scenario', () => {
  it('are none for a lever in every hall', () => {
    expect(codes(scenario(lever({})))).toEqual([])
  })

  it('are all told at once', () => {
    expect(
      codes({
        name: ' ',
        place: '17',
        levers: [
          lever({ code: 'more-stations', startsOn: 'demain' }),
          lever({ code: 'pre-applications', amount: { low: 0.5, central: 0.2, high: 0.6 } }),
          lever({ code: 'more-agents' }),
          lever({ cost: { once: 100, perYear: 0, origin: '' }, trigger: { aboveDays: 30, probability: 1 } }),
        ],
      }),
    ).toEqual([
      'name name-needed',
      'place unknown-place',
      'levers.0.startsOn invalid-day',
      'levers.1.amount invalid-amount',
      'levers.1.minutesSaved minutes-saved-needed',
      'levers.2.code title-needed',
      'levers.2.amount agents-needed',
      'levers.3.cost cost-without-origin',
      'levers.3.trigger invalid-threshold',
    ])
  })

  it('a station needs a hall, which a town’s own scenario gives', () => {
    const station = lever({ code: 'more-stations' })
    expect(codes(scenario(station))).toEqual(['levers.0.hall hall-needed'])
    expect(codes({ ...scenario(station), place: '16102' })).toEqual([])
  })
})

it('a lever without a hall changes them all; sharing is one decision; the CERT has its own', () => {
  const one = scenario(
    lever({}),
    lever({ code: 'sharing', amount: { low: 0.2, central: 0.2, high: 0.2 } }),
    lever({ code: 'overtime', amount: { low: 0.1, central: 0.1, high: 0.1 } }),
  )
  expect(waitDecisions(one, around).map(decision => decision.lever.amount.central)).toEqual([2, 2, 0.2])
  expect(certDecisions(one).map(decision => decision.lever.change)).toEqual([CERT_CHANGES.overtime])
  expect(actsFrom(lever({}))).toBe('2022-04-29')
})

it('an unknown cost stays unknown, never zero', () => {
  const one = scenario(lever({}), lever({ cost: { once: 10_000, perYear: 16_000, origin: '2019' } }))
  expect(costOf(one)).toEqual({ once: 10_000, perYear: 16_000, unknown: 1 })
  expect(hasRange(one)).toBe(false)
  expect(hasRange(scenario(lever({ amount: { low: 1, central: 2, high: 3 } })))).toBe(true)
})
