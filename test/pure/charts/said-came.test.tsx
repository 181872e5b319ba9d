import { expect, test } from 'vitest'
import { type SaidCameData, SaidCameDrawing } from '../../../src/pure/charts/said-came.tsx'

const DATA: SaidCameData = {
  id: 'dit',
  title: 'Deux fois sur trois dans la bande',
  subtitle: 'Jours',
  rival: 'dernière valeur',
  words: value => `${value} jours`,
  rows: [
    { label: 'mai 2022, à 12 mois', said: 60, low: 20, high: 180, came: 75, rival: 30 },
    { label: 'mai 2023, à 12 mois', said: 80, low: 30, high: 200, came: 66, rival: 75 },
    { label: 'mai 2024, à 11 mois', said: 40, low: 15, high: 100, came: 12, rival: undefined },
  ],
}
const drawn = (data: SaidCameData, variant: 'wide' | 'narrow' = 'wide') =>
  (<SaidCameDrawing {...data} variant={variant} />).toString() as string

test.each(['wide', 'narrow'] as const)('what was said and what came look as committed, %s', async variant => {
  await expect(drawn(DATA, variant).replaceAll('><', '>\n<')).toMatchFileSnapshot(
    `snapshots/said-came-${variant}.svg`,
  )
})

test('the same ratio has the same length everywhere, and every mark stays inside', () => {
  const svg = drawn(DATA)
  const at = (tick: string) => Number(new RegExp(`x="([0-9.]+)"[^>]*>${tick}<`).exec(svg)?.[1])
  expect(at('100') - at('50')).toBeCloseTo(at('200') - at('100'), 1)
  expect(svg).toContain('mai 2024, à 11 mois : dit 40 jours (de 15 jours à 100 jours), venu 12 jours<')
  const equal = { ...DATA.rows[0]!, said: 5, low: 5, high: 5, came: 5, rival: 5 }
  expect(drawn({ ...DATA, rows: [equal] })).not.toContain('NaN')
})
