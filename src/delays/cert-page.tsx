import { paths } from '../pure/access/paths.ts'
import { Parameters } from '../pure/charts/explained.tsx'
import { StackedChart } from '../pure/charts/stacked-chart.tsx'
import type { Column } from '../pure/elements/column.ts'
import { Choice, Field, Submit } from '../pure/elements/form-field.tsx'
import { Links } from '../pure/elements/links.tsx'
import { EmptyState } from '../pure/elements/message.tsx'
import { Table } from '../pure/elements/table.tsx'
import { STOCK_AGE_NAMES, STOCK_AGES } from '../pure/figures/stock-age.ts'
import { NINE_IN_TEN } from '../pure/french/chances.ts'
import {
  frenchCount,
  frenchDay,
  frenchDays,
  frenchGap,
  frenchList,
  frenchMonth,
  frenchNumber,
  frenchPercent,
  frenchShortNumber,
  twoFigures,
} from '../pure/french/french.ts'
import { TITLE_NAMES } from '../pure/law/title.ts'
import { Page } from '../pure/pages/layout.tsx'
import { ASSUMED_PERIMETER, type Cert, type ImportedTeam } from './cert.ts'
import type { FlowPoint } from './cert-answer.ts'
import type { FlowOrigin } from './cert-flow-assumption.ts'
import type { FlowTitle } from './cert-flow-queries.ts'

/** What levers would add: stations in the town halls of a centre, agents in its team. */
export interface FlowLevers {
  stations: number
  agents: number
}

/** The months to come of a centre, with levers and without; the same months where there are none. */
export interface CertMonths {
  points: readonly FlowPoint[]
  unchanged: readonly FlowPoint[]
  origins: readonly FlowOrigin[]
  targetDays: number
}

interface CertPageProps {
  today: string
  certs: readonly Cert[]
  cert: Cert
  departments: readonly string[]
  title: FlowTitle
  titles: readonly FlowTitle[]
  teams: readonly (ImportedTeam & { origin: string })[]
  levers: FlowLevers
  months: CertMonths | { reason: string }
}

/** Ages of the stock, oldest at the bottom of the columns. */
const AGES = STOCK_AGE_NAMES.map(key => ({ key, label: STOCK_AGES[key].label })).reverse()

/** A centre: what it examines and for whom, then what comes, what is decided and what waits over the next year. */
export function CertPage(props: CertPageProps) {
  const { certs, cert, title, titles, levers, months, teams } = props
  const known = 'reason' in months ? undefined : months
  return (
    <Page
      title="Centres d’expertise (CERT)"
      path={paths.certs()}
      trail={[]}
      lead={known === undefined ? `${cert.name} : aucun flux calculé.` : finding(cert, title, known)}
    >
      <form class="filters no-print" method="get" action={paths.certs()}>
        <Choice
          label="Centre"
          name="cert"
          value={cert.id}
          options={certs.map(({ id, name }) => ({ value: id, label: name }))}
        />
        <Choice
          label="Titre"
          name="titre"
          value={title}
          options={titles.map(code => ({ value: code, label: TITLE_NAMES[code] }))}
        />
        {title === 'cni-passport' && (
          <Field
            label="Stations en plus dans les mairies"
            name="stations"
            value={levers.stations === 0 ? '' : frenchShortNumber(levers.stations)}
          />
        )}
        <Field
          label="Agents en plus au centre"
          name="agents"
          value={levers.agents === 0 ? '' : frenchShortNumber(levers.agents)}
        />
        <Submit>Calculer</Submit>
      </form>
      {known === undefined ? (
        <EmptyState
          title="Flux non calculé"
          reason={'reason' in months ? months.reason : ''}
          action={{ label: 'Importer des données', href: paths.data() }}
        />
      ) : (
        <Flow {...props} months={known} />
      )}
      <h2>Le centre</h2>
      <dl>
        <dt>Lieux servis, {TITLE_NAMES[title].toLowerCase()}</dt>
        <dd>
          {frenchList(props.departments)}.{cert.assumed ? ` ${ASSUMED_PERIMETER}` : ''}
        </dd>
        <dt>Titres instruits</dt>
        <dd>{frenchList(cert.titles.map(one => TITLE_NAMES[one]))}</dd>
        <dt>Équipe, {TITLE_NAMES[title].toLowerCase()}</dt>
        <dd>
          {teams.length === 0
            ? `${supposedTeam(known)}, à 6 % près, et qui prêterait ses agents en avance ; la bande de l’attente vient de là.`
            : teamWords(teams)}
        </dd>
      </dl>
      <Links
        to={[
          { label: 'Délais de ce centre', href: paths.delays({ place: cert.id }) },
          { label: 'Planifier ses effectifs', href: paths.staffing({ title }) },
          { label: 'Déposer un périmètre, un effectif ou des délais', href: paths.data() },
        ]}
        class="in-line"
      />
    </Page>
  )
}

function Flow({ cert, title, levers, months, today }: CertPageProps & { months: CertMonths }) {
  const { points, unchanged, origins, targetDays } = months
  const changed = levers.stations > 0 || levers.agents > 0
  const source = `estimation du ${frenchDay(today)}, hypothèses sous les nombres`
  return (
    <>
      {changed && <p>{changeWords(levers, points, unchanged)}</p>}
      {points.some(({ stock }) => stock.mean >= 1) && (
        <StackedChart
          id="stock"
          title={stockFinding(points)}
          subtitle={`${cert.name}, ${TITLE_NAMES[title].toLowerCase()} : dossiers en stock à la fin de chaque mois, par âge, moyenne estimée.`}
          parts={AGES}
          periods={points.map(({ period, stockByAge }) => ({
            label: `${period.slice(5)}/${period.slice(2, 4)}`,
            estimated: true,
            values: Object.fromEntries(AGES.map(({ key }) => [key, stockByAge[key].mean])),
          }))}
          source={source}
          csv="?tableau=stock-table&format=csv"
        />
      )}
      <Table
        id="flux"
        caption="Ce qui arrive, ce qui est décidé, ce qui attend : estimé, mois par mois"
        rows={points.map((point, i) => ({ ...point, before: unchanged[i]! }))}
        columns={[...COLUMNS, ...(changed ? CHANGES : [])]}
        note={`Dossiers : moyennes ; jours et parts : médianes. Attente à venir : jours pour ce qui arrive dans le mois, stock et capacité à venir. Âge moyen : celui des dossiers décidés, le délai publié ; il réagit plus tard. Objectif : ${frenchDays(targetDays, 0)}.`}
      />
      <Parameters
        id="flux-hypotheses"
        of={cert.name}
        parameters={origins.map(one => ({
          name: ORIGIN_NAMES[one.name],
          // Days are whole, as on the pages that they come from.
          value: one.unit === 'jours' ? Math.round(one.value) : figure(one.value),
          unit: one.unit,
          status: one.assumed ? ('assumed' as const) : ('estimated' as const),
          origin: one.origin,
        }))}
      />
    </>
  )
}

const ORIGIN_NAMES: Record<FlowOrigin['name'], string> = {
  requests: 'Demandes',
  slots: 'Rendez-vous offerts par les mairies',
  wait: 'Attente d’un rendez-vous aujourd’hui',
  agents: 'Agents à l’instruction',
  capacity: 'Dossiers que l’équipe instruit',
  stock: 'Stock au départ',
  startDelay: 'Délai aujourd’hui',
}

type Row = FlowPoint & { before: FlowPoint }

const COLUMNS: Column<Row>[] = [
  { label: 'Mois', names: true, cell: row => frenchMonth(row.period) },
  { label: 'Reçus', figure: row => row.receipts.mean, told: twoFigures },
  { label: 'Décidés', figure: row => row.decisions.mean, told: twoFigures },
  { label: 'Stock à la fin', figure: row => row.stock.mean, told: twoFigures },
  { label: 'Attente à venir', figure: row => row.forwardDelay.p50, unit: 'jours' },
  {
    label: NINE_IN_TEN,
    range: row => ({ low: row.forwardDelay.p05, high: row.forwardDelay.p95 }),
    unit: 'jours',
  },
  { label: 'Âge moyen des décidés', figure: row => row.backwardDelay?.p50, unit: 'jours' },
  { label: 'Décidés dans l’objectif', figure: row => row.shareWithinTarget?.p50, as: 'share' },
]

const CHANGES: Column<Row>[] = [
  {
    label: 'Reçus, écart',
    figure: row => row.receipts.mean - row.before.receipts.mean,
    told: twoFigures,
    as: 'gap',
    decimals: 0,
  },
  {
    label: 'Attente à venir, écart',
    figure: row => row.forwardDelay.mean - row.before.forwardDelay.mean,
    as: 'gap',
    unit: 'jours',
  },
]

/** How long what comes waits now and in a year, and what flows. */
function finding(cert: Cert, title: FlowTitle, { points, targetDays }: CertMonths): string {
  const [first, last] = [points[0]!, points.at(-1)!]
  const month = (read: (point: FlowPoint) => number) =>
    frenchNumber(twoFigures(points.reduce((sum, point) => sum + read(point), 0) / points.length))
  return `${cert.name}, ${TITLE_NAMES[title].toLowerCase()} : ${frenchDays(first.forwardDelay.p50, 0)} d’attente à venir en ${frenchMonth(first.period)}, ${ahead(last)} en ${frenchMonth(last.period)} pour un objectif de ${frenchDays(targetDays, 0)} ; environ ${month(one => one.receipts.mean)} dossiers reçus par mois, ${month(one => one.decisions.mean)} décidés. Tout est estimé.`
}

function ahead({ forwardDelay: { p05, p50, p95 } }: FlowPoint): string {
  return Math.round(p05) === Math.round(p95)
    ? frenchDays(p50, 0)
    : `de ${frenchNumber(p05)} à ${frenchDays(p95, 0)} (${NINE_IN_TEN})`
}

function stockFinding(points: readonly FlowPoint[]): string {
  const last = points.at(-1)!
  const late = last.stockByAge.over.mean + last.stockByAge.upTo60.mean
  const share = last.stock.mean > 0 ? late / last.stock.mean : 0
  return `Environ ${frenchCount(twoFigures(last.stock.mean), 'dossier')} en stock en ${frenchMonth(last.period)}${share < 0.05 ? ', presque aucun de plus d’un mois' : `, dont ${frenchPercent(100 * share, 0)} de plus d’un mois`}`
}

/** What levers change: stations send a wave that ends once the queue at the counters is gone; agents shorten the wait. */
function changeWords(
  { stations, agents }: FlowLevers,
  points: readonly FlowPoint[],
  unchanged: readonly FlowPoint[],
): string {
  const gained = points.reduce((sum, one, i) => sum + one.receipts.mean - unchanged[i]!.receipts.mean, 0)
  const [then, now] = [points.at(-1)!.forwardDelay.mean, unchanged.at(-1)!.forwardDelay.mean]
  const counted = (count: number, word: string) =>
    `${frenchShortNumber(count)} ${word}${count < 2 ? '' : 's'}`
  const added = [
    ...(stations > 0 ? [counted(stations, 'station')] : []),
    ...(agents > 0 ? [counted(agents, 'agent')] : []),
  ]
  const wave =
    stations > 0
      ? ` Le centre reçoit ${frenchNumber(twoFigures(gained))} dossiers de plus en un an, ceux qui attendaient un rendez-vous, puis rien de plus : des stations avancent les demandes, elles n’en créent pas.`
      : ' Les mairies déposent autant : le centre ne reçoit pas plus.'
  return `Avec ${frenchList(added)} de plus dès ce mois, l’attente à venir est de ${frenchDays(then, 0)} au bout d’un an au lieu de ${frenchDays(now, 0)} (${frenchGap(then - now, 0)}).${wave}`
}

/** A figure of the assumptions, to a tenth, or to a hundredth below ten. */
function figure(value: number): number {
  const parts = value < 10 ? 100 : 10
  return Math.round(parts * value) / parts
}

function supposedTeam(known: CertMonths | undefined): string {
  const agents = known?.origins.find(({ name }) => name === 'agents')?.value
  return `Aucun effectif importé : ${agents === undefined ? 'celui' : `${frenchShortNumber(figure(agents), 2)} ETPO supposés, l’effectif`} qui traiterait juste la demande`
}

function teamWords(teams: readonly (ImportedTeam & { origin: string })[]): string {
  return `${teams
    .map(
      ({ etpo, filesPerAgentDay, since, origin }) =>
        `${frenchNumber(etpo, 1)} ETPO depuis le ${frenchDay(since)}${filesPerAgentDay === undefined ? '' : `, ${frenchNumber(filesPerAgentDay)} dossiers par agent et par jour`} (${origin})`,
    )
    .join(' ; ')}.`
}
