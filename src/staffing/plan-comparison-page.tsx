import { paths } from '../pure/access/paths.ts'
import type { Column } from '../pure/elements/column.ts'
import { Table } from '../pure/elements/table.tsx'
import {
  frenchCount,
  frenchDays,
  frenchGap,
  frenchMonth,
  frenchNumber,
  frenchPercent,
  frenchShortNumber,
} from '../pure/french/french.ts'
import { TITLE_NAMES } from '../pure/law/title.ts'
import { Page } from '../pure/pages/layout.tsx'
import { AgentChart } from './agent-chart.tsx'
import { ASSUMPTIONS, type AssumptionName } from './assumption.ts'
import { differenceOf } from './comparison.ts'
import { DifferenceTable } from './difference-table.tsx'
import type { KeptPlan, PlanDifference, StaffingPlan } from './plan-answer.ts'

/** Two plans side by side: what each costs and risks, who is there, and which assumptions differ. */
export function PlanComparisonPage({ plans }: { plans: readonly [KeptPlan, KeptPlan] }) {
  const [first, second] = plans
  const difference = differenceOf(first.plan, second.plan)
  const months = difference.months.map(one => one.month)
  const agentsOf = ({ plan }: KeptPlan) =>
    months.map(month => plan.months.find(one => one.month === month)?.agents)
  return (
    <Page
      title="Deux plans côte à côte"
      path={paths.planComparison()}
      place={first.place}
      trail={[{ label: 'Effectifs', href: paths.staffing() }]}
      lead={finding(first.plan, second.plan)}
    >
      <Table
        id="plans-compares"
        caption="Ce que chaque plan promet, coûte et risque"
        rows={plans.map((one, i) => ({ ...one, letter: 'AB'[i]! }))}
        columns={[
          {
            label: 'Plan',
            names: true,
            file: [{ value: row => row.letter }, { label: 'Numéro', value: row => row.id }],
            cell: row => (
              <a href={paths.plan({ id: row.id })}>
                {row.letter}, {TITLE_NAMES[row.plan.question.title]}
              </a>
            ),
          },
          { label: 'Délai à tenir', figure: row => row.plan.question.targetDays, as: 'days' },
          { label: 'Chances demandées', figure: row => row.plan.question.probability, as: 'share' },
          { label: 'Horizon', figure: row => row.plan.question.months, unit: 'mois' },
          { label: 'Coût', figure: row => row.plan.cost, unit: '€' },
          {
            label: 'Risque mesuré',
            figure: row => row.plan.outcome.heldOutRisk,
            as: 'share',
            decimals: 1,
          },
          { label: 'Promesse', cell: row => (row.plan.outcome.met ? 'tenue' : 'non tenue') },
          { label: 'Recrues', figure: row => sum(row.plan, month => month.hires), decimals: 1 },
          { label: 'Heures sup.', figure: row => sum(row.plan, month => month.overtime) },
          {
            label: 'Capacité sans dossier, hors pics',
            figure: row => row.plan.idleShare ?? undefined,
            as: 'share',
            decimals: 1,
          },
        ]}
      />
      {months.length > 0 && (
        <AgentChart
          id="agents-compares"
          title={agentFinding(difference.months)}
          subtitle="Agents au travail ou en formation, sur les mois communs aux deux plans."
          source={`plans ${first.id} (A) et ${second.id} (B)`}
          csv="?tableau=mois-compares&format=csv"
          months={months}
          lines={[
            { words: 'plan A', ink: 'part2', dashes: '6 4', values: agentsOf(first) },
            { words: 'plan B', ink: 'observed', values: agentsOf(second) },
          ]}
        />
      )}
      <Table
        id="hypotheses-differentes"
        caption="Ce que les deux plans ne supposent pas de même"
        rows={unlike(first, second)}
        empty="Les mêmes hypothèses."
        columns={[
          { label: 'Hypothèse', names: true, cell: row => row.label },
          valueColumn('Plan A', row => row.a),
          valueColumn('Plan B', row => row.b),
          { label: 'Unité', cell: row => row.unit },
          { label: 'Origine dans le plan B', cell: row => row.origin },
        ]}
      />
      <DifferenceTable
        id="mois-compares"
        caption="Écarts de B à A, sur les mois communs"
        months={difference.months}
      />
    </Page>
  )
}

function sum({ months }: StaffingPlan, of: (month: StaffingPlan['months'][number]) => number): number {
  return months.reduce((total, month) => total + of(month), 0)
}

function finding(first: StaffingPlan, second: StaffingPlan): string {
  const promise = ({ question, cost, outcome }: StaffingPlan) =>
    `${frenchNumber(Math.round(cost))} € pour ${frenchDays(question.targetDays, 0)} sur ${frenchCount(question.months, 'mois', 'mois')}, ${frenchPercent(100 * outcome.heldOutRisk)} de risque`
  return `A : ${promise(first)}. B : ${promise(second)}, soit ${frenchGap(Math.round(second.cost - first.cost), 0)} €.`
}

function agentFinding(months: readonly PlanDifference['months'][number][]): string {
  const widest = months.reduce((a, b) => (Math.abs(b.agents) > Math.abs(a.agents) ? b : a))
  return Math.abs(widest.agents) < 0.05
    ? 'Les mêmes agents dans les deux plans'
    : `Écart le plus grand en ${frenchMonth(widest.month)} : ${frenchGap(widest.agents)} agents dans le plan B`
}

interface Unlike {
  label: string
  unit: string
  /** `undefined` in plans kept before the assumption was made. */
  a: number | undefined
  b: number | undefined
  origin: string
}

function valueColumn(label: string, of: (row: Unlike) => number | undefined): Column<Unlike> {
  return {
    label,
    numeric: true,
    cell: row => {
      const value = of(row)
      return value === undefined ? '–' : frenchShortNumber(value, 3)
    },
    file: [{ value: of, type: 'number', decimals: 3 }],
  }
}

/** The numbers of two questions that differ, with where the second took its own. */
function unlike(first: KeptPlan, second: KeptPlan): Unlike[] {
  const [a, b] = [first.plan.question, second.plan.question]
  return (Object.keys(ASSUMPTIONS) as AssumptionName[])
    .map(name => ({
      label: ASSUMPTIONS[name].label,
      unit: ASSUMPTIONS[name].unit,
      a: a[name],
      b: b[name],
      origin: second.origins[name] ?? 'donnée',
    }))
    .filter(row => row.a !== row.b)
}
