import { certParametersStated } from '../delays/explain-outlook.ts'
import { demandSource } from '../demand/explanation.ts'
import type { Quarter } from '../pure/calendar/period.ts'
import { bandDays, bandRange, chances, fanQuarter } from '../pure/charts/projection-figures.tsx'
import { SmallMultiples } from '../pure/charts/small-multiples.tsx'
import { TITLE_NAMES } from '../pure/law/title.ts'
import {
  frenchCount,
  frenchDay,
  frenchDays,
  frenchInstant,
  frenchList,
  frenchNumber,
  frenchPercent,
  frenchShortNumber,
  longQuarter,
  shortQuarter,
} from '../pure/pages/french.ts'
import { StatusTag } from '../pure/pages/key-figure.tsx'
import { Page, type Site } from '../pure/pages/layout.tsx'
import { Alert, EmptyState } from '../pure/pages/message.tsx'
import { Table } from '../pure/pages/table.tsx'
import type { ProjectedWaits } from '../waits/queries.ts'
import type { AllocatedHall, MobileAnswer } from './allocation.ts'
import { actsInTime, costOf, daysSaved, type Outcome, type Side } from './comparison.ts'
import { type Comparison, hallNames, type SavedScenario, type TriggerReport } from './queries.ts'
import {
  actsFrom,
  LEVER_CODES,
  LEVERS,
  type PlannedLever,
  type ScenarioFault,
  type Surroundings,
} from './scenario.ts'
import { type FormFields, MOST_ROWS, rowOfLever } from './scenario-form.ts'

interface ScenariosPageProps {
  site: Site
  department: { code: string; name: string }
  halls: readonly { insee: string; name: string }[]
  scenarios: readonly SavedScenario[]
  fields: FormFields
  rows: number
  faults: readonly ScenarioFault[]
  /** Days between which a lever can be seen to act. */
  window: { from: string; until: string } | undefined
}

/** Saved scenarios to compare, and the form of a new one. */
export function ScenariosPage(props: ScenariosPageProps) {
  const { site, department, scenarios, faults, fields } = props
  return (
    <Page
      site={site}
      title="Scénarios"
      path="/scenarios"
      trail={[{ label: 'Accueil', href: '/' }]}
      lead="Que changerait un levier, et quand ? Composez un scénario, gardez-le sous un nom, comparez-le aux autres et partagez son adresse."
    >
      {faults.length > 0 && (
        <Alert
          kind="error"
          title={`${frenchCount(faults.length, 'point')} à corriger. Rien n’a été enregistré.`}
        >
          <ul>
            {faults.map(fault => (
              <li>
                <a href={`#champ-${fieldId(fault.field, fields)}`}>{fault.message}</a>
              </li>
            ))}
          </ul>
        </Alert>
      )}
      <h2>Scénarios enregistrés</h2>
      {scenarios.length === 0 ? (
        <EmptyState
          title="Aucun scénario pour l’instant"
          reason="Composez le premier ci-dessous : il sera comparé à « rien de décidé »."
        />
      ) : (
        <form method="get" action="/scenarios/comparer">
          <Table
            id="scenarios"
            caption={`${frenchCount(scenarios.length, 'scénario')}, du plus récent au plus ancien`}
            rows={scenarios}
            columns={[
              {
                label: 'Comparer',
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
                cell: ({ id, scenario }) => (
                  <a class="fr-link" href={`/scenarios/${id}`}>
                    {scenario.name}
                  </a>
                ),
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
      <ScenarioForm {...props} />
      <h2>Stations mobiles</h2>
      <p>
        Où envoyer quelques stations mobiles ? Deux objectifs donnent deux réponses : les deux sont montrées.
      </p>
      <form class="filters no-print" method="get" action="/scenarios/stations-mobiles">
        <Field id="stations" label="Stations" name="stations" value="2" kind="number" />
        <Field id="semaines" label="Pendant (semaines)" name="weeks" value="26" kind="number" />
        <button class="fr-btn" type="submit">
          Répartir
        </button>
      </form>
    </Page>
  )
}

function ScenarioForm({ department, halls, fields, rows, faults, window }: ScenariosPageProps) {
  const value = (name: string) => fields[name] ?? ''
  const faultOf = (id: string) => faults.find(fault => fieldId(fault.field, fields) === id)?.message
  const hallOptions = halls.map(({ insee, name }) => ({ value: insee, label: name }))
  return (
    <>
      <h2 id="champ-levers">Nouveau scénario</h2>
      {window !== undefined && (
        <p>
          La dernière attente connue fait partir la projection du {frenchDay(window.from)} : un levier n’a
          d’effet visible qu’entre cette date et le {frenchDay(window.until)}. Pour des décisions
          d’aujourd’hui, importez d’abord une attente récente.
        </p>
      )}
      <form method="post" action="/scenarios" class="scenario-form">
        <input type="hidden" name="rows" value={String(rows)} />
        <Field id="name" label="Nom" name="name" value={value('name')} fault={faultOf('name')} />
        <Choice
          id="place"
          label="Lieu"
          name="place"
          value={value('place')}
          fault={faultOf('place')}
          options={[{ value: department.code, label: `${department.name} (département)` }, ...hallOptions]}
        />
        {Array.from({ length: rows }, (_, row) => {
          const name = (field: string) => `levers.${row}.${field}`
          const id = (field: string) => `levers-${row}-${field}`
          const cell = (field: string, label: string, hint?: string, kind: FieldKind = 'text') => (
            <Field
              id={id(field)}
              label={label}
              name={name(field)}
              value={value(name(field))}
              fault={faultOf(id(field))}
              kind={kind}
              {...(hint === undefined ? {} : { hint })}
            />
          )
          return (
            <fieldset class="fr-fieldset lever">
              <legend class="fr-fieldset__legend">Levier {row + 1}</legend>
              <div class="lever-cells">
                <Choice
                  id={id('code')}
                  label="Levier"
                  name={name('code')}
                  value={value(name('code'))}
                  fault={faultOf(id('code'))}
                  options={[
                    { value: '', label: 'Choisir' },
                    ...LEVER_CODES.map(code => ({
                      value: code,
                      label: `${LEVERS[code].name} – ${LEVERS[code].unit}`,
                    })),
                  ]}
                />
                <Choice
                  id={id('hall')}
                  label="Mairie"
                  name={name('hall')}
                  value={value(name('hall'))}
                  fault={faultOf(id('hall'))}
                  options={[{ value: '', label: 'Celle du scénario, ou toutes' }, ...hallOptions]}
                />
                {cell('amount', 'Quantité', 'Dans l’unité du levier. Une fourchette s’écrit 2 à 4.')}
                {cell('startsOn', 'Décidé le', undefined, 'date')}
                {cell('until', 'Jusqu’au', 'Vide : pour de bon.', 'date')}
                {cell('leadWeeks', 'Semaines avant l’effet', 'Vide : immédiat.')}
                {cell(
                  'minutesSaved',
                  'Minutes gagnées par pré-demande',
                  'Seulement pour les pré-demandes : aucune source ne le donne.',
                )}
                {cell('once', 'Coût une fois (€)', 'Vide : inconnu, jamais zéro.')}
                {cell('perYear', 'Coût par an (€)', 'Vide : inconnu.')}
                {cell('origin', 'Origine du coût', 'Nécessaire si un coût est donné.')}
                {cell(
                  'aboveDays',
                  'Seuil (jours)',
                  'À décider si la valeur projetée le dépasse au premier effet.',
                )}
                {cell('chance', 'Avec plus de (%) de chances', 'Vide : 50.')}
              </div>
            </fieldset>
          )
        })}
        {rows < MOST_ROWS && (
          <p>
            <button class="fr-btn fr-btn--tertiary" type="submit" name="action" value="more" formnovalidate>
              Ajouter un levier
            </button>
          </p>
        )}
        <fieldset class="fr-fieldset lever">
          <legend class="fr-fieldset__legend">Pour les leviers du CERT</legend>
          <div class="lever-cells">
            <Choice
              id="title"
              label="Titre"
              name="title"
              value={value('title')}
              options={[
                { value: '', label: 'Sans objet' },
                { value: 'cni-passport', label: TITLE_NAMES['cni-passport'] },
                { value: 'driving-licence', label: TITLE_NAMES['driving-licence'] },
              ]}
            />
            <Field
              id="agents"
              label="Agents supposés (ETPO)"
              hint="Seulement si l’effectif n’est pas importé."
              name="agents"
              value={value('agents')}
              fault={faultOf('agents')}
            />
            <Field
              id="filesPerAgentDay"
              label="Dossiers par agent et par jour, supposés"
              hint="95 en 2021 pour les cartes et passeports (comité)."
              name="filesPerAgentDay"
              value={value('filesPerAgentDay')}
              fault={faultOf('filesPerAgentDay')}
            />
          </div>
        </fieldset>
        <p>
          <button class="fr-btn" type="submit" name="action" value="save">
            Enregistrer et comparer
          </button>
        </p>
      </form>
    </>
  )
}

/** `levers.0.amount` of the scenario stands in the row of the form that holds its first lever. */
function fieldId(field: string, fields: FormFields): string {
  const [levers, index, name] = field.split('.')
  if (levers !== 'levers' || index === undefined || name === undefined) return field
  const shown = name === 'cost' ? 'origin' : name === 'trigger' ? 'aboveDays' : name
  return `levers-${rowOfLever(fields, Number(index))}-${shown}`
}

type FieldKind = 'text' | 'date' | 'number'

function Field({
  id,
  label,
  hint,
  name,
  value,
  fault,
  kind = 'text',
}: {
  id: string
  label: string
  hint?: string
  name: string
  value: string
  fault?: string | undefined
  kind?: FieldKind
}) {
  return (
    <div class={`fr-input-group filter${fault === undefined ? '' : ' fr-input-group--error'}`}>
      <label class="fr-label" for={`champ-${id}`}>
        {label}
        {hint !== undefined && <span class="fr-hint-text">{hint}</span>}
      </label>
      <input
        class={fault === undefined ? 'fr-input' : 'fr-input fr-input--error'}
        id={`champ-${id}`}
        name={name}
        type={kind}
        value={value}
        {...(fault === undefined ? {} : { 'aria-describedby': `faute-${id}`, 'aria-invalid': 'true' })}
      />
      {fault !== undefined && (
        <p class="fr-error-text" id={`faute-${id}`}>
          {fault}
        </p>
      )}
    </div>
  )
}

function Choice({
  id,
  label,
  name,
  value,
  fault,
  options,
}: {
  id: string
  label: string
  name: string
  value: string
  fault?: string | undefined
  options: readonly { value: string; label: string }[]
}) {
  return (
    <div class={fault === undefined ? 'fr-select-group' : 'fr-select-group fr-select-group--error'}>
      <label class="fr-label" for={`champ-${id}`}>
        {label}
      </label>
      <select
        class={fault === undefined ? 'fr-select' : 'fr-select fr-select--error'}
        id={`champ-${id}`}
        name={name}
        {...(fault === undefined ? {} : { 'aria-describedby': `faute-${id}`, 'aria-invalid': 'true' })}
      >
        {options.map(option => (
          <option value={option.value} selected={option.value === value}>
            {option.label}
          </option>
        ))}
      </select>
      {fault !== undefined && (
        <p class="fr-error-text" id={`faute-${id}`}>
          {fault}
        </p>
      )}
    </div>
  )
}

interface ComparisonPageProps {
  site: Site
  comparison: Comparison
  placeName: string
  around: Surroundings
  today: string
  reports: readonly TriggerReport[]
  path: string
}

/** Scenarios side by side: what each decides, when it acts, what it costs, what it would change. */
export function ComparisonPage(props: ComparisonPageProps) {
  const { site, comparison, placeName, around, today, reports, path } = props
  const { sides, waits, delays } = comparison
  const scenarios = sides.filter(side => side.scenario !== undefined)
  const [only] = scenarios
  const missing = [waits, delays].flatMap(part =>
    part !== undefined && 'reason' in part ? [part.reason] : [],
  )
  const levers = scenarios.flatMap(side => (side.scenario?.levers ?? []).map(lever => ({ side, lever })))
  return (
    <Page
      site={site}
      title={scenarios.length === 1 ? (only?.name ?? 'Scénario') : 'Scénarios côte à côte'}
      path={path}
      trail={[
        { label: 'Accueil', href: '/' },
        { label: 'Scénarios', href: '/scenarios' },
      ]}
      lead={`Ce que changeraient ces décisions, ${placeName}, à côté de « rien de décidé ». Effets recalculés le ${frenchDay(today)} sur la projection du jour : tout est estimé.`}
    >
      {reports.some(({ state }) => 'triggered' in state && state.triggered) && (
        <Alert kind="warning" title="Un seuil est franchi">
          <ul>
            {reports.map(report => (
              <li>{triggerWords(report, around)}</li>
            ))}
          </ul>
        </Alert>
      )}
      {missing.map(reason => (
        <EmptyState
          title="Effet non calculé"
          reason={reason}
          action={{ label: 'Importer des données', href: '/donnees' }}
        />
      ))}
      <h2>Ce qui est décidé</h2>
      <Table
        id="leviers"
        caption="Leviers, délais avant effet et coûts"
        rows={levers}
        columns={[
          { label: 'Levier', cell: ({ lever }) => LEVERS[lever.code].name },
          ...(scenarios.length > 1
            ? [{ label: 'Scénario', cell: ({ side }: (typeof levers)[number]) => side.name }]
            : []),
          { label: 'Où', cell: ({ side, lever }) => whereWords(side, lever, around) },
          { label: 'Quantité', cell: ({ lever }) => amountWords(lever) },
          { label: 'Décidé le', cell: ({ lever }) => frenchDay(lever.startsOn) },
          {
            label: 'Premier effet',
            cell: ({ side, lever }) =>
              `${frenchDay(actsFrom(lever))} (${frenchCount(lever.leadWeeks, 'semaine')} après)${
                actsInTime(lever, lastQuarter(side, lever))
                  ? ''
                  : ' : après la période projetée, sans effet visible'
              }`,
          },
          { label: 'Coût', cell: ({ lever }) => costWords(lever) },
        ]}
      />
      <OutcomeSection
        id="attente"
        heading="Attente d’un rendez-vous"
        what={`Attente projetée, ${placeName}${comparison.place === comparison.department ? ', moyenne pondérée par les demandes' : ''}`}
        sides={sides}
        of={side => side.waits}
        limitDays={comparison.limitDays}
        observed={waits === undefined || 'reason' in waits ? [] : knownWait(comparison, waits)}
        source={waits !== undefined && !('reason' in waits) ? demandSource(waits.run) : ''}
      />
      <OutcomeSection
        id="delai"
        heading={`Délai de délivrance : ${comparison.title === undefined ? '' : TITLE_NAMES[comparison.title]}`}
        what="Délai publié projeté"
        sides={sides}
        of={side => side.delays}
        limitDays={delays !== undefined && !('reason' in delays) ? delays.outlook.targetDays : 14}
        observed={delays === undefined || 'reason' in delays ? [] : delays.observed}
        source={
          delays !== undefined && !('reason' in delays) && delays.run !== undefined
            ? demandSource(delays.run)
            : 'Vigie Titres, file réglée sur les délais publiés'
        }
      />
      {delays !== undefined && !('reason' in delays) && (
        <p>
          {
            certParametersStated(delays.outlook).find(one => one.name === 'Dossiers traités par jour ouvré')
              ?.origin
          }
          .
        </p>
      )}
      <h2>Exporter et partager</h2>
      <p>
        <a
          class="fr-link fr-link--download"
          href={`/api/scenarios/compare.csv?ids=${scenarios.map(side => side.id).join(',')}`}
          download
        >
          Exporter ce plan : leviers, coûts et effets par trimestre (CSV)
        </a>
      </p>
      <p>
        Un scénario enregistré ne change plus : son adresse se partage. Les effets, eux, suivent la projection
        du jour.
      </p>
      <ul>
        {scenarios.map(side => (
          <li>
            <a href={`/scenarios/${side.id}`}>{side.name}</a>
          </li>
        ))}
      </ul>
    </Page>
  )
}

function OutcomeSection({
  id,
  heading,
  what,
  sides,
  of,
  limitDays,
  observed,
  source,
}: {
  id: string
  heading: string
  what: string
  sides: readonly Side[]
  of: (side: Side) => Outcome | undefined
  limitDays: number
  /** The last known figures, that every scenario starts from. */
  observed: readonly { quarter: Quarter; days: number }[]
  source: string
}) {
  const shown = sides.filter(side => (of(side)?.quarters.length ?? 0) > 0)
  const baseline = shown[0] && of(shown[0])
  const quarters = baseline?.quarters.map(one => one.quarter) ?? []
  const last = quarters.at(-1)
  if (baseline === undefined || last === undefined) return <div hidden />
  return (
    <>
      <h2>
        {heading} <StatusTag status="estimated" />
      </h2>
      <p>{findingWords(shown, of, last)}</p>
      <SmallMultiples
        id={id}
        title={`${what}, scénario par scénario`}
        subtitle="En jours, à la même échelle, à partir du dernier chiffre connu. Plus bas, c’est mieux."
        quantity="day"
        fans={shown.map((side, i) => ({
          key: side.id ?? 'base',
          name: side.name,
          observed: observed.map(({ quarter, days }) => ({ quarter, value: days })),
          projected: (of(side)?.quarters ?? []).flatMap(one => fanQuarter(one) ?? []),
          ...(i === 0 || side.id === undefined ? {} : { href: `/scenarios/${side.id}` }),
        }))}
        target={quarters[0] === undefined ? [] : [{ from: quarters[0], value: limitDays }]}
        source={source}
      />
      <Table
        id={`${id}-bilan`}
        caption={`Au ${longQuarter(last)}`}
        rows={shown}
        columns={[
          { label: 'Scénario', cell: side => side.name },
          { label: 'Médiane', numeric: true, cell: side => bandDays(of(side)?.quarters.at(-1)?.band.median) },
          {
            label: '9 chances sur 10',
            numeric: true,
            cell: side => {
              const band = of(side)?.quarters.at(-1)?.band
              return band === undefined ? 'n. d.' : bandRange(band)
            },
          },
          {
            label: `Chances de dépasser ${frenchDays(limitDays, 0)}`,
            numeric: true,
            cell: side => chances(of(side)?.quarters.at(-1)?.band.probabilityOver ?? 0),
          },
          {
            label: 'Gain sur la médiane',
            numeric: true,
            cell: side => {
              if (side.scenario === undefined) return '–'
              const saved = daysSaved(baseline, of(side))
              return saved === undefined ? 'non calculable' : frenchDays(saved, 0)
            },
          },
          {
            label: 'Médiane selon la fourchette des leviers',
            numeric: true,
            cell: side => {
              const range = of(side)?.range
              return range === undefined ? '–' : `${bandDays(range.high)} à ${bandDays(range.low)}`
            },
          },
          { label: 'Coût connu', numeric: true, cell: side => sumWords(side) },
        ]}
      />
      <Table
        id={`${id}-trimestres`}
        caption={`Médiane par trimestre, et chances de dépasser ${frenchDays(limitDays, 0)}`}
        rows={quarters}
        columns={[
          { label: 'Trimestre', cell: quarter => shortQuarter(quarter) },
          ...shown.map(side => ({
            label: side.name,
            numeric: true,
            cell: (quarter: Quarter) => {
              const band = of(side)?.quarters.find(one => one.quarter === quarter)?.band
              return band === undefined
                ? 'n. d.'
                : `${bandDays(band.median)} (${chances(band.probabilityOver)})`
            },
          })),
        ]}
      />
    </>
  )
}

/** The wait that the place shown starts from. */
function knownWait({ place }: Comparison, { outlook }: ProjectedWaits) {
  const hall = outlook.halls.find(one => one.insee === place)
  return [{ quarter: outlook.start.quarter, days: hall?.startDays ?? outlook.start.days }]
}

function findingWords(
  shown: readonly Side[],
  of: (side: Side) => Outcome | undefined,
  last: Quarter,
): string {
  const [base, ...others] = shown
  const baseline = base && of(base)
  const told = others.map(side => {
    const saved = daysSaved(baseline, of(side))
    if (saved === undefined) return `« ${side.name} » : effet non calculable, au-delà du calendrier du modèle`
    if (Math.abs(saved) < 0.5) return `« ${side.name} » ne changerait presque rien`
    return `« ${side.name} » ${saved > 0 ? 'ferait gagner' : 'ferait perdre'} ${frenchDays(Math.abs(saved), 0)}`
  })
  return `Au ${longQuarter(last)}, par rapport à « rien de décidé » (${bandDays(baseline?.quarters.at(-1)?.band.median)}) : ${told.join(' ; ')}.`
}

function whereWords({ scenario }: Side, lever: PlannedLever, around: Surroundings): string {
  if (scenario === undefined) return ''
  if (LEVERS[lever.code].acts === 'delays') return 'CERT'
  if (LEVERS[lever.code].hall === 'none') return 'tout le département'
  const names = hallNames(lever, scenario, around)
  return names.length === 0 ? 'toutes les mairies' : frenchList(names)
}

function amountWords({ code, amount, minutesSaved }: PlannedLever): string {
  const lever: { unit: string; shareOf?: string; one?: string } = LEVERS[code]
  const scale = lever.shareOf === undefined ? 1 : 100
  const [low, high] = [amount.low, amount.high].map(end => frenchShortNumber(scale * end, 2))
  const number = low === high ? `${low}` : `${low} à ${high}`
  const unit =
    lever.shareOf === undefined
      ? amount.high < 2
        ? (lever.one ?? lever.unit)
        : lever.unit.replace(/ \(.*\)$/, '')
      : `% ${lever.shareOf}`
  const saved =
    minutesSaved === undefined ? '' : `, ${frenchShortNumber(minutesSaved)} minutes gagnées chacune`
  return `${number}\u00a0${unit}${saved}`
}

function costWords({ cost }: PlannedLever): string {
  if (cost === undefined) return 'inconnu'
  const parts = [
    ...(cost.once > 0 ? [`${frenchNumber(cost.once)} €`] : []),
    ...(cost.perYear > 0 ? [`${frenchNumber(cost.perYear)} € par an`] : []),
  ]
  return `${parts.length === 0 ? '0 €' : parts.join(' puis ')} (${cost.origin})`
}

function sumWords({ scenario }: Side): string {
  if (scenario === undefined) return '–'
  const { once, perYear, unknown } = costOf(scenario)
  if (unknown === scenario.levers.length) return 'inconnu'
  const known = `${frenchNumber(once)} € + ${frenchNumber(perYear)} € par an`
  return unknown === 0 ? known : `${known}, et ${frenchCount(unknown, 'levier')} sans coût connu`
}

function lastQuarter(side: Side, lever: PlannedLever): Quarter | undefined {
  return (LEVERS[lever.code].acts === 'waits' ? side.waits : side.delays)?.quarters.at(-1)?.quarter
}

/** A threshold in words: whether it is passed, on which quarter, with which chances. */
export function triggerWords({ lever, state, actsFrom: from }: TriggerReport, around: Surroundings): string {
  const where = around.halls.find(hall => hall.insee === lever.hall)?.name
  const name = `${LEVERS[lever.code].name}${where === undefined ? '' : ` à ${where}`}`
  const asked = `plus de ${frenchDays(lever.trigger?.aboveDays ?? 0, 0)} avec plus de ${frenchPercent(100 * (lever.trigger?.probability ?? 0), 0)} de chances`
  if ('reason' in state)
    return state.reason === 'outside-horizon'
      ? `${name} : seuil non évalué, le premier effet (${frenchDay(from)}) sort de la période projetée.`
      : `${name} : seuil non évalué, aucune projection.`
  return `${name} : ${state.triggered ? 'seuil franchi' : 'seuil non franchi'} (${asked} ; ${chances(state.probability)} de chances au ${longQuarter(state.quarter)}, premier effet possible).`
}

/** Where mobile stations should go, under both objectives side by side. */
export function AllocationPage({
  site,
  placeName,
  asked,
  found,
}: {
  site: Site
  placeName: string
  asked: { stations: number; weeks: number }
  found: (MobileAnswer & { run: { id: string; asOf: string; version: string } }) | { reason: string }
}) {
  return (
    <Page
      site={site}
      title="Répartir des stations mobiles"
      path="/scenarios/stations-mobiles"
      trail={[
        { label: 'Accueil', href: '/' },
        { label: 'Scénarios', href: '/scenarios' },
      ]}
      lead={`Où envoyer ${frenchCount(asked.stations, 'station mobile', 'stations mobiles')} pendant ${frenchCount(asked.weeks, 'semaine')}, ${placeName}. Deux objectifs, deux réponses : le choix est politique.`}
    >
      <form class="filters no-print" method="get" action="/scenarios/stations-mobiles">
        <Field id="stations" label="Stations" name="stations" value={String(asked.stations)} kind="number" />
        <Field
          id="semaines"
          label="Pendant (semaines)"
          name="weeks"
          value={String(asked.weeks)}
          kind="number"
        />
        <button class="fr-btn" type="submit">
          Répartir
        </button>
      </form>
      {'reason' in found ? (
        <EmptyState
          title="Pas de répartition"
          reason={found.reason}
          action={{ label: 'Importer des données', href: '/donnees' }}
        />
      ) : (
        <>
          <p>
            Une station reçoit environ {frenchNumber(found.requestsPerStationWeek)} demandes par semaine (30
            heures, 15 minutes et 5 d’intervalle : hypothèse tirée de l’instruction d’avril 2022 et du plan de
            mai 2022). Calcul sur la demande moyenne projetée, à partir du {longQuarter(found.from)}.
          </p>
          <AllocationTable
            id="personnes-semaines"
            caption="Épargner le plus d’attente, personne par personne (favorise les grandes villes)"
            halls={found.allocations['person-weeks']}
          />
          <AllocationTable
            id="plus-longue"
            caption="Soulager la plus longue attente (favorise les petites villes)"
            halls={found.allocations['longest-wait']}
          />
          {sameWaits(found.allocations['longest-wait']) && (
            <p>
              Les plus longues attentes se ressemblent partout, faute d’attente connue mairie par mairie :
              importez les vôtres pour que ce second objectif départage vraiment.
            </p>
          )}
          <p>Source : {demandSource(found.run)}. Tout est estimé.</p>
        </>
      )}
    </Page>
  )
}

function sameWaits(halls: readonly AllocatedHall[]): boolean {
  const waits = halls.flatMap(hall => hall.longestWaitBefore ?? [])
  return waits.length > 1 && Math.max(...waits) - Math.min(...waits) < 7
}

function AllocationTable({
  id,
  caption,
  halls,
}: {
  id: string
  caption: string
  halls: readonly AllocatedHall[]
}) {
  const total = halls.reduce((sum, hall) => sum + hall.personWeeksSaved, 0)
  return (
    <Table
      id={id}
      caption={caption}
      rows={halls.filter(hall => hall.stations > 0)}
      empty="Aucune mairie n’y gagnerait."
      columns={[
        { label: 'Mairie', cell: hall => <a href={`/mairies/${hall.insee}`}>{hall.name}</a> },
        { label: 'Stations', numeric: true, cell: hall => frenchNumber(hall.stations) },
        {
          label: 'Semaines d’attente épargnées, toutes personnes',
          numeric: true,
          cell: hall => frenchNumber(hall.personWeeksSaved),
        },
        {
          label: 'Plus longue attente, avant',
          numeric: true,
          cell: hall => bandDays(hall.longestWaitBefore),
        },
        { label: 'Après', numeric: true, cell: hall => bandDays(hall.longestWaitAfter) },
      ]}
      note={`En tout, ${frenchNumber(total)} semaines épargnées. Les autres mairies ne reçoivent rien.`}
    />
  )
}
