import type { Column } from '../pure/elements/column.ts'
import { Details } from '../pure/elements/message.tsx'
import { Table } from '../pure/elements/table.tsx'
import {
  frenchDays,
  frenchInstant,
  frenchMonth,
  frenchNumber,
  frenchPercent,
  frenchShortNumber,
} from '../pure/french/french.ts'
import { TITLE_NAMES, TITLES, type Title } from '../pure/law/title.ts'
import { FilterForm } from '../pure/pages/filter-form.tsx'
import { Page, type Site } from '../pure/pages/layout.tsx'
import { ASSUMPTIONS, type AssumptionName, GROUP_NAMES } from './assumption.ts'
import type { PlanDifference } from './comparison.ts'
import { type Origins, outcomeText } from './explain.ts'
import { type CostAndRisk, outcomeOf, type PlannedMonth, type StaffingPlan } from './plan.ts'
import { CostRiskChart, PlanChart } from './plan-chart.tsx'
import type { StaffingQuestion } from './team.ts'

/** The defaults shown in the form, or why there are none. */
export type FormDefaults = { question: StaffingQuestion; origins: Origins } | { reason: string }

interface StaffingPageProps {
  site: Site
  title: Title
  defaults: FormDefaults
  /** Plan that the new one takes over. */
  last: string | undefined
  plans: readonly {
    id: string
    title: Title
    firstMonth: string
    lastMonth: string
    createdAt: string
    cost: number
    jointLateProbability: number
  }[]
}

const euros = (amount: number) => `${frenchNumber(Math.round(amount))}\u00a0€`
const share = (probability: number, decimals = 1) => frenchPercent(100 * probability, decimals)

/** The form of a plan: the promise first, then every assumption with its default and its origin. */
export function StaffingPage({ site, title, defaults, last, plans }: StaffingPageProps) {
  return (
    <Page
      site={site}
      title="Effectifs"
      path="/effectifs"
      trail={[{ label: 'Accueil', href: '/' }]}
      lead="Combien d’agents, quand, à quel risque et à quel coût, pour tenir un délai d’instruction. Par équipe, jamais par personne."
    >
      {last === undefined ? (
        <FilterForm
          action="/effectifs"
          submit="Choisir ce titre"
          filters={[
            {
              name: 'titre',
              label: 'Titre',
              value: title,
              options: TITLES.map(code => ({ value: code, label: TITLE_NAMES[code] })),
            },
          ]}
        />
      ) : (
        <p>
          Ce plan remplacera le plan <a href={`/effectifs/${last}`}>{last}</a>&nbsp;: ses valeurs et ses
          arrivées déjà décidées sont reprises.
        </p>
      )}
      <form method="post" action="/effectifs" data-progress="avancement">
        <input type="hidden" name="title" value={title} />
        {last !== undefined && <input type="hidden" name="previous" value={last} />}
        <h2>La promesse : {TITLE_NAMES[title]}</h2>
        <Field name="targetDays" label="Délai à tenir" hint="jours" value="14" required />
        <Field
          name="probability"
          label="Probabilité de le tenir"
          hint="de 0,5 à 0,999 ; 0,9 est neuf chances sur dix"
          value="0,9"
          required
        />
        <Field name="months" label="Horizon" hint="de 1 à 60 mois" value="18" required />
        <div class="fr-select-group">
          <label class="fr-label" for="champ-promise">
            Portée de la promesse
          </label>
          <select class="fr-select" id="champ-promise" name="promise">
            <option value="joint">tous les mois à la fois</option>
            <option value="monthly">chaque mois pris seul</option>
          </select>
        </div>
        <Field name="budget" label="Budget" hint="euros, en plus de l’équipe en place ; vide : sans limite" />
        <h2>Ce que l’on suppose</h2>
        <p>Un champ laissé vide prend la valeur indiquée, avec son origine.</p>
        <Assumptions defaults={defaults} />
        <p>
          <button class="fr-btn" type="submit">
            Calculer le plan
          </button>
        </p>
        <noscript>
          <p class="table-note">
            Le calcul prend de quelques secondes à une minute ; le bouton d’arrêt du navigateur l’annule.
          </p>
        </noscript>
      </form>
      <Progress site={site} />
      <h2>Derniers plans</h2>
      <Table
        id="plans"
        caption="Plans gardés, du plus récent au plus ancien"
        rows={plans}
        empty="Aucun plan pour l’instant."
        columns={[
          {
            label: 'Plan',
            names: true,
            file: [{ value: plan => TITLE_NAMES[plan.title] }],
            cell: plan => <a href={`/effectifs/${plan.id}`}>{TITLE_NAMES[plan.title]}</a>,
          },
          {
            label: 'Mois',
            cell: plan => `${frenchMonth(plan.firstMonth)} – ${frenchMonth(plan.lastMonth)}`,
          },
          { label: 'Coût', figure: plan => plan.cost, unit: '€' },
          { label: 'Risque d’ensemble', figure: plan => plan.jointLateProbability, as: 'share', decimals: 1 },
          { label: 'Calculé le', cell: plan => frenchInstant(plan.createdAt) },
        ]}
      />
    </Page>
  )
}

/** Where the script shows how far the plan is, out of sight until the form is sent. */
function Progress({ site }: { site: Site }) {
  const version = site.assetVersion === undefined ? '' : `?v=${site.assetVersion}`
  return (
    <div
      id="avancement"
      class="progress"
      data-start="Le calcul commence."
      data-cancelled="Calcul annulé. Le formulaire est resté rempli."
      data-broken="Le calcul s’est interrompu sans réponse. Envoyez de nouveau le formulaire, resté rempli."
    >
      <div data-working hidden>
        <label class="fr-label" for="barre">
          Calcul du plan
        </label>
        <progress id="barre" max="1" />
        <button class="fr-btn fr-btn--secondary" type="button">
          Annuler le calcul
        </button>
      </div>
      <p role="status" />
      <p class="fr-error-text" role="alert" hidden />
      <script src={`/assets/progress.js${version}`} defer />
    </div>
  )
}

function Assumptions({ defaults }: { defaults: FormDefaults }) {
  const known = 'question' in defaults ? defaults : undefined
  const names = Object.keys(ASSUMPTIONS) as AssumptionName[]
  const groups = Object.keys(GROUP_NAMES) as (keyof typeof GROUP_NAMES)[]
  return (
    <>
      {'reason' in defaults && <p>{defaults.reason}</p>}
      {groups.map(group => (
        <Details summary={GROUP_NAMES[group]} open={group === 'demand' || group === 'team'}>
          {names
            .filter(name => ASSUMPTIONS[name].group === group)
            .map(name => {
              const value = known?.question[name]
              const origin = known?.origins[name] ?? ASSUMPTIONS[name].origin
              return (
                <Field
                  name={name}
                  label={`${ASSUMPTIONS[name].label} (${ASSUMPTIONS[name].unit})`}
                  hint={value === undefined ? 'à indiquer' : `${frenchShortNumber(value, 3)} : ${origin}`}
                  required={value === undefined && name === 'filesPerWorkingDay'}
                />
              )
            })}
          {group === 'demand' && (
            <Field
              name="startStock"
              label="Dossiers en stock, s’ils sont comptés"
              hint="vide : d’après le délai"
            />
          )}
          {group === 'team' && (
            <>
              <Field
                name="presence"
                label="Part des jours ouvrés travaillés, de janvier à décembre"
                hint={
                  known ? `${listText(known.question.presence)} : ${known.origins['presence'] ?? ''}` : ''
                }
              />
              <Field
                name="contractEnds"
                label="Fins de contrat"
                hint="mois et nombre d’agents : 2027-03 2, 2027-09 1"
              />
            </>
          )}
          {group === 'recruitment' && (
            <>
              <Field
                name="training"
                label="Rendement d’une recrue, mois après mois"
                hint={
                  known
                    ? `${listText(known.question.training)}, puis 1 : ${known.origins['training'] ?? ''}`
                    : ''
                }
              />
              <Field name="contractMonths" label="Durée des contrats" hint="mois ; vide : sans fin" />
              <Field
                name="decided"
                label="Arrivées déjà décidées"
                hint="mois et nombre d’agents : 2027-01 1"
              />
            </>
          )}
        </Details>
      ))}
    </>
  )
}

function listText(values: readonly number[]): string {
  return values.map(value => frenchShortNumber(value, 2)).join(' ; ')
}

function Field({
  name,
  label,
  hint,
  value,
  required,
}: {
  name: string
  label: string
  hint?: string
  value?: string
  required?: boolean
}) {
  return (
    <div class="fr-input-group">
      <label class="fr-label" for={`champ-${name}`}>
        {label}
        {hint !== undefined && hint !== '' && <span class="fr-hint-text">{hint}</span>}
      </label>
      <input
        class="fr-input"
        type="text"
        id={`champ-${name}`}
        name={name}
        value={value}
        required={required}
      />
    </div>
  )
}

interface PlanPageProps {
  site: Site
  kept: {
    id: string
    createdAt: string
    plan: StaffingPlan
    explanation: readonly { title: string; text: string }[]
  }
  difference: PlanDifference | undefined
}

/** A plan: its finding, delay bands, months, cost against risk, the reasons, and what it changes. */
export function PlanPage({ site, kept, difference }: PlanPageProps) {
  const { plan, id, explanation } = kept
  const { question, months } = plan
  const csv = `/api/staffing/plans/${id}/months.csv`
  const source = `plan ${id}, ${frenchNumber(plan.paths.heldOut)} trajectoires non vues par le calcul, ${frenchInstant(kept.createdAt)}`
  return (
    <Page
      site={site}
      title={`Effectifs : ${TITLE_NAMES[question.title]}`}
      path={`/effectifs/${id}`}
      trail={[
        { label: 'Accueil', href: '/' },
        { label: 'Effectifs', href: '/effectifs' },
      ]}
      lead={finding(plan)}
    >
      <PlanChart
        id="delais-du-plan"
        title={`Délai d’instruction à venir sous le plan : ${share(plan.jointLateProbability)} de risque d’ensemble`}
        subtitle={`${TITLE_NAMES[question.title]}, fin de chaque mois, stock divisé par la capacité à venir, en jours calendaires. Plus bas, c’est mieux.`}
        source={source}
        csv={csv}
        months={months}
        targetDays={question.targetDays}
      />
      <Table
        id="mois-du-plan"
        caption="Agents, recrutements et risque, mois par mois"
        rows={months}
        csv={csv}
        columns={monthColumns()}
        note="Coût : recrues, heures supplémentaires et prêts ; l’équipe en place est payée par ailleurs. * : mois montré mais pas promis."
      />
      <CostRiskChart
        id="cout-et-risque"
        points={plan.curve}
        source={source}
        csv="?tableau=points-de-la-courbe&format=csv"
      />
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
          { label: 'Pire mois', figure: point => point.worstMonthLateProbability, as: 'share', decimals: 1 },
        ]}
      />
      <h2>D’où viennent ces nombres</h2>
      <dl>
        {explanation.map(line => (
          <>
            <dt>{line.title}</dt>
            <dd>{line.text}</dd>
          </>
        ))}
      </dl>
      {difference !== undefined && <Difference difference={difference} />}
      <p class="no-print">
        <a class="fr-link" href={`/effectifs?remplace=${id}`}>
          Planifier de nouveau avec ce qui s’est passé
        </a>
      </p>
    </Page>
  )
}

function finding(plan: StaffingPlan): string {
  const { months, cost, question, nothing, jointLateProbability } = plan
  if (!outcomeOf(plan).met) return outcomeText(plan)
  const hires = months.reduce((sum, month) => sum + month.hires, 0)
  const overtime = months.reduce((sum, month) => sum + month.overtime, 0)
  const without = `Sans rien décider, le risque d’ensemble serait de ${share(nothing.jointLateProbability, 0)}.`
  if (cost < 0.5) {
    return `Rien n’est à décider pour tenir ${frenchDays(question.targetDays, 0)} : ${share(jointLateProbability)} de risque d’ensemble.`
  }
  return `${frenchNumber(hires, Number.isInteger(hires) ? 0 : 1)} recrue${hires < 2 ? '' : 's'} et ${frenchNumber(overtime)} heures supplémentaires, ${euros(cost)}, pour tenir ${frenchDays(question.targetDays, 0)} avec ${share(1 - jointLateProbability, 0)} de chances. ${without}`
}

function monthColumns(): Column<PlannedMonth>[] {
  return [
    {
      label: 'Mois',
      names: true,
      cell: row => `${frenchMonth(row.month)}${row.promised ? '' : ' *'}`,
      file: [
        { value: row => row.month },
        { label: 'Mois promis', value: row => (row.promised ? 'oui' : 'non') },
      ],
    },
    { label: 'Agents', figure: row => row.agents, decimals: 1 },
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
    {
      ...{ label: 'Prêts', figure: (row: PlannedMonth) => row.loans },
      cell: row => frenchShortNumber(row.loans),
    },
    { label: 'Coût', figure: row => row.cost, unit: '€' },
    { label: 'Dossiers attendus', figure: row => row.expectedFiles },
    { label: 'Capacité', figure: row => row.capacity },
    { label: 'Délai médian', figure: row => row.delay.p50, decimals: 1 },
    { label: 'Risque de retard', figure: row => row.lateProbability, as: 'share', decimals: 1 },
  ]
}

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
      <Table
        id="difference"
        caption="Écarts sur les mois communs"
        rows={difference.months}
        empty="Aucun mois commun."
        columns={[
          { label: 'Mois', names: true, cell: row => frenchMonth(row.month) },
          { label: 'Agents', figure: row => row.agents, as: 'gap' },
          { label: 'Arrivées', figure: row => row.hires, as: 'gap', decimals: 0 },
          { label: 'Heures sup.', figure: row => row.overtime, as: 'gap', decimals: 0 },
          { label: 'Coût', figure: row => row.cost, as: 'gap', decimals: 0, unit: '€' },
        ]}
      />
    </>
  )
}
