import { describe, expect, it } from 'vitest'
import { actsFrom, feltFrom, messagesSent } from '../../src/scenarios/scenario.ts'
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
    const { scenario, faults } = scenarioOfForm(fields, [])
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
    const { faults } = scenarioOfForm(
      {
        ...fields,
        'levers.2.amount': 'beaucoup',
        'levers.2.leadWeeks': 'six',
      },
      [],
    )
    expect(faults.map(fault => fault.field)).toEqual(['levers.1.amount', 'levers.1.leadWeeks'])
    expect(rowOfLever(fields, 1)).toBe(2)
  })

  it('takes the campaign that it chose, of which what leaves before the decision is not sent', () => {
    const message = {
      ...({ holders: 'old-card-adult', endsFrom: '2031-01', endsTo: '2031-12' } as const),
      ...({ means: 'letter', share: 1 } as const),
    }
    const messages = ['2027-01', '2028-04'].map(sentIn => ({ ...message, sentIn }))
    const campaign = { name: 'Cartes', place: '16', messages, counted: [] }
    const { scenario } = scenarioOfForm(
      {
        'levers.0.code': 'campaign',
        'levers.0.campaign': 'c1',
        'levers.0.amount': '0,2 à 0,6',
        'levers.0.startsOn': '2027-03-01',
      },
      [{ id: 'c1', campaign }],
    )
    const [lever] = scenario.levers
    expect(lever?.campaign).toEqual(campaign)
    expect(messagesSent(lever!)).toEqual([{ ...message, sentIn: '2028-04', share: 0.4 }])
    expect(messagesSent(lever!, 'low')[0]?.share).toBe(0.2)
    expect([actsFrom(lever!), feltFrom(lever!)]).toEqual(['2028-04-01', '2031-01-01'])
  })

  it('offers one row at first and six at most', () => {
    expect(rowsOf({})).toBe(1)
    expect(rowsOf({ rows: '99' })).toBe(6)
    expect(rowsOf({ rows: 'x' })).toBe(1)
  })
})
