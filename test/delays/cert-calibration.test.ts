import { describe, expect, it } from 'vitest'
import { calibrateCert } from '../../src/delays/cert-calibration.ts'

const in2021 = (...days: number[]) => days.map((d, i) => ({ quarter: `2021-Q${i + 1}`, days: d }))

describe('a queue fitted to published delays', () => {
  it('reads the volume of licences from the injection: 343 files a working day, 34 days of work', () => {
    const { fit } = calibrateCert({
      observed: in2021(14, 31, 48, 48),
      injections: [{ day: '2021-03-31', files: 8_000 }],
      load: 'steady',
    })
    expect(fit!.filesPerWorkingDay).toBeCloseTo(343.3, 1)
    expect(fit!.injections[0]!.workDays).toBeCloseTo(33.54, 2)
    expect(fit!.startDays).toBeCloseTo(13.2, 1)
    expect(fit!.quarters.map(q => q.fitted.toFixed(1))).toEqual(['13.2', '36.8', '46.3', '46.9'])
    expect(fit!.degreesOfFreedom).toBe(2)
    expect(fit!.notIdentifiable.join(' ')).toContain('traités hors du rang')
  })

  it('restates identity cards exactly with a load for each quarter, and says that it proves nothing', () => {
    const { fit } = calibrateCert({ observed: in2021(6, 8, 14, 26), load: 'by-quarter' })
    for (const { observed, fitted } of fit!.quarters) expect(fitted).toBeCloseTo(observed, 3)
    expect(fit!.loads.map(l => l.load.toFixed(2))).toEqual(['1.05', '1.12', '1.21'])
    expect(fit!.degreesOfFreedom).toBe(0)
    expect(fit!.filesPerWorkingDay).toBeUndefined()
    expect(fit!.notIdentifiable).toContain('le nombre de dossiers reçus, traités ou en stock')
    expect(fit!.notIdentifiable.join(' ')).toContain('autant de paramètres')
  })

  it('names a load that the delays do not show', () => {
    const { fit } = calibrateCert({ observed: in2021(100, 100, 100, 100), load: 'by-quarter' })
    expect(fit!.notIdentifiable).toContain('la charge du trimestre 2021-Q4')
    expect(fit!.notIdentifiable).not.toContain('la charge du trimestre 2021-Q2')
  })

  it('refuses more parameters than delays, and gaps', () => {
    const question = { load: 'by-quarter' } as const
    expect(
      calibrateCert({ ...question, observed: in2021(14), injections: [{ day: '2021-02-01' }] }),
    ).toMatchObject({ reason: 'too-few-quarters' })
    const gap = in2021(6, 8, 14, 26).filter(q => q.quarter !== '2021-Q2')
    expect(calibrateCert({ ...question, observed: gap })).toMatchObject({ reason: 'gap-between-quarters' })
  })
})
