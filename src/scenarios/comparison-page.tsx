import { FLOW_ASSUMPTIONS } from '../delays/cert-flow-assumption.ts'
import { certParametersStated } from '../delays/explain-outlook.ts'
import { demandSource } from '../demand/explanation.ts'
import { assumedWords } from '../places/equipped.ts'
import { paths } from '../pure/access/paths.ts'
import { Link } from '../pure/elements/links.tsx'
import { Alert, EmptyState } from '../pure/elements/message.tsx'
import { Table } from '../pure/elements/table.tsx'
import { chancesInTen } from '../pure/french/chances.ts'
import {
  frenchCount,
  frenchDay,
  frenchDays,
  frenchList,
  frenchNumber,
  frenchShortNumber,
  longQuarter,
} from '../pure/french/french.ts'
import { TITLE_NAMES } from '../pure/law/title.ts'
import { Page } from '../pure/pages/layout.tsx'
import { seenQuarters } from '../waits/wait-now-view.ts'
import { actsInTime, extentOf, type Side } from './comparison.ts'
import type { Comparison, PlannedWaits } from './comparison-queries.ts'
import { LEVERS, type LeverCode } from './lever.ts'
import type { OutcomeSide } from './outcome-picture.tsx'
import { OutcomeSection } from './outcome-tables.tsx'
import { actsFrom, hallNames, hallsOf, type Surroundings } from './scenario.ts'
import type { PlannedLever, Scenario } from './scenario-answer.ts'
import type { TriggerReport } from './trigger-answer.ts'

interface ComparisonPageProps {
  comparison: Comparison
  placeName: string
  around: Surroundings
  today: string
  reports: readonly TriggerReport[]
  path: string
}

/** Scenarios side by side: what each decides, when it acts, what it costs, what it would change. */
export function ComparisonPage(props: ComparisonPageProps) {
  const { comparison, placeName, around, today, reports, path } = props
  const { sides, waits, delays } = comparison
  const scenarios = sides.filter(side => side.scenario !== undefined)
  const [only] = scenarios
  const missing = [waits, delays].flatMap(part =>
    part !== undefined && 'reason' in part ? [part.reason] : [],
  )
  const levers = scenarios.flatMap(side => (side.scenario?.levers ?? []).map(lever => ({ side, lever })))
  return (
    <Page
      title={scenarios.length === 1 ? (only?.name ?? 'Scénario') : 'Scénarios côte à côte'}
      path={path}
      place={comparison.department}
      trail={[{ label: 'Scénarios', href: paths.scenarios() }]}
      lead={`Ce que changeraient ces décisions, ${placeName}, à côté de « rien de décidé ». Effets recalculés le ${frenchDay(today)} sur la projection du jour : tout est estimé.`}
    >
      {reports.some(({ triggered }) => triggered) && (
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
          action={{ label: 'Importer des données', href: paths.data() }}
        />
      ))}
      {around.hallsAssumed && waits !== undefined && (
        <p>{assumedWords(around.halls.length, placeName)} Importez la liste pour des mairies connues.</p>
      )}
      <h2>Ce qui est décidé</h2>
      <Table
        id="leviers"
        caption="Leviers, délais avant effet et coûts"
        rows={levers}
        columns={[
          {
            label: 'Levier',
            cell: ({ lever: { code, campaign } }) =>
              campaign === undefined ? LEVERS[code].name : `${LEVERS[code].name} : ${campaign.name}`,
          },
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
                actsInTime(lever, LEVERS[lever.code].acts === 'waits' ? side.waits : side.delays)
                  ? ''
                  : ' : après la période projetée, sans effet visible'
              }`,
          },
          { label: 'Coût', cell: ({ lever }) => costWords(lever) },
        ]}
      />
      {outcomesOf(comparison, placeName, around).map(outcome => (
        <OutcomeSection {...outcome} />
      ))}
      {delays !== undefined && !('reason' in delays) && (
        <p>
          {
            certParametersStated(delays.outlook).find(one => one.name === 'Dossiers traités par jour ouvré')
              ?.origin
          }
          .
        </p>
      )}
      <Supposed {...comparison} />
      {scenarios.map(({ name, scenario }) => {
        const atCert = scenario && certAddress(scenario, comparison.department)
        return (
          atCert !== undefined && (
            <p>
              <Link to={atCert}>
                « {name} » vu du centre (CERT) : ce qu’il recevrait, déciderait et garderait en stock
              </Link>
            </p>
          )
        )
      })}
      <h2>Exporter et partager</h2>
      <p>
        <a
          class="fr-link fr-link--download"
          href={paths.apiScenarioComparisonCsv({ ids: scenarios.map(side => side.id).join(',') })}
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
        {scenarios.map(({ id, name }) => (
          <li>{id === undefined ? name : <a href={paths.scenario({ id })}>{name}</a>}</li>
        ))}
      </ul>
    </Page>
  )
}

/** The workforce that scenarios suppose where none was imported, and where it comes from when the form left it out. */
export function Supposed({ sides, delays }: Pick<Comparison, 'sides' | 'delays'>) {
  if (delays === undefined || 'reason' in delays || delays.outlook.team !== undefined) return null
  return sides.map(
    ({ name, scenario }) =>
      scenario?.agents !== undefined && (
        <p>
          « {name} » suppose {frenchShortNumber(scenario.agents, 2)} ETPO au centre. Ce que le formulaire
          suppose de lui-même, comme la page « Centres d’expertise » :{' '}
          {FLOW_ASSUMPTIONS.balanced.origin.toLowerCase()}.
        </p>
      ),
  )
}

/** The figures that scenarios change, each with what it starts from: the wait, and the delay of the centre. */
export function outcomesOf(comparison: Comparison, placeName: string, around: Surroundings) {
  const { sides, waits, delays, title, limitDays } = comparison
  const wait = waits === undefined || 'reason' in waits ? undefined : waits
  const delay = delays === undefined || 'reason' in delays ? undefined : delays
  return [
    {
      id: 'attente',
      heading: 'Attente d’un rendez-vous',
      what: `Attente projetée, ${placeName}`,
      sides: withOutcome(sides, 'waits'),
      extents: extentsOf(sides, around),
      limitDays,
      observed: wait === undefined ? [] : knownWaits(wait),
      source: wait === undefined ? '' : demandSource(wait.run),
    },
    {
      id: 'delai',
      heading: `Délai de délivrance : ${title === undefined ? '' : TITLE_NAMES[title]}`,
      what: 'Délai publié projeté',
      sides: withOutcome(sides, 'delays'),
      extents: 1,
      limitDays: delay?.outlook.targetDays ?? 14,
      observed: delay?.observed ?? [],
      source:
        delay?.run === undefined ? 'Vigie Titres, calcul ajusté aux délais publiés' : demandSource(delay.run),
    },
  ]
}

/** The scenarios that change one figure, the baseline first. */
function withOutcome(sides: readonly Side[], of: 'waits' | 'delays'): OutcomeSide[] {
  return sides.flatMap(({ id, name, scenario, [of]: outcome }) =>
    outcome === undefined || outcome.quarters.length === 0 ? [] : [{ id, name, scenario, outcome }],
  )
}

/** What was published of the place, by quarter. */
function knownWaits({ now }: PlannedWaits) {
  const own = now.state.facts.filter(fact => fact.place === now.place.code && fact.granularity !== 'year')
  return seenQuarters(own.filter(fact => fact.clock !== 'first-free-slot'))
}

/** The page of the centre with the stations and the agents that a scenario adds; none where it adds neither. */
function certAddress({ levers, title = 'cni-passport' }: Scenario, department: string): string | undefined {
  const sum = (...codes: LeverCode[]) =>
    levers.reduce((all, { code, amount }) => all + (codes.includes(code) ? amount.central : 0), 0)
  const [stations, agents] = [sum('more-stations', 'mobile-station'), sum('more-agents')]
  if (stations === 0 && agents === 0) return undefined
  const asked = { cert: department, titre: title, stations, agents }
  return paths.certs(asked)
}

/** How many different sets of halls the levers of some scenarios change. */
function extentsOf(sides: readonly Side[], around: Surroundings): number {
  return new Set(
    sides.flatMap(({ scenario }) =>
      scenario === undefined ? [] : [extentOf(scenario, lever => hallsOf(lever, scenario, around))],
    ),
  ).size
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

/** A threshold in words: whether it is passed, on which quarter, with which chances. */
function triggerWords(report: TriggerReport, around: Surroundings): string {
  const where = around.halls.find(hall => hall.insee === report.about)?.name
  const name = `${report.name}${where === undefined ? '' : ` à ${where}`}`
  const asked = `plus de ${frenchDays(report.aboveDays, 0)} avec plus de ${chancesInTen(report.ifMoreLikelyThan)}`
  if (report.quarter === null || report.probability === null)
    return report.reason === 'outside-horizon'
      ? `${name} : seuil non évalué, le premier effet (${frenchDay(report.actsFrom)}) sort de la période projetée.`
      : `${name} : seuil non évalué, aucune projection.`
  return `${name} : ${report.triggered ? 'seuil franchi' : 'seuil non franchi'} (${asked} ; ${chancesInTen(report.probability)} au ${longQuarter(report.quarter)}, premier effet possible).`
}
