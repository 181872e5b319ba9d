import { describe, expect, it } from 'vitest'
import { FanChart, FanTable } from '../../../src/pure/charts/fan-chart.tsx'
import { FAN } from './fan-sample.ts'

describe('its figure', () => {
  it('holds both drawings under distinct ids, the source, the file and the numbers', () => {
    const html = (<FanChart {...FAN} source="préfecture" csv="/delais.csv" />).toString() as string
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(match => match[1])
    expect(new Set(ids).size).toBe(ids.length)
    expect(html).toContain('<figure class="plate" id="delai" role="figure" aria-label="Le délai repasse')
    expect(html).toContain('href="/delais.csv"')
    expect(html).toContain('33\u00a0jours (en vigueur) et 40,2\u00a0jours (rapport 2024)')
    expect(html).not.toMatch(/\sstyle=|<style/)
  })

  it('has a table of its own that says what is missing', () => {
    const html = (<FanTable {...FAN} />).toString() as string
    expect(html).toContain('<th scope="row">T2\u00a02023</th><td class="number">non publié</td>')
    expect(html.match(/<tr>/g)).toHaveLength(1 + 12 + 4)
  })
})
