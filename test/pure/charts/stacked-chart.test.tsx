import { describe, expect, it } from 'vitest'
import {
  StackedChart,
  type StackedData,
  StackedDrawing,
  totalOf,
} from '../../../src/pure/charts/stacked-chart.tsx'

const STACK: StackedData = {
  id: 'demande',
  title: 'Les renouvellements doublent',
  subtitle: 'Demandes reçues par an, nombre de dossiers.',
  parts: [
    { key: 'renewals', label: 'Renouvellements de cartes de dix ans' },
    { key: 'first', label: 'Premières demandes' },
    { key: 'lost', label: 'Pertes et vols' },
  ],
  periods: [
    { label: '2024', values: { renewals: 12_000, first: 6_000, lost: 900 } },
    { label: '2025', values: { renewals: 13_500, first: undefined, lost: 950 } },
    { label: '2026', values: { renewals: 19_000, first: 6_200, lost: 1_000 } },
    { label: '2027', estimated: true, values: { renewals: 25_000, first: 6_300, lost: 1_000 } },
  ],
}

const drawn = (data: StackedData, variant: 'wide' | 'narrow' = 'wide') =>
  (<StackedDrawing {...data} variant={variant} />).toString() as string

describe('the stacked chart', () => {
  it.each(['wide', 'narrow'] as const)('looks as committed, %s', async variant => {
    await expect(drawn(STACK, variant).replaceAll('><', '>\n<')).toMatchFileSnapshot(
      `snapshots/stacked-chart-${variant}.svg`,
    )
  })

  it('leaves a column empty when a part is missing', () => {
    expect(totalOf(STACK.periods[1]!, STACK.parts)).toBeUndefined()
    expect(totalOf(STACK.periods[0]!, STACK.parts)).toBe(18_900)
    expect(drawn(STACK)).toContain('<title>2025 : non publié</title>')
    expect(drawn(STACK)).not.toContain('2025, ')
  })

  it('says what is estimated by a hatch of its own id and by a word', () => {
    const svg = drawn(STACK, 'narrow')
    expect(svg).toContain('id="demande-narrow-hatch"')
    expect(svg).toContain('fill="url(#demande-narrow-hatch)"')
    expect(svg).toContain('>estimé<')
    expect(svg).not.toMatch(/\sstyle=|<style/)
  })

  it('refuses more parts than eyes tell apart', () => {
    const parts = Array.from({ length: 7 }, (_, i) => ({ key: `${i}`, label: `${i}` }))
    expect(() => drawn({ ...STACK, parts })).toThrow(RangeError)
  })

  it('comes with its numbers', () => {
    const html = (<StackedChart {...STACK} source="projection" />).toString() as string
    expect(html).toContain('<td class="number">32\u202f000</td>')
    expect(html).toContain('non publié')
    expect(html).toContain('Colonnes hachurées')
  })
})
