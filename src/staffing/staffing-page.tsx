import { useContext } from 'hono/jsx'
import { paths } from '../pure/access/paths.ts'
import { Choice, FaultList, FaultSummary, Field, Submit } from '../pure/elements/form-field.tsx'
import { StatusTag } from '../pure/elements/key-figure.tsx'
import { Link } from '../pure/elements/links.tsx'
import { Details } from '../pure/elements/message.tsx'
import { Table } from '../pure/elements/table.tsx'
import { chancesInTen } from '../pure/french/chances.ts'
import {
  capitalised,
  frenchCount,
  frenchDays,
  frenchInstant,
  frenchMonth,
  frenchQuantity,
  frenchShortNumber,
} from '../pure/french/french.ts'
import { TITLE_NAMES, TITLES, type Title } from '../pure/law/title.ts'
import { Page, PageSite } from '../pure/pages/layout.tsx'
import { ASSUMPTIONS, type AssumptionName, GROUP_NAMES, type Group, numbersOf } from './assumption.ts'
import { type FormFault, type FormFields, PROMISE_FIELDS } from './form.ts'
import type { withoutPlan } from './plan.ts'
import type { KeptPlan, PlanSummary } from './plan-answer.ts'
import type { StaffingQuestion } from './team.ts'

/** The form of a plan: what its fields were filled in with, and what a reader typed instead. */
export interface ShownForm {
  /** Title whose assumptions are filled in. */
  assumed: Title
  fields: FormFields
  origins: KeptPlan['origins']
  /** Plan that this one replaces, or changes. */
  from: { id: string; why: 'replaced' | 'modified' } | undefined
  faults: readonly FormFault[]
  /** What comes without a plan, of the form as it stands; or why nothing can be told yet. */
  tried:
    | { question: StaffingQuestion; outlook: ReturnType<typeof withoutPlan> }
    | readonly FormFault[]
    | undefined
}

interface StaffingPageProps {
  form: ShownForm
  plans: readonly PlanSummary[]
}

/** The form of a plan: five fields, then every assumption filled in with its origin, and the plans kept. */
export function StaffingPage({ form, plans }: StaffingPageProps) {
  return (
    <Page
      title="Effectifs"
      path={paths.staffing()}
      trail={[]}
      lead="Combien d’agents, quand, à quel risque et à quel coût, pour tenir un délai d’instruction. Par équipe, jamais par personne."
      refused={form.faults.length > 0}
    >
      <p class="no-print">
        <Link to={paths.certs()}>Ce que le centre (CERT) reçoit, décide et garde en stock</Link>
      </p>
      <FaultSummary
        title={`${frenchCount(form.faults.length, 'point')} à revoir, aucun plan gardé`}
        faults={linked(form.faults)}
      />
      {form.from !== undefined && <Origin from={form.from} />}
      <div class="beside">
        <PlanForm form={form} />
        <div id="essai" class="in-sight" aria-live="polite">
          <Tried {...form} />
        </div>
      </div>
      {plans.length > 0 && (
        <>
          <h2>Plans gardés</h2>
          <form method="get" action={paths.planComparison()}>
            <Table
              id="plans"
              caption="Du plus récent au plus ancien"
              rows={plans}
              columns={[
                {
                  label: 'Comparer',
                  file: [],
                  cell: plan => (
                    <input
                      type="checkbox"
                      name="ids"
                      value={plan.id}
                      checked={plans.slice(0, 2).includes(plan)}
                      aria-label={`Comparer le plan ${plan.id}`}
                    />
                  ),
                },
                {
                  label: 'Plan',
                  names: true,
                  file: [{ value: plan => TITLE_NAMES[plan.title] }],
                  cell: plan => <a href={paths.plan({ id: plan.id })}>{TITLE_NAMES[plan.title]}</a>,
                },
                {
                  label: 'Mois',
                  cell: plan => `${frenchMonth(plan.firstMonth)} – ${frenchMonth(plan.lastMonth)}`,
                },
                { label: 'Coût', figure: plan => plan.cost, unit: '€' },
                {
                  label: 'Risque d’ensemble',
                  figure: plan => plan.jointLateProbability,
                  as: 'share',
                  decimals: 1,
                },
                { label: 'Calculé le', cell: plan => frenchInstant(plan.createdAt) },
              ]}
            />
            {plans.length > 1 && (
              <p class="no-print">
                <button class="fr-btn fr-btn--secondary" type="submit">
                  Comparer les deux plans cochés
                </button>
              </p>
            )}
          </form>
        </>
      )}
    </Page>
  )
}

/** Faults as links to their fields, in the words of these. */
function linked(faults: readonly FormFault[]) {
  return faults.map(({ field, message }) =>
    field === undefined ? { text: message } : { id: field, text: `${fieldLabel(field)} : ${message}` },
  )
}

/** What comes if nothing is decided; the script renews it as the form changes. */
function Tried({ tried }: ShownForm) {
  if (tried === undefined) return null
  if (!('outlook' in tried)) return <FaultList faults={linked(tried)} />
  const { question, outlook } = tried
  const { jointLateProbability, firstBreak, medianDelayAtEnd } = outlook.nothing
  const target = frenchQuantity(question.targetDays, 'day')
  return (
    <>
      <h2>
        Sans rien décider <StatusTag status="estimated" />
      </h2>
      <p class="fr-text--lead">
        {`${capitalised(chancesInTen(1 - jointLateProbability))} de tenir ${target} sur ${frenchCount(question.months, 'mois', 'mois')}.`}
      </p>
      <p>
        {firstBreak !== undefined &&
          `Premier mois où les chances demandées ne sont plus tenues : ${frenchMonth(firstBreak)}. `}
        {`Délai médian à la fin : ${frenchDays(medianDelayAtEnd, 0)}. Les dossiers reçus demandent ${frenchShortNumber(outlook.balanced)} ETPO ; l’équipe de départ en compte ${frenchShortNumber(question.agents)}.`}
      </p>
      <p class="table-note">
        Ici, qui part n’est pas remplacé ; la page « Centres d’expertise », du même départ, garde l’effectif
        d’aujourd’hui : ses délais ne sont pas ceux-ci. Le plan, calculé à part, dit qui recruter, quand et à
        quel coût.
      </p>
    </>
  )
}

function Origin({ from: { id, why } }: { from: NonNullable<ShownForm['from']> }) {
  const plan = <a href={paths.plan({ id })}>plan {id}</a>
  return why === 'replaced' ? (
    <p>Ce plan remplacera le {plan}&nbsp;: ses valeurs et ses arrivées déjà décidées sont reprises.</p>
  ) : (
    <p>Vous modifiez une copie du {plan}, qui reste gardé tel quel.</p>
  )
}

function PlanForm({ form }: { form: ShownForm }) {
  const { assumed, from, fields } = form
  return (
    <form method="post" action={paths.staffing()} data-progress="avancement" data-live="essai">
      <input type="hidden" name="assumed" value={assumed} />
      {from !== undefined && (
        <input type="hidden" name={from.why === 'replaced' ? 'previous' : 'modified'} value={from.id} />
      )}
      {from === undefined ? (
        <Choice
          label="Titre"
          name="title"
          value={fields['title'] ?? assumed}
          options={TITLES.map(code => ({ value: code, label: TITLE_NAMES[code] }))}
        />
      ) : (
        <>
          <input type="hidden" name="title" value={assumed} />
          <p>
            Titre&nbsp;: <strong>{TITLE_NAMES[assumed]}</strong>
          </p>
        </>
      )}
      <Cell name="targetDays" form={form} required />
      <Cell name="probability" form={form} required />
      <Cell name="months" form={form} required />
      <Cell name="budget" form={form} />
      <p>
        <Submit>Calculer le plan</Submit>
      </p>
      <noscript>
        <p class="table-note">
          Le calcul prend de quelques secondes à une minute ; le bouton d’arrêt du navigateur l’annule.
        </p>
      </noscript>
      <Progress />
      <Assumptions form={form} />
    </form>
  )
}

/** Where the script shows how far the plan is, out of sight until the form is sent. */
function Progress() {
  const { assetVersion } = useContext(PageSite)
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
      <script src={paths.pageScript({ file: 'progress.js', v: assetVersion })} defer />
    </div>
  )
}

/** Fields beside the numbers of the plan: label, what to type, and the group where they stand; the promise has none. */
const OTHER_FIELDS: Record<string, { label: string; hint?: string; group?: Group }> = {
  title: { label: 'Titre' },
  targetDays: { label: 'Délai à tenir', hint: 'jours' },
  probability: {
    label: 'Chances de le tenir',
    hint: 'pour cent, de 50 à 99,9 ; 90 est 9 chances sur 10',
  },
  months: { label: 'Horizon', hint: 'de 1 à 60 mois' },
  budget: { label: 'Budget', hint: 'euros, en plus de l’équipe en place ; vide : sans limite' },
  promise: { label: 'Portée de la promesse', group: 'uncertainty' },
  startStock: {
    label: 'Dossiers en stock, s’ils sont comptés',
    hint: 'vide : d’après le délai',
    group: 'demand',
  },
  presence: { label: 'Part des jours ouvrés travaillés', hint: 'de janvier à décembre', group: 'team' },
  contractEnds: {
    label: 'Fins de contrat',
    hint: 'mois et nombre d’agents : 2027-03 2, 2027-09 1',
    group: 'team',
  },
  training: {
    label: 'Rendement d’une recrue, mois après mois',
    hint: 'part de celui d’un agent confirmé, puis 1',
    group: 'recruitment',
  },
  contractMonths: {
    label: 'Durée des contrats, s’il n’y en a que d’une sorte',
    hint: 'mois ; vide : postes permanents, contrats et saisonniers, au moins cher',
    group: 'recruitment',
  },
  decided: {
    label: 'Arrivées déjà décidées',
    hint: 'mois et nombre d’agents : 2027-01 1',
    group: 'recruitment',
  },
  received: {
    label: 'Dossiers reçus depuis ce plan',
    hint: 'mois et nombre : 2026-12 38000, 2027-01 41200',
    group: 'demand',
  },
}

function fieldLabel(name: string): string {
  return OTHER_FIELDS[name]?.label ?? (name in ASSUMPTIONS ? ASSUMPTIONS[name as AssumptionName].label : name)
}

function Cell({ name, form, required }: { name: string; form: ShownForm; required?: boolean }) {
  const { fields, origins, faults } = form
  const number = name in ASSUMPTIONS ? ASSUMPTIONS[name as AssumptionName] : undefined
  const origin = origins[name]
  const hint = [number?.unit ?? OTHER_FIELDS[name]?.hint, origin].filter(part => part !== undefined)
  return (
    <Field
      id={name}
      name={name}
      label={fieldLabel(name)}
      value={fields[name] ?? ''}
      fault={faults.find(fault => fault.field === name)?.message}
      {...(hint.length === 0 ? {} : { hint: hint.join('. ') })}
      required={required}
      {...(name === 'presence' ? { rows: 4 } : {})}
    />
  )
}

function Assumptions({ form }: { form: ShownForm }) {
  const { assumed, faults, fields, from } = form
  const groups = Object.keys(GROUP_NAMES) as Group[]
  const apart = (field: string | undefined) =>
    field !== undefined && !(PROMISE_FIELDS as readonly string[]).includes(field)
  const unknown = fields['filesPerWorkingDay'] === ''
  return (
    <>
      <h2>Hypothèses&nbsp;: {TITLE_NAMES[assumed]}</h2>
      <p>
        {unknown
          ? 'Aucun volume n’est publié pour ce titre : indiquez les dossiers reçus. Le reste est rempli, avec son origine.'
          : 'Tout est rempli d’après les données, avec l’origine de chaque valeur ; celle que vous changez devient la vôtre.'}
      </p>
      {from === undefined && (
        <p>
          <button
            class="fr-btn fr-btn--tertiary"
            type="submit"
            formaction={paths.staffing()}
            formmethod="get"
            name="reprendre"
            value="oui"
            formnovalidate
          >
            Reprendre les hypothèses du titre choisi
          </button>
        </p>
      )}
      {groups.map(group => {
        const names = fieldsOf(group, from?.why === 'replaced')
        const wrong = faults.some(({ field }) => apart(field) && names.includes(field!))
        return (
          <Details summary={GROUP_NAMES[group]} open={wrong || (unknown && group === 'demand')}>
            <div class="lever-cells">
              {names.map(name =>
                name === 'promise' ? (
                  <Choice
                    label={fieldLabel('promise')}
                    name="promise"
                    value={fields['promise'] ?? 'joint'}
                    options={[
                      { value: 'joint', label: 'tous les mois à la fois' },
                      { value: 'monthly', label: 'chaque mois pris seul' },
                    ]}
                  />
                ) : (
                  <Cell name={name} form={form} required={unknown && name === 'filesPerWorkingDay'} />
                ),
              )}
            </div>
          </Details>
        )
      })}
    </>
  )
}

function fieldsOf(group: Group, replaces: boolean): string[] {
  const others = Object.entries(OTHER_FIELDS)
    .filter(([name, field]) => field.group === group && (replaces || name !== 'received'))
    .map(([name]) => name)
  return [...numbersOf(group), ...others]
}
