import { expect, test } from 'vitest'
import { backlogFinding } from '../../src/delays/backlog-figure.tsx'
import type { BandedQuarter } from '../../src/figures/projection-figures.tsx'

const at = (median: number | undefined): BandedQuarter => ({
  quarter: '2023-Q4',
  band: {
    median,
    low95: median,
    low90: median,
    low80: median,
    low50: median,
    high50: median,
    high80: median,
    high90: median,
    high95: median,
    probabilityOver: 0,
  },
})
const said = (delay: number, stock: number | undefined) =>
  backlogFinding(at(delay), at(stock)).replace(/\s/g, ' ')

test('the backlog says where the delay goes', () => {
  expect(said(262, 470)).toBe(
    '470 jours de travail en stock pour un délai publié de 262 jours au 4e trimestre 2023 : le délai montera encore',
  )
  expect(said(43, 12)).toMatch(/12 jours de travail .* le délai va baisser$/)
  expect(said(43, 44)).toBe('Le stock et le délai se tiennent : environ 43 jours au 4e trimestre 2023')
  expect(said(43, undefined)).toBe('Le stock sort du calendrier du modèle avant le 4e trimestre 2023')
})
