import { describe, expect, it } from 'vitest'
import { anchored, fanDescription, projectionRuns } from '../../../src/pure/charts/fan.ts'
import { FAN, PROJECTED } from './fan-sample.ts'

describe('fanDescription', () => {
  it('tells the story in words', () => {
    expect(fanDescription(FAN)).toBe(
      'Observé : 22,4\u00a0jours au T1\u00a02022, 30,1\u00a0jours au T4\u00a02024. Non publié : T2\u00a02023. Projeté au T4\u00a02025 : 34,9\u00a0jours ; une chance sur deux d’être de 31,7\u00a0à\u00a038,1 ; 9 chances sur 10 de 27,0\u00a0à\u00a042,8. Objectif : 30\u00a0jours.',
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
