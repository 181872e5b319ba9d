import type { SavedCampaign } from '../campaigns/campaign-queries.ts'
import { assumedWords } from '../places/equipped.ts'
import { paths } from '../pure/access/paths.ts'
import {
  Choice,
  FaultList,
  FaultSummary,
  Field,
  type FieldKind,
  Submit,
} from '../pure/elements/form-field.tsx'
import { Link } from '../pure/elements/links.tsx'
import { Details, EmptyState } from '../pure/elements/message.tsx'
import { Table } from '../pure/elements/table.tsx'
import { frenchCount, frenchInstant, frenchList } from '../pure/french/french.ts'
import { TITLE_NAMES } from '../pure/law/title.ts'
import { Page } from '../pure/pages/layout.tsx'
import { MobileStationsForm } from './allocation-page.tsx'
import { outcomesOf, Supposed } from './comparison-page.tsx'
import type { Comparison } from './comparison-queries.ts'
import { LEVER_CODES, LEVERS, type LeverCode } from './lever.ts'
import { OutcomePicture } from './outcome-picture.tsx'
import type { ScenarioFault, Surroundings } from './scenario.ts'
import type { SavedScenario } from './scenario-answer.ts'
import { type FormFields, MOST_ROWS, rowOfLever } from './scenario-form.ts'

interface ScenariosPageProps {
  department: { code: string; name: string }
  halls: Surroundings['halls']
  hallsAssumed: boolean
  scenarios: readonly SavedScenario[]
  campaigns: readonly SavedCampaign[]
  fields: FormFields
  rows: number
  faults: readonly ScenarioFault[]
  /** What the form as it stands would do, when it was asked. */
  tried: { comparison: Comparison; around: Surroundings } | readonly ScenarioFault[] | undefined
}

/** Saved scenarios to compare, and the form of a new one. */
export function ScenariosPage(props: ScenariosPageProps) {
  const { department, scenarios, faults, fields } = props
  return (
    <Page
      title="Scénarios"
      path={paths.scenarios()}
      trail={[]}
      lead="Que changerait un levier, et quand ? Composez un scénario, gardez-le sous un nom, comparez-le aux autres et partagez son adresse."
      refused={faults.length > 0}
    >
      <FaultSummary
        title={`${frenchCount(faults.length, 'point')} à corriger. Rien n’a été enregistré.`}
        faults={linked(faults, fields)}
      />
      <h2>Scénarios enregistrés</h2>
      {scenarios.length === 0 ? (
        <form method="post" action={paths.scenarios()}>
          <EmptyState
            title="Aucun scénario pour l’instant"
            reason="Composez le premier ci-dessous, ou commencez par deux exemples, décidés en juin 2030 dans toutes les mairies : 2 heures de plus par semaine et par station, ou 2 minutes de moins entre deux rendez-vous."
          />
          <button class="fr-btn fr-btn--secondary" type="submit" name="action" value="examples">
            Comparer ces deux exemples
          </button>
        </form>
      ) : (
        <form method="get" action={paths.scenarioComparison()}>
          <Table
            id="scenarios"
            caption={`${frenchCount(scenarios.length, 'scénario')}, du plus récent au plus ancien`}
            rows={scenarios}
            columns={[
              {
                label: 'Comparer',
                file: [],
                cell: ({ id, scenario }) => (
                  <input
                    type="checkbox"
                    name="ids"
                    value={id}
                    checked={scenarios.slice(0, 2).some(latest => latest.id === id)}
                    aria-label={`Comparer « ${scenario.name} »`}
                  />
                ),
              },
              {
                label: 'Scénario',
                names: true,
                file: [{ value: ({ scenario }) => scenario.name }],
                cell: ({ id, scenario }) => <Link to={paths.scenario({ id })}>{scenario.name}</Link>,
              },
              {
                label: 'Leviers',
                cell: ({ scenario }) => frenchList(scenario.levers.map(lever => LEVERS[lever.code].name)),
              },
              {
                label: 'Lieu',
                cell: ({ scenario }) =>
                  props.halls.find(hall => hall.insee === scenario.place)?.name ??
                  (scenario.place === department.code ? department.name : scenario.place),
              },
              { label: 'Enregistré le', cell: ({ savedAt }) => frenchInstant(savedAt) },
            ]}
          />
          <p class="no-print">
            <button class="fr-btn fr-btn--secondary" type="submit">
              Comparer les scénarios cochés
            </button>
          </p>
        </form>
      )}
      <h2 id="champ-levers">Nouveau scénario</h2>
      <p>
        Un levier compte du jour où il est décidé, aujourd’hui par défaut, jusqu’à 2033 : la vague de 2031 se
        prépare. Au-delà de trois ans, seule la différence entre scénarios est dite.
      </p>
      {props.hallsAssumed && (
        <p>
          {assumedWords(props.halls.length, department.name)} Les leviers agissent sur elles ; importez la
          liste pour des mairies connues.
        </p>
      )}
      <div class="beside">
        <ScenarioForm {...props} />
        <div id="essai" aria-live="polite">
          <Tried {...props} />
        </div>
      </div>
      <h2>Stations mobiles</h2>
      <p>
        Où envoyer quelques stations mobiles ? Deux objectifs donnent deux réponses : les deux sont montrées.
      </p>
      <MobileStationsForm stations={2} weeks={26} />
    </Page>
  )
}

function ScenarioForm({ department, halls, campaigns, fields, rows, faults }: ScenariosPageProps) {
  const value = (name: string) => fields[name] ?? ''
  const faultOf = (id: string) => faults.find(fault => fieldId(fault.field, fields) === id)?.message
  const told = (id: string, name = id) => ({
    id,
    name,
    label: LABELS[id.split('-').at(-1)!]!,
    value: value(name),
    fault: faultOf(id),
  })
  const campaignOptions = [
    { value: '', label: campaigns.length === 0 ? 'Aucune enregistrée' : 'Choisir' },
    ...campaigns.map(one => ({ value: one.id, label: one.campaign.name })),
  ]
  const hallOptions = halls.map(({ insee, name }) => ({ value: insee, label: name }))
  return (
    <form method="get" action={`${paths.scenarios()}#essai`} class="scenario-form" data-live="essai">
      <input type="hidden" name="rows" value={String(rows)} />
      <Field {...told('name')} />
      <Choice
        {...told('place')}
        options={[
          { value: department.code, label: `${department.name} (toutes ses mairies)` },
          ...hallOptions,
        ]}
      />
      {Array.from({ length: rows }, (_, row) => {
        const name = (field: string) => `levers.${row}.${field}`
        const id = (field: string) => `levers-${row}-${field}`
        const ofLever = (field: string, hint?: string) => ({
          ...told(id(field), name(field)),
          ...(hint === undefined ? {} : { hint }),
        })
        const cell = (field: string, hint?: string, kind: FieldKind = 'text') => (
          <Field {...ofLever(field, hint)} kind={kind} />
        )
        const choice = (
          field: string,
          options: readonly { value: string; label: string; asks?: string }[],
          hint?: string,
        ) => <Choice {...ofLever(field, hint)} options={options} />
        return (
          <fieldset class="fr-fieldset lever">
            <legend class="fr-fieldset__legend">Levier {row + 1}</legend>
            <div class="lever-cells">
              {choice('code', [
                { value: '', label: 'Choisir' },
                ...LEVER_CODES.map(code => ({
                  value: code,
                  label: `${LEVERS[code].name} – ${LEVERS[code].unit}`,
                  asks: asksOf(code),
                })),
              ])}
              <div class="lever-hall">
                {choice('hall', [{ value: '', label: 'Celle du scénario, ou toutes' }, ...hallOptions])}
              </div>
              {cell('amount', 'Dans l’unité du levier. Une fourchette s’écrit 2 à 4.')}
              {cell('startsOn', undefined, 'date')}
              {cell('leadWeeks', 'Vide : immédiat.')}
              <div class="lever-campaign">
                {choice('campaign', campaignOptions, 'Celles que garde la page « Campagnes ».')}
              </div>
              <div class="lever-minutes">
                {cell('minutesSaved', 'Aucune source ne le donne : à mesurer.')}
              </div>
              <Details
                summary="Fin, coût, seuil (facultatifs)"
                open={OPTIONAL_CELLS.some(
                  field => value(name(field)) !== '' || faultOf(id(field)) !== undefined,
                )}
              >
                <div class="lever-cells">
                  {cell('until', 'Vide : pour de bon.', 'date')}
                  {cell('once', 'Vide : inconnu, jamais zéro.')}
                  {cell('perYear', 'Vide : inconnu.')}
                  {cell('origin', 'Nécessaire si un coût est donné.')}
                  {cell('aboveDays', 'À décider si la valeur projetée le dépasse au premier effet.')}
                  {cell('chance', 'Vide : 50.')}
                </div>
              </Details>
            </div>
          </fieldset>
        )
      })}
      {rows < MOST_ROWS && (
        <p>
          <button
            class="fr-btn fr-btn--tertiary"
            type="submit"
            name="action"
            value="more"
            formaction={`${paths.scenarios()}#champ-levers-${rows}-code`}
          >
            Ajouter un levier
          </button>
        </p>
      )}
      <fieldset class="fr-fieldset lever cert-cells">
        <legend class="fr-fieldset__legend">Pour les leviers du CERT</legend>
        <div class="lever-cells">
          <Choice
            {...told('title')}
            options={[
              { value: '', label: 'Cartes et passeports, si rien n’est choisi' },
              { value: 'cni-passport', label: TITLE_NAMES['cni-passport'] },
              { value: 'driving-licence', label: TITLE_NAMES['driving-licence'] },
            ]}
          />
          <Field
            {...told('agents')}
            hint="Seulement si l’effectif n’est pas importé ; vide : celui que suppose la page « Centres d’expertise »."
          />
          <Field {...told('filesPerAgentDay')} hint="95 en 2021 pour les cartes et passeports (comité)." />
        </div>
      </fieldset>
      <p>
        <Submit>Mesurer</Submit>{' '}
        <button
          class="fr-btn fr-btn--secondary"
          type="submit"
          formmethod="post"
          formaction={paths.scenarios()}
        >
          Enregistrer et comparer
        </button>
      </p>
    </form>
  )
}

/** What the form as it stands would do; the script renews it as the form changes. */
function Tried({ tried, fields, halls, department }: ScenariosPageProps) {
  if (tried === undefined) return <p>Choisissez un levier et sa quantité : ce qu’il changerait se lit ici.</p>
  if (!('comparison' in tried)) return <FaultList faults={linked(tried, fields)} />
  const { comparison, around } = tried
  const { waits, delays, place } = comparison
  const placeName = halls.find(({ insee }) => insee === place)?.name ?? department.name
  return (
    <>
      {[waits, delays].map(part => part !== undefined && 'reason' in part && <p>{part.reason}</p>)}
      <Supposed {...comparison} />
      {outcomesOf(comparison, placeName, around).map(outcome => (
        <OutcomePicture {...outcome} />
      ))}
    </>
  )
}

/** Faults as links to their fields, in the words of these. */
function linked(faults: readonly ScenarioFault[], fields: FormFields) {
  return faults.map(({ field, message }) => {
    const id = fieldId(field, fields)
    const label = LABELS[id.split('-').at(-1)!]
    return { id, text: label === undefined ? message : `${label} : ${message}` }
  })
}

/** The fields, in the words of the form. */
const LABELS: Record<string, string> = {
  name: 'Nom',
  place: 'Lieu',
  code: 'Levier',
  hall: 'Mairie',
  amount: 'Quantité',
  startsOn: 'Décidé le',
  leadWeeks: 'Semaines avant l’effet',
  campaign: 'Campagne',
  minutesSaved: 'Minutes gagnées par pré-demande',
  until: 'Jusqu’au',
  once: 'Coût une fois (€)',
  perYear: 'Coût par an (€)',
  origin: 'Origine du coût',
  aboveDays: 'Seuil (jours)',
  chance: 'Avec plus de tant de chances sur 100',
  title: 'Titre',
  agents: 'Agents supposés (ETPO)',
  filesPerAgentDay: 'Dossiers par agent et par jour, supposés',
}

/** Cells that a lever may do without: folded until one is filled. */
const OPTIONAL_CELLS = ['until', 'once', 'perYear', 'origin', 'aboveDays', 'chance']

/** What the style sheet shows when a lever is chosen, beside what every lever asks. */
function asksOf(code: LeverCode): string {
  const { acts, hall } = LEVERS[code]
  return [
    hall === 'none' ? '' : 'asks-hall',
    acts === 'delays' ? 'asks-cert' : '',
    code === 'pre-applications' ? 'asks-minutes' : '',
    code === 'campaign' ? 'asks-campaign' : '',
  ].join(' ')
}

/** `levers.0.amount` of the scenario stands in the row of the form that holds its first lever. */
function fieldId(field: string, fields: FormFields): string {
  const [levers, index, name] = field.split('.')
  if (levers !== 'levers' || index === undefined || name === undefined) return field
  const shown = name === 'cost' ? 'origin' : name === 'trigger' ? 'aboveDays' : name
  return `levers-${rowOfLever(fields, Number(index))}-${shown}`
}
