import { describe, expect, it } from 'vitest'
import { rowOfLever, rowsOf, scenarioOfForm } from '../../src/scenarios/scenario-form.ts'

describe('a scenario written in a form', () => {
  const fields = {
    name: ' Horaires ',
    place: '16',
    rows: '3',
    'levers.1.code': 'more-hours',
    'levers.1.amount': '2 à 4',
    'levers.1.startsOn': '2022-05-01',
    'levers.1.leadWeeks': '6',
    'levers.1.once': '10 000',
    'levers.1.origin': 'devis',
    'levers.1.aboveDays': '60',
    'levers.2.code': 'sharing',
    'levers.2.amount': '0,4',
    'levers.2.startsOn': '2022-06-01',
  }

  it('reads numbers, ranges and money as French people write them; empty rows are no levers', () => {
    const { scenario, faults } = scenarioOfForm(fields)
    expect(faults).toEqual([])
    expect(scenario.name).toBe('Horaires')
    expect(scenario.levers).toEqual([
      {
        code: 'more-hours',
        amount: { low: 2, central: 3, high: 4 },
        startsOn: '2022-05-01',
        leadWeeks: 6,
        cost: { once: 10_000, perYear: 0, origin: 'devis' },
        trigger: { aboveDays: 60, probability: 0.5 },
      },
      {
        code: 'sharing',
        amount: { low: 0.4, central: 0.4, high: 0.4 },
        startsOn: '2022-06-01',
        leadWeeks: 0,
      },
    ])
  })

  it('names each cell that cannot be read, by lever, and finds its row again', () => {
    const { faults } = scenarioOfForm({
      ...fields,
      'levers.2.amount': 'beaucoup',
      'levers.2.leadWeeks': 'six',
    })
    expect(faults.map(fault => fault.field)).toEqual(['levers.1.amount', 'levers.1.leadWeeks'])
    expect(rowOfLever(fields, 1)).toBe(2)
  })

  it('offers one row at first and six at most', () => {
    expect(rowsOf({})).toBe(1)
    expect(rowsOf({ rows: '99' })).toBe(6)
    expect(rowsOf({ rows: 'x' })).toBe(1)
  })
})
