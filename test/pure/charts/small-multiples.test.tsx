import { describe, expect, it } from 'vitest'
import { SmallMultiples } from '../../../src/pure/charts/small-multiples.tsx'

const html = (
  <SmallMultiples
    id="petits"
    title="Une mairie s’écarte des autres"
    subtitle="Attente d’un rendez-vous, en jours."
    quantity="day"
    source="enquêtes"
    target={[{ from: '2024-Q1', value: 30 }]}
    fans={[
      {
        key: '16015',
        name: 'Angoulême',
        href: '/mairies/16015',
        observed: [
          { quarter: '2024-Q1', value: 40 },
          { quarter: '2024-Q2', value: undefined },
          { quarter: '2024-Q3', value: 52 },
          { quarter: '2024-Q4', value: 48 },
        ],
        projected: [
          { quarter: '2025-Q1', p05: 38, p10: 40, p25: 44, p50: 48, p75: 53, p90: 58, p95: 61 },
          { quarter: '2025-Q2', p05: 36, p10: 39, p25: 43, p50: 48, p75: 54, p90: 60, p95: 64 },
        ],
      },
      { key: '16230', name: 'Montmoreau', observed: [{ quarter: '2024-Q1', value: undefined }] },
    ]}
  />
).toString() as string

describe('small multiples', () => {
  it('look as committed', async () => {
    await expect(/<svg.*?<\/svg>/.exec(html)![0].replaceAll('><', '>\n<')).toMatchFileSnapshot(
      'snapshots/small-multiples.svg',
    )
  })

  it('name each place with its last value', () => {
    expect(html).toContain('<a href="/mairies/16015">Angoulême</a>')
    expect(html).toContain('<strong>48\u00a0jours</strong>')
    expect(html).toContain('<strong>non publié</strong>')
  })

  it('have one scale, which they tell', () => {
    expect(html).toContain('de 0 à 70\u00a0jours, du T1\u00a02024 au T2\u00a02025')
  })

  it('have ids of their own and no inline style', () => {
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(match => match[1])
    expect(new Set(ids).size).toBe(ids.length)
    expect(html).not.toMatch(/\sstyle=|<style/)
  })
})
