import { expect, test } from 'vitest'
import type { CostAndRisk } from '../../src/staffing/plan.ts'
import { riskFinding } from '../../src/staffing/plan-chart.tsx'

const point = (kind: CostAndRisk['kind'], cost: number, jointLateProbability: number) =>
  ({
    kind,
    cost,
    jointLateProbability,
    worstMonthLateProbability: jointLateProbability,
    safety: 1,
  }) as CostAndRisk

test('the curve says what the next step of safety costs, from the plan', () => {
  const points = [
    point('nothing', 0, 0.87),
    point('plan', 300_000, 0.098),
    point('other', 340_000, 0.096),
    point('other', 350_500, 0.071),
    point('other', 640_000, 0.02),
  ]
  expect(riskFinding(points).replace(/\s/g, ' ')).toBe(
    'Passer de 9,8 % à 7,1 % de risque coûterait 50 500 € de plus',
  )
  expect(riskFinding(points.slice(0, 3))).toBe('Aucun plan plus sûr parmi ceux essayés')
})
