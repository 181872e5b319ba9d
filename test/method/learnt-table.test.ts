import { expect, test } from 'vitest'
import type { Learnt } from '../../src/demand/engine/learning.ts'
import { LearntTable } from '../../src/method/learnt-table.tsx'

const learnt = (mean: number): Learnt => ({
  assumption: 'cardGrowth',
  prior: { mean: 1.4, spread: 0.2 },
  now: { mean, spread: 0.1 },
  steps: [
    { year: 2022, titles: ['cni'], day: '2023-09-30', source: 'Sénat', mean: 1.38 },
    { year: 2023, titles: ['cni', 'passport'], day: '2024-12-31', source: 'Vigie Titres', mean },
  ],
})
const words = (rows: Learnt[]) => String(LearntTable({ learnt: rows })).replace(/\s/g, ' ')

test('an assumption that facts moved is told with its prior, its value now, and the fact that moved it most', () => {
  const html = words([learnt(1.2)])
  for (const part of [
    '1,40',
    '1,20',
    'cartes et passeports de 2023 (Vigie Titres) : − 0,18',
    '31 décembre 2024',
  ])
    expect(html).toContain(part)
})

test('what nothing moved keeps its prior, and is not told as learnt', () => {
  expect(words([learnt(1.39)])).toContain('chacune vaut son a priori')
})
