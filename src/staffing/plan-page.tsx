import { paths } from '../pure/access/paths.ts'
import { type Column, drawnColumn } from '../pure/elements/column.ts'
import { Link } from '../pure/elements/links.tsx'
import { Details } from '../pure/elements/message.tsx'
import { Table } from '../pure/elements/table.tsx'
import { tableFile } from '../pure/elements/table-file.ts'
import type { CsvTable } from '../pure/figures/csv.ts'
import { chancesInTen, NINE_IN_TEN } from '../pure/french/chances.ts'
import {
  frenchDays,
  frenchInstant,
  frenchMonth,
  frenchNumber,
  frenchPercent,
  frenchShortNumber,
} from '../pure/french/french.ts'
import { TITLE_NAMES } from '../pure/law/title.ts'
import { largest, smallest } from '../pure/numerics/extremes.ts'
import { Page } from '../pure/pages/layout.tsx'
import { AgentChart, agentLines } from './agent-chart.tsx'
import { type AgentMonth, agentMonths } from './agent-month.ts'
import { SUPPOSED_TEAM } from './assumption.ts'
import { CostRiskChart } from './cost-risk-chart.tsx'
import { DifferenceTable } from './difference-table.tsx'
import { arrivalWords, euros, idleText, outcomeText } from './explain.ts'
import type { CostAndRisk, KeptPlan, PlanDifference, PlannedMonth, StaffingPlan } from './plan-answer.ts'
import { PlanChart } from './plan-chart.tsx'

const share = (probability: number, decimals = 1) => frenchPercent(100 * probability, decimals)

interface PlanPageProps {
  kept: KeptPlan
  placeName: string
  difference: PlanDifference | undefined
  /** Plan that this one is a changed copy of. */
  modified: string | undefined
}

/** A plan: its finding, delay bands, months, cost against risk, the reasons, and what it changes. */
export function PlanPage({ kept, placeName, difference, modified }: PlanPageProps) {
  const { plan, id, explanation } = kept
  const { question, months } = plan
  const csv = paths.apiPlanMonths({ id })
  const inAgents = agentMonths(plan)
  const source = `plan ${id}, ${frenchNumber(plan.paths.heldOut)} trajectoires non vues par le calcul, ${frenchInstant(kept.createdAt)}`
  return (
    <Page
      title={`Effectifs : ${TITLE_NAMES[question.title]}`}
      path={paths.plan({ id })}
      place={kept.place}
      trail={[{ label: 'Effectifs', href: paths.staffing() }]}
      lead={finding({ ...kept, placeName })}
    >
      <p class="no-print">
        <Link to={paths.staffing({ modifie: id })}>Modifier ce plan</Link>
        {' · '}
        <Link to={paths.staffing({ remplace: id })}>Planifier de nouveau avec ce qui s’est passé</Link>
        {modified !== undefined && (
          <>
            {' · '}
            <Link to={paths.planComparison({ ids: [modified, id] })}>Comparer au plan modifié</Link>
          </>
        )}
      </p>
      <h2>Mois par mois</h2>
      <AgentChart
        id="agents-du-plan"
        title={agentFinding(plan, inAgents)}
        subtitle="Agents, mois par mois : ceux qui sont là, ce qu’ils peuvent (formation, congés, heures et prêts comptés) et ce que demandent les dossiers reçus, médiane."
        source={source}
        csv={csv}
        months={inAgents.map(one => one.month)}
        lines={agentLines(inAgents)}
      />
      {plan.idle?.cut !== undefined && <p>{idleText(plan)}</p>}
      <PlanChart
        id="delais-du-plan"
        title={`Délai d’instruction à venir sous le plan : ${share(plan.jointLateProbability)} de risque d’ensemble`}
        subtitle={`${TITLE_NAMES[question.title]}, fin de chaque mois, stock divisé par la capacité à venir, en jours calendaires.`}
        source={source}
        csv={csv}
        months={months}
        targetDays={question.targetDays}
      />
      <Details summary="Les mois du plan, en nombres" open={months.length <= 12}>
        <Table
          id="mois-du-plan"
          caption="Agents, recrutements et risque, mois par mois"
          rows={monthRows(plan)}
          csv={csv}
          columns={MONTH_COLUMNS}
          note="Coût : recrues, heures supplémentaires et prêts ; l’équipe en place est payée par ailleurs. * : mois montré mais pas promis."
        />
      </Details>
      <h2>Coût et risque</h2>
      <CostRiskChart
        id="cout-et-risque"
        points={plan.curve}
        source={source}
        csv="?tableau=points-de-la-courbe&format=csv"
      />
      <Details summary="Coût et risque, en nombres">
        <Table
          id="points-de-la-courbe"
          caption="Coût et risque autour du plan"
          rows={plan.curve}
          columns={[
            { label: 'Plan', cell: curveName, names: true },
            { label: 'Coût', figure: point => point.cost, unit: '€' },
            {
              label: 'Risque d’ensemble',
              figure: point => point.jointLateProbability,
              as: 'share',
              decimals: 1,
            },
            {
              label: 'Pire mois',
              figure: point => point.worstMonthLateProbability,
              as: 'share',
              decimals: 1,
            },
          ]}
        />
      </Details>
      <Details summary="D’où viennent ces nombres" printed>
        <dl>
          {explanation.map(line => (
            <>
              <dt>{line.title}</dt>
              <dd>{line.text}</dd>
            </>
          ))}
        </dl>
      </Details>
      {difference !== undefined && <Difference difference={difference} />}
    </Page>
  )
}

/** What is promised, where and when, at what cost, what comes first to decide, and what the plan supposes of its team. */
function finding({ plan, placeName, origins }: PlanPageProps['kept'] & { placeName: string }): string {
  const { months, cost, question, nothing, jointLateProbability } = plan
  if (!plan.outcome.met) return `${placeName} : ${outcomeText(plan)}`
  const promised = months.filter(month => month.promised)
  const when = `de ${frenchMonth(promised[0]!.month)} à ${frenchMonth(promised.at(-1)!.month)}`
  const kept = `${placeName} : ${frenchDays(question.targetDays, 0)} tenus ${when}`
  const supposed =
    origins['agents'] === SUPPOSED_TEAM
      ? ` Effectif supposé, ${frenchShortNumber(question.agents, 2)} ETPO : donnez ou importez le vôtre avant de décider.`
      : ''
  if (cost < 0.5)
    return `${kept} sans rien décider : ${share(jointLateProbability)} de risque d’ensemble.${supposed}`
  const hires = months.reduce((sum, month) => sum + month.hires, 0)
  const overtime = months.reduce((sum, month) => sum + month.overtime, 0)
  const [next] = months.filter(month => month.hires > 0)
  const first =
    next === undefined
      ? ''
      : ` À décider d’abord, en ${frenchMonth(next.decideBy)} : ${arrivalWords(plan, next)}.`
  return `${kept} avec ${chancesInTen(1 - jointLateProbability)}, pour ${euros(cost)} : ${frenchNumber(hires, Number.isInteger(hires) ? 0 : 1)} recrue${hires < 2 ? '' : 's'} et ${frenchNumber(overtime)} heures supplémentaires.${first} Sans rien décider, le risque d’ensemble serait de ${share(nothing.jointLateProbability, 0)}.${supposed}`
}

/** What the people cost in the months without enough files, or how near the need they stay. */
function agentFinding({ idleShare, months }: StaffingPlan, inAgents: readonly AgentMonth[]): string {
  const least = smallest(inAgents.map(one => one.present))
  const most = largest(inAgents.map(one => one.present))
  const people =
    most - least < 0.5
      ? `${frenchNumber(most, 1)} agents tout au long`
      : `De ${frenchNumber(inAgents[0]!.present, 1)} agents en ${frenchMonth(months[0]!.month)} à ${frenchNumber(most, 1)} au plus`
  return idleShare === null
    ? people
    : `${people} ; ${share(idleShare, 0)} de leur capacité sans dossier hors des pics`
}

type PlanRow = PlannedMonth & { inAgents: AgentMonth }

function monthRows(plan: StaffingPlan): PlanRow[] {
  const inAgents = agentMonths(plan)
  return plan.months.map((month, t) => ({ ...month, inAgents: inAgents[t]! }))
}

/** The months of a plan, for a spreadsheet: those of its page. */
export function monthFile(plan: StaffingPlan): CsvTable {
  const told = tableFile({
    id: 'mois',
    caption: 'Mois du plan',
    columns: MONTH_COLUMNS.map(drawnColumn),
    rows: monthRows(plan),
    note: undefined,
    source: undefined,
  })
  return { header: told.columns.map(column => column.label), rows: told.rows }
}

const MONTH_COLUMNS: readonly Column<PlanRow>[] = [
  {
    label: 'Mois',
    names: true,
    whole: true,
    cell: row => `${frenchMonth(row.month)}${row.promised ? '' : ' *'}`,
    file: [
      { value: row => row.month },
      { label: 'Mois promis', value: row => (row.promised ? 'oui' : 'non') },
    ],
  },
  { label: 'Agents', figure: row => row.agents, decimals: 1 },
  { label: 'Besoin médian, en agents', figure: row => row.inAgents.need, decimals: 1 },
  {
    label: 'Arrivées',
    numeric: true,
    file: [
      { value: row => row.hires, type: 'number', decimals: 1 },
      { label: 'À décider en', value: row => (row.hires > 0 ? row.decideBy : undefined) },
    ],
    cell: row =>
      row.hires > 0 ? `${frenchShortNumber(row.hires)} (décider en ${frenchMonth(row.decideBy)})` : '0',
  },
  { label: 'Heures sup.', figure: row => row.overtime },
  { label: 'Prêts', figure: row => row.loans, decimals: 1 },
  { label: 'Coût', figure: row => row.cost, unit: '€' },
  { label: 'Dossiers attendus', figure: row => row.expectedFiles },
  { label: 'Capacité', figure: row => row.capacity },
  { label: 'Délai médian', figure: row => row.delay.p50, decimals: 1, unit: 'jours' },
  {
    label: NINE_IN_TEN,
    range: row => ({ low: row.delay.p05, high: row.delay.p95 }),
    decimals: 1,
    unit: 'jours',
  },
  { label: 'Risque de retard', figure: row => row.lateProbability, as: 'share', decimals: 1 },
]

function curveName(point: CostAndRisk): string {
  if (point.kind === 'plan') return 'Ce plan'
  if (point.kind === 'nothing') return 'Ne rien décider'
  if (point.kind === 'mean') return 'Calé sur la demande moyenne (agents non entiers)'
  return `Calé sur ${share(point.safety, 0)} de la moyenne (agents non entiers)`
}

function Difference({ difference }: { difference: PlanDifference }) {
  return (
    <>
      <h2>Ce qui change depuis le dernier plan</h2>
      <dl>
        {difference.explanation.map(line => (
          <>
            <dt>{line.title}</dt>
            <dd>{line.text}</dd>
          </>
        ))}
      </dl>
      <DifferenceTable id="difference" caption="Écarts sur les mois communs" months={difference.months} />
    </>
  )
}
