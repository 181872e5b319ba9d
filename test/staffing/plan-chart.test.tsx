import { expect, test } from 'vitest'
import { AgentChart, agentLines } from '../../src/staffing/agent-chart.tsx'
import { CostRiskChart, riskFinding } from '../../src/staffing/cost-risk-chart.tsx'
import type { CostAndRisk, PlannedMonth } from '../../src/staffing/plan-answer.ts'
import { PlanChart } from '../../src/staffing/plan-chart.tsx'

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

const drawings = (plate: { toString: () => unknown }) =>
  [...String(plate).matchAll(/<svg.*?<\/svg>/g)].map(([svg]) => svg.replaceAll('><', '>\n<'))

test('all look as committed, wide and narrow', async () => {
  const months = [4, 9, 16, 12, 6, 3].map(
    (days, i): PlannedMonth => ({
      month: `2027-0${i + 1}`,
      agents: 27,
      arrivals: [],
      leave: 0,
      redeployed: 0,
      hires: 0,
      decideBy: `2027-0${i + 1}`,
      overtime: 0,
      loans: 0,
      cost: 0,
      lateProbability: days / 100,
      promised: i > 1,
      expectedFiles: 40_000,
      capacity: 41_000,
      delay: {
        p05: 0.2 * days,
        p10: 0.4 * days,
        p25: 0.7 * days,
        p50: days,
        p75: 1.3 * days,
        p90: 1.6 * days,
        p95: 1.9 * days,
        stock: 0,
      },
    }),
  )
  const points = [
    point('nothing', 0, 0.87),
    point('mean', 64_000, 0.5),
    point('plan', 300_000, 0.098),
    point('other', 640_000, 0.02),
  ]
  const plan = drawings(
    <PlanChart
      id="plan"
      title="Le délai sous le plan"
      subtitle="En jours."
      source="essai"
      csv="/mois.csv"
      months={months}
      targetDays={14}
    />,
  )
  const curve = drawings(<CostRiskChart id="courbe" points={points} source="essai" csv="/courbe.csv" />)
  const inAgents = months.map(({ month }, i) => ({ month, present: 27, able: 26 + i, need: 20 + 3 * i }))
  const agents = drawings(
    <AgentChart
      id="agents"
      title="Les agents du plan"
      subtitle="Agents."
      source="essai"
      csv="/mois.csv"
      months={inAgents.map(one => one.month)}
      lines={agentLines(inAgents)}
    />,
  )
  expect([plan.length, curve.length, agents.length]).toEqual([2, 2, 2])
  for (const [i, variant] of ['wide', 'narrow'].entries()) {
    await expect(plan[i]).toMatchFileSnapshot(`snapshots/plan-chart-${variant}.svg`)
    await expect(agents[i]).toMatchFileSnapshot(`snapshots/agent-chart-${variant}.svg`)
    await expect(curve[i]).toMatchFileSnapshot(`snapshots/cost-risk-${variant}.svg`)
  }
})
