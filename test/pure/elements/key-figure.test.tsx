import { describe, expect, it } from 'vitest'
import { Conflict, KeyFigure } from '../../../src/pure/elements/key-figure.tsx'

describe('a key figure', () => {
  it('says its nature, its clock and its source', () => {
    const html = (
      <KeyFigure
        label="Délai de délivrance, T3 2026"
        value={1.5}
        quantity="day"
        status="estimated"
        clock="instruction au CERT seule"
        source="projection"
      />
    ).toString() as string
    expect(html).toContain('>1,5</span> jour ')
    expect(html).toContain('<span class="status status-estimated">estimé</span>')
    expect(html).toContain('instruction au CERT seule')
    expect(html).toContain('projection')
  })

  it('says why there is no value, and shows no zero', () => {
    const html = (
      <KeyFigure
        label="Attente"
        value={undefined}
        missing="trop peu de trimestres"
        quantity="day"
        status="estimated"
        source="projection"
      />
    ).toString() as string
    expect(html).toContain('trop peu de trimestres')
    expect(html).not.toMatch(/>0|estimé/)
  })
})

describe('a conflict', () => {
  it('shows every published value and the one retained', () => {
    const html = (
      <Conflict
        label="Délai, T2 2022"
        quantity="day"
        kept={{ value: 33, source: 'bilan', publishedOn: '2024-05-01' }}
        others={[{ value: 40.2, source: 'rapport', publishedOn: '2024-04-12' }]}
      />
    ).toString() as string
    expect(html).toContain('33\u00a0jours</strong>, bilan, publié le 1er\u00a0mai 2024 – en vigueur')
    expect(html).toContain('40,2\u00a0jours</strong>, rapport, publié le 12\u00a0avril 2024</li>')
  })
})
