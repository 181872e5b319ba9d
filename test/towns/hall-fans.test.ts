import { describe, expect, it } from 'vitest'
import type { TownHall } from '../../src/places/town-hall.ts'
import type { ExpectedRequests } from '../../src/places/town-hall-queries.ts'
import { hallYears, waveFinding } from '../../src/towns/hall-fans.tsx'

const hall = (insee: string): TownHall => ({
  insee,
  name: insee,
  department: '16',
  population: undefined,
  stations: undefined,
  withoutAppointment: false,
  openedOn: undefined,
  closedOn: undefined,
  status: 'confirmed',
  lat: undefined,
  lon: undefined,
  source: { publisher: 'test', document: 'test', locator: '' },
})
const year = (of: number, mean: number): ExpectedRequests[] =>
  [1, 2, 3, 4].map(number => ({
    quarter: `${of}-Q${number}`,
    mean,
    p05: mean,
    p10: mean,
    p25: mean,
    p50: mean,
    p75: mean,
    p90: mean,
    p95: mean,
  }))
const spaces = (text: string) => text.replace(/\s/g, ' ')

describe('the wave of each hall', () => {
  const byPlace = new Map([
    ['A', [...year(2026, 90).slice(1), ...year(2027, 100), ...year(2031, 125)]],
    ['B', [...year(2027, 200), ...year(2031, 260)]],
  ])

  it('counts whole years alone', () => {
    expect(hallYears([hall('A'), hall('C')], { byPlace })).toEqual([
      {
        hall: hall('A'),
        years: new Map([
          [2027, 400],
          [2031, 500],
        ]),
      },
    ])
  })

  it('says how much more the strongest year asks, and which halls follow another course', () => {
    const rows = hallYears([hall('A'), hall('B')], { byPlace })
    expect(spaces(waveFinding(rows, 2027))).toBe(
      'En 2031, 28 % de demandes de plus qu’en 2027, comme dans chaque mairie',
    )
    const third = hallYears([hall('A'), hall('B'), hall('C')], {
      byPlace: new Map([...byPlace, ['C', [...year(2027, 50), ...year(2031, 45)]]]),
    })
    expect(spaces(waveFinding(third, 2027))).toMatch(
      /^En 2031, 23 % de demandes de plus qu’en 2027, autrement à C \(.10 %\) et B \(\+30 %\)$/,
    )
    expect(spaces(waveFinding(rows.slice(0, 1), 2027))).toBe('En 2031, 25 % de demandes de plus qu’en 2027')
    expect(waveFinding(rows, 2031)).toBe('Aucune année plus forte que 2031')
    expect(waveFinding([], 2027)).toBe('Aucune année plus forte que 2027')
  })
})
