import { describe, expect, it } from 'vitest'
import { addQuarters, quartersBetween } from '../../../src/pure/calendar/period.ts'
import {
  anchored,
  FanChart,
  type FanData,
  FanDrawing,
  FanTable,
  fanDescription,
  projectionRuns,
} from '../../../src/pure/charts/fan-chart.tsx'

const VALUES = [22.4, 31.2, 48.7, 52.3, 61.8, undefined, 44.1, 38.6, 33, 29.5, 27.2, 30.1]

const projected = [1, 2, 3, 4].map(ahead => {
  const at = (z: number) => Math.round((30.1 + ahead * 1.2 + z * 2.4 * Math.sqrt(ahead)) * 10) / 10
  return {
    quarter: addQuarters('2024-Q4', ahead),
    p05: at(-1.645),
    p10: at(-1.282),
    p25: at(-0.674),
    p50: at(0),
    p75: at(0.674),
    p90: at(1.282),
    p95: at(1.645),
  }
})

const FAN: FanData = {
  id: 'delai',
  title: 'Le délai repasse au-dessus de la cible',
  subtitle: 'Délai moyen de délivrance, en jours. Plus bas, c’est mieux.',
  quantity: 'day',
  observed: quartersBetween('2022-Q1', '2024-Q4').map((quarter, i) => ({
    quarter,
    value: VALUES[i],
    ...(i === 8 ? { conflicts: [{ value: 40.2, source: 'rapport 2024' }] } : {}),
    ...(i === 9 ? { status: 'estimated' as const } : {}),
  })),
  projected,
  target: [
    { from: '2022-Q1', value: 20 },
    { from: '2023-Q1', value: 30 },
  ],
  events: [
    { day: '2022-05-02', label: 'Plan d’urgence' },
    { day: '2022-07-01', label: 'Renfort de quatre agents' },
    { day: '2031-01-01', label: 'Bien après' },
  ],
}

const drawn = (data: FanData, variant: 'wide' | 'narrow' = 'wide') =>
  (<FanDrawing {...data} variant={variant} />).toString() as string
const inLines = (svg: string) => svg.replaceAll('><', '>\n<')

describe('the fan chart', () => {
  it.each(['wide', 'narrow'] as const)('looks as committed, %s', async variant => {
    await expect(inLines(drawn(FAN, variant))).toMatchFileSnapshot(`snapshots/fan-chart-${variant}.svg`)
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
    expect(svg).toContain('>projeté<')
    expect(svg).toContain('une chance sur deux')
    expect(drawn({ ...FAN, projected: [] })).not.toContain('projeté')
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
    const lone = { ...FAN, observed: FAN.observed.slice(0, 3), projected: projected.slice(3) }
    expect(drawn(lone).match(/<rect[^>]*fill-band50/g)).toHaveLength(1)
  })
})

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

describe('fanDescription', () => {
  it('tells the story in words', () => {
    expect(fanDescription(FAN)).toBe(
      'Observé : 22,4\u00a0jours au T1\u00a02022, 30,1\u00a0jours au T4\u00a02024. Non publié : T2\u00a02023. Projeté au T4\u00a02025 : 34,9\u00a0jours ; une chance sur deux d’être de 31,7\u00a0à\u00a038,1 ; 9 chances sur 10 de 27,0\u00a0à\u00a042,8. Cible : 30\u00a0jours.',
    )
  })
})

describe('projectionRuns and anchored', () => {
  it('cut a projection where a quarter is missing', () => {
    expect(projectionRuns([projected[3]!, projected[0]!, projected[1]!]).map(run => run.length)).toEqual([
      2, 1,
    ])
  })

  it('start at the value observed just before, and only there', () => {
    expect(anchored(projected, FAN.observed)[0]).toMatchObject({ quarter: '2024-Q4', p05: 30.1, p95: 30.1 })
    expect(anchored(projected, FAN.observed.slice(0, -1))).toEqual(projected)
    expect(anchored(projected, [{ quarter: '2024-Q4', value: undefined }])).toEqual(projected)
  })
})
