import { describe, expect, it } from 'vitest'
import type { FanData } from '../../../src/pure/charts/fan.ts'
import { FanDrawing } from '../../../src/pure/charts/fan-drawing.tsx'
import { FAN, PROJECTED } from './fan-sample.ts'

const drawn = (data: FanData, variant: 'wide' | 'narrow' = 'wide') =>
  (<FanDrawing {...data} variant={variant} />).toString() as string
const inLines = (svg: string) => svg.replaceAll('><', '>\n<')

describe('the fan chart', () => {
  it.each(['wide', 'narrow'] as const)('looks as committed, %s', async variant => {
    await expect(inLines(drawn(FAN, variant))).toMatchFileSnapshot(`snapshots/fan-drawing-${variant}.svg`)
  })

  it('is named and described, and has no inline style', () => {
    for (const variant of ['wide', 'narrow'] as const) {
      const svg = drawn(FAN, variant)
      expect(svg).toContain(`aria-labelledby="delai-${variant}-title delai-${variant}-desc"`)
      expect(svg).toContain(`<title id="delai-${variant}-title">Le délai repasse`)
      expect(svg).toContain(`<desc id="delai-${variant}-desc">Observé : 22,4`)
      expect(svg).not.toMatch(/\sstyle=|<style/)
    }
  })

  it('says what is observed and what is projected, and names the chances in words', () => {
    const svg = drawn(FAN)
    expect(svg).toContain('>observé<')
    expect(svg).toContain('>estimé<')
    expect(svg).toContain('une chance sur deux')
    expect(drawn({ ...FAN, projected: [] })).not.toContain('>estimé<')
  })

  it('leaves a hole where nothing was published, never a zero', () => {
    const line = /<path d="([^"]*)"[^>]*class="stroke-observed"/.exec(drawn(FAN))?.[1] ?? ''
    expect(line.match(/M/g)).toHaveLength(2)
    expect(line.match(/[ML]/g)).toHaveLength(11)
    const baseline = drawn({ ...FAN, observed: [{ quarter: '2022-Q1', value: undefined }], projected: [] })
    expect(baseline).not.toContain('<circle')
    expect(drawn(FAN)).toContain('T2\u00a02023 : non publié')
  })

  it('leaves a hole too where a quarter is not in the list at all', () => {
    const observed = FAN.observed.filter(point => point.quarter !== '2022-Q3')
    const line = /<path d="([^"]*)"[^>]*class="stroke-observed"/.exec(drawn({ ...FAN, observed }))?.[1] ?? ''
    expect(line.match(/M/g)).toHaveLength(3)
  })

  it('shows two values in conflict as two marks', () => {
    const svg = drawn(FAN)
    expect(svg).toContain('T1\u00a02024 : autre valeur publiée, 40,2\u00a0jours (rapport 2024)')
    expect(svg).toContain('T1\u00a02024 : 33\u00a0jours (observé)')
  })

  it('leaves out events beyond its quarters', () => {
    expect(drawn(FAN)).toContain('Plan d’urgence')
    expect(drawn(FAN)).not.toContain('Bien après')
  })

  it('draws the band of a lone projected quarter', () => {
    const lone = { ...FAN, observed: FAN.observed.slice(0, 3), projected: PROJECTED.slice(3) }
    expect(drawn(lone).match(/<rect[^>]*fill-band50/g)).toHaveLength(1)
  })
})
