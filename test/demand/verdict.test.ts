import { expect, test } from 'vitest'
import { demandVerdict } from '../../src/demand/verdict.ts'

const expected = (quarter: string, mean: number) => ({
  quarter,
  mean,
  status: 'estimated' as const,
  quantiles: { p05: 0.8 * mean, p95: 1.25 * mean },
})
const said = (...asked: Parameters<typeof demandVerdict>) => demandVerdict(...asked).replace(/\s/g, ' ')
const YEAR = ['2027-Q1', '2027-Q2', '2027-Q3', '2027-Q4'].map(quarter => expected(quarter, 4_260))

test('the quarter of the day with its band, and the whole year after it', () => {
  const points = [expected('2026-Q3', 9_000), expected('2026-Q4', 4_000), ...YEAR]
  expect(said('Charente', points, '2026-11-29')).toBe(
    'Charente : environ 4 000 demandes de cartes d’identité et de passeports attendues au 4e trimestre 2026 (estimé, 9 chances sur 10 : 3 200 à 5 000) ; environ 17 000 pour toute l’année 2027.',
  )
})

test('a quarter counted whole is told as it was counted, and a year that is not whole is not told', () => {
  const points = [{ ...expected('2026-Q4', 4_017), status: 'observed' as const }, ...YEAR.slice(0, 3)]
  expect(said('Cognac', points, '2026-10-01')).toBe(
    'Cognac : 4 017 demandes de cartes d’identité et de passeports comptées au 4e trimestre 2026.',
  )
})

test('the first quarter told after the day stands for it, and nothing is said of a day after the last', () => {
  expect(said('Cognac', YEAR, '2026-01-01')).toContain('au 1er trimestre 2027')
  expect(said('Cognac', YEAR, '2028-01-01')).toContain('aucune demande n’est projetée')
})
