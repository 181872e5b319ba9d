import { describe, expect, it } from 'vitest'
import { BarChart, BarDrawing, type RankingData, ranked } from '../../../src/pure/charts/bar-chart.tsx'

const RANKING: RankingData = {
  id: 'attente',
  title: 'Deux mairies sur cinq dépassent 30 jours',
  subtitle: 'Attente d’un rendez-vous, en jours. Plus bas, c’est mieux.',
  quantity: 'day',
  target: 30,
  places: [
    { name: 'Cognac', value: 31.8, status: 'estimated' },
    { name: 'Montmoreau', value: undefined },
    { name: 'La Rochefoucauld-en-Angoumois', value: 26.7 },
    { name: 'Angoulême', value: 42.1 },
    { name: 'Chalais', value: 9.4 },
  ],
}

const drawn = (variant: 'wide' | 'narrow') =>
  (<BarDrawing {...RANKING} variant={variant} />).toString() as string

describe('the ranking', () => {
  it.each(['wide', 'narrow'] as const)('looks as committed, %s', async variant => {
    await expect(drawn(variant).replaceAll('><', '>\n<')).toMatchFileSnapshot(
      `snapshots/bar-chart-${variant}.svg`,
    )
  })

  it('puts the highest first and those without a value last, without a bar', () => {
    expect(ranked(RANKING.places).map(place => place.name)).toEqual([
      'Angoulême',
      'Cognac',
      'La Rochefoucauld-en-Angoumois',
      'Chalais',
      'Montmoreau',
    ])
    expect(drawn('wide')).toContain('<title>Montmoreau : non publié</title>')
    expect(drawn('wide').match(/<rect[^>]*class="fill-step/g)).toHaveLength(4)
  })

  it('says in words how many are above the target, and has no inline style', () => {
    expect(drawn('wide')).toContain('2 au-dessus de l’objectif de 30\u00a0jours, sur 5.')
    expect(drawn('narrow')).not.toMatch(/\sstyle=|<style/)
  })

  it('comes with its numbers', () => {
    const html = (<BarChart {...RANKING} source="enquête" />).toString() as string
    expect(html).toContain('<th scope="row">Cognac</th><td class="number">31,8</td><td>estimé</td>')
  })
})
