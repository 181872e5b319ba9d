import { expect, test } from 'vitest'
import { hallBands } from '../../../../scripts/lab/hall-bands/synthetic-nation.ts'

test('a year of counts tells a hall of a known nation within a factor 1.5, nine times in ten', () => {
  const cases = hallBands(5, 'counts', 'pull', 100)
  const inside = cases.filter(({ low, high, truth }) => truth >= low && truth <= high)
  expect(inside.length / cases.length).toBeGreaterThan(0.85)
  const factors = cases.map(({ low, high }) => high / low).sort((a, b) => a - b)
  expect(factors[Math.floor(factors.length / 2)]).toBeLessThan(1.5)
})
