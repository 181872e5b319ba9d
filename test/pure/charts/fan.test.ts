import { describe, expect, it } from 'vitest'
import { anchored, bandWords, fanDescription, projectionRuns } from '../../../src/pure/charts/fan.ts'
import { FAN, PROJECTED } from './fan-sample.ts'

describe('fanDescription', () => {
  it('tells the story in words', () => {
    expect(fanDescription(FAN)).toBe(
      'Observé : 22,4\u00a0jours au T1\u00a02022, 30,1\u00a0jours au T4\u00a02024. Non publié : T2\u00a02023. Projeté au T4\u00a02025 : 35\u00a0jours ; une chance sur deux d’être de 32\u00a0à\u00a038 ; 9 chances sur 10 de 27\u00a0à\u00a043. Objectif : 30\u00a0jours.',
    )
  })
})

describe('projectionRuns and anchored', () => {
  it('cut a projection where a quarter is missing', () => {
    expect(projectionRuns([PROJECTED[3]!, PROJECTED[0]!, PROJECTED[1]!]).map(run => run.length)).toEqual([
      2, 1,
    ])
  })

  it('start at the value observed just before, and only there', () => {
    expect(anchored(PROJECTED, FAN.observed)[0]).toMatchObject({ quarter: '2024-Q4', p05: 30.1, p95: 30.1 })
    expect(anchored(PROJECTED, FAN.observed.slice(0, -1))).toEqual(PROJECTED)
    expect(anchored(PROJECTED, [{ quarter: '2024-Q4', value: undefined }])).toEqual(PROJECTED)
  })
})

it('says a band of days to the day', () => {
  const band = {
    quarter: '2024-Q1',
    p05: 250.6,
    p10: 300,
    p25: 413.7,
    p50: 553.9,
    p75: 689.4,
    p90: 800,
    p95: 871.5,
  }
  const said = (point: typeof band) => bandWords(point, 'day').replace(/\s/g, ' ')
  expect(said(band)).toBe(
    '554 jours ; une chance sur deux d’être de 414 à 689 ; 9 chances sur 10 de 251 à 872',
  )
  expect(said({ ...band, p05: 1.2, p25: 3.4, p50: 5.6, p75: 7.8, p95: 99.9 })).toBe(
    '6 jours ; une chance sur deux d’être de 3 à 8 ; 9 chances sur 10 de 1 à 100',
  )
})
