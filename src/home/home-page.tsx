import { type ExpectedYear, yearBand } from '../demand/year-requests.ts'
import { paths } from '../pure/access/paths.ts'
import type { Day } from '../pure/calendar/day.ts'
import { lastDay } from '../pure/calendar/period.ts'
import { KeyFigure, KeyFigures, STATUS_WORDS } from '../pure/elements/key-figure.tsx'
import { Link } from '../pure/elements/links.tsx'
import { EmptyState } from '../pure/elements/message.tsx'
import type { ExplanationLine } from '../pure/figures/explanation.ts'
import { CLOCKS, MEASURES, type Measure } from '../pure/figures/measure.ts'
import type { QuarterlySeries } from '../pure/figures/quarterly-series.ts'
import { chancesInTen } from '../pure/french/chances.ts'
import {
  frenchCount,
  frenchDay,
  frenchDays,
  frenchList,
  frenchPercent,
  frenchPeriod,
  longQuarter,
  shortQuarter,
  twoFigures,
} from '../pure/french/french.ts'
import { TITLE_ADDRESSES, TITLE_NAMES } from '../pure/law/title.ts'
import { Page } from '../pure/pages/layout.tsx'
import { roundedDays } from '../waits/explain-now.ts'
import { ageWords, waitBand } from '../waits/wait-now-figures.tsx'
import type { WaitNowView } from '../waits/wait-now-view.ts'
import { type Breach, oldBefore, type YearDelay } from './attention.ts'
import type { Arrival, Freshness } from './home-queries.ts'

/** What the home page tells of the projection: the next whole year, and the wave to prepare. */
export interface Outlook {
  expected: ExpectedYear
  wave: ExplanationLine | undefined
  /** Whether requests are told hall by hall. */
  byHall: boolean
  source: string
}

/** A lever of a scenario that the projection says is to be decided. */
export interface Reminder {
  scenario: string
  lever: string
  quarter: string
  /** In percent. */
  chances: number
}

interface HomePageProps {
  placeName: string
  breaches: readonly Breach[]
  delays: readonly QuarterlySeries[]
  waits: readonly QuarterlySeries[]
  /** The wait of the day; `undefined` where nothing is published. */
  wait: WaitNowView | undefined
  /** Delays of the nation over the last years published. */
  issued: readonly YearDelay[]
  /** The delay of the day here, of cards and passports, in days; `undefined` where nothing speaks of it. */
  delay: number | undefined
  reminders: readonly Reminder[]
  /** The last files that came in, newest first. */
  arrivals: readonly Arrival[]
  outlook: Outlook | { reason: string }
  known: readonly Freshness[]
  today: Day
}

/** What needs attention now, then the ways to each answer. */
export function HomePage(props: HomePageProps) {
  const { placeName, breaches, delays, waits, reminders, outlook, known, today } = props
  const isPast = ({ last }: Breach) => lastDay(last.quarter) < oldBefore(today)
  const [past, recent] = [breaches.filter(isPast), breaches.filter(one => !isPast(one))]
  const conflicts = [...delays, ...waits].flatMap(series =>
    series.points.filter(point => point.conflicts.length > 0).map(point => ({ series, point })),
  )
  return (
    <Page
      title={`Les titres d’identité : ${placeName}`}
      path={paths.home()}
      lead="Combien de temps pour un rendez-vous et pour un titre, pourquoi, et combien de demandes arrivent."
    >
      {delays.length === 0 && waits.length === 0 && (
        <EmptyState
          title={`Aucun délai ni aucune attente publiés pour l’ensemble : ${placeName}`}
          reason="Ce qui suit est estimé, d’après la France et les mairies dont un chiffre est connu. Importez des délais, des attentes ou des demandes reçues : un modèle de chaque fichier est prêt."
          action={{ label: 'Importer un fichier', href: paths.data() }}
        />
      )}
      <h2>Aujourd’hui, en trois chiffres</h2>
      <Figures {...props} />
      <Arrivals arrivals={props.arrivals} />
      <h2>Ce qui demande attention</h2>
      <ul class="attention">
        {recent.map(breach => (
          <BreachLine breach={breach} />
        ))}
        <PastBreaches breaches={past} />
        {breaches.length === 0 && delays.length > 0 && (
          <li>Aucun objectif de délai n’est dépassé au dernier trimestre publié.</li>
        )}
        {reminders.map(({ scenario, lever, quarter, chances }) => (
          <li>
            <strong>À décider :</strong> {lever} (<a href={paths.scenarios()}>{scenario}</a>). Le seuil que
            vous avez fixé serait dépassé au {longQuarter(quarter)} avec {chancesInTen(chances / 100)}{' '}
            (estimé).
          </li>
        ))}
        <StaleLine known={known} today={today} />
        {conflicts.length > 0 && (
          <li>
            <strong>Publié en double :</strong>{' '}
            {frenchList(
              conflicts.map(({ series, point }) => {
                const measure = series.title === '' ? 'attente d’un rendez-vous' : TITLE_NAMES[series.title]
                const values = [point, ...point.conflicts].map(({ days }) => frenchDays(days))
                return `${measure.toLowerCase()}, ${shortQuarter(point.quarter)} (${values.join(' et ')})`
              }),
            )}
            . <a href={paths.data()}>Voir d’où vient chaque valeur</a>.
          </li>
        )}
      </ul>
      <h2>Trouver sa réponse</h2>
      <ul class="paths">
        {WAYS.map(({ label, href, answer }) => (
          <li>
            <a href={href}>{label}</a>
            <span>{answer}</span>
          </li>
        ))}
      </ul>
      {!('reason' in outlook) && outlook.wave && (
        <>
          <h2>{outlook.wave.title}</h2>
          <p>{outlook.wave.text}</p>
          <p>
            <Link to={paths.demand()}>Voir la demande trimestre par trimestre</Link>{' '}
            {outlook.byHall && (
              <Link to={paths.townHalls({ map: 'demand', year: outlook.wave.year })}>
                Voir où, mairie par mairie, en {outlook.wave.year}
              </Link>
            )}
          </p>
        </>
      )}
    </Page>
  )
}

/** Who finds what, where. */
const WAYS = [
  {
    label: 'Le responsable du CERT',
    href: paths.delays(),
    answer: 'Quel titre a dépassé son objectif, quand, pourquoi.',
  },
  { label: 'La préfecture', href: paths.demand(), answer: 'Combien de demandes arrivent, et où.' },
  {
    label: 'La planification',
    href: paths.scenarios(),
    answer: 'Ce que changerait un levier, et combien d’agents il faut.',
  },
  { label: 'Les maires', href: paths.townHalls(), answer: 'Chaque mairie équipée, et sa fiche à imprimer.' },
  { label: 'Vous demandez un titre', href: paths.users(), answer: 'Où aller, quand, que préparer.' },
]

/** What came in last; the script marks what is newer than the reader's last visit. */
function Arrivals({ arrivals }: { arrivals: readonly Arrival[] }) {
  if (arrivals.length === 0) return null
  return (
    <>
      <h2>Ce qui a changé</h2>
      <ul class="arrivals">
        {arrivals.map(({ publisher, document, publishedOn, recordedAt, rows }) => (
          <li data-since={recordedAt}>
            <span class="status" hidden>
              nouveau
            </span>{' '}
            {publisher}, {document}, publié le {frenchDay(publishedOn)} : {frenchCount(rows, 'ligne')}, reçu
            le {frenchDay(recordedAt.slice(0, 10))}.
          </li>
        ))}
      </ul>
      <p>
        <Link to={`${paths.data()}#imports`}>Tout ce qui est entré, et les versions de chaque chiffre</Link>
      </p>
    </>
  )
}

/** Targets missed when delays were last published, long ago: told in one line, with the way to each cause. */
function PastBreaches({ breaches }: { breaches: readonly Breach[] }) {
  if (breaches.length === 0) return null
  return (
    <li>
      <strong>Objectif dépassé au dernier délai publié, ancien :</strong>{' '}
      {breaches.map(({ series, last }, i) => (
        <>
          {i > 0 && ' ; '}
          <TitleLink title={series.title} /> ({frenchDays(last.days, 0)} au {longQuarter(last.quarter)})
        </>
      ))}
      .
    </li>
  )
}

function TitleLink({ title }: Pick<QuarterlySeries, 'title'>) {
  return title === '' ? (
    <a href={paths.delays()}>Tous titres</a>
  ) : (
    <a href={paths.titleDelays({ titre: TITLE_ADDRESSES[title] })}>{TITLE_NAMES[title]}</a>
  )
}

function BreachLine({ breach: { series, last, target, gap, since, change } }: { breach: Breach }) {
  return (
    <li>
      <strong>
        Objectif dépassé : <TitleLink title={series.title} />, {frenchDays(last.days, 0)}
      </strong>{' '}
      au {longQuarter(last.quarter)}, pour un objectif de {frenchDays(target, 0)} (délai de délivrance,{' '}
      {STATUS_WORDS[last.status]}). {frenchDays(gap, 0)} de trop, depuis le {longQuarter(since)}.
      {change !== undefined && ` ${trendWords(change)}`}
      {last.impliedOverloadPct !== null &&
        last.impliedOverloadPct >= 0.5 &&
        ` Cause déduite : environ ${frenchPercent(last.impliedOverloadPct, 0)} de demandes de plus que la capacité.`}
    </li>
  )
}

function trendWords(change: number): string {
  const days = frenchDays(Math.abs(change), 0)
  if (Math.abs(change) < 0.5) return '► Stable.'
  return change > 0 ? `▲ ${days} de plus qu’un trimestre avant.` : `▼ ${days} de moins qu’un trimestre avant.`
}

/** Days within which a wait tells of the month before, given the time that a town hall takes to send it. */
const RECENT_DAYS = 45

const WATCHED = ['issuance-delay', 'appointment-wait', 'applications'] as const

function isKnown(measure: Measure, known: readonly Freshness[], today: Day): boolean {
  return known.some(one => one.measure === measure && one.publishedOn >= oldBefore(today))
}

/** What is watched and was last published long ago, or never. */
function StaleLine({ known, today }: { known: readonly Freshness[]; today: Day }) {
  const late = WATCHED.filter(measure => !isKnown(measure, known, today)).map(measure => ({
    name: MEASURES[measure].name.toLowerCase(),
    last: known.find(one => one.measure === measure),
  }))
  const old = late.flatMap(({ name, last }) => (last ? `${name} (${frenchPeriod(last.lastPeriod)})` : []))
  const never = late.filter(({ last }) => last === undefined).map(({ name }) => name)
  if (late.length === 0) return null
  return (
    <li>
      {old.length > 0 && (
        <>
          <strong>Données anciennes :</strong> {frenchList(old)}.{' '}
        </>
      )}
      {never.length > 0 && (
        <>
          <strong>Aucun chiffre d’ici :</strong> {frenchList(never)}.{' '}
        </>
      )}
      Nous sommes le {frenchDay(today)}. <a href={paths.data()}>Importer des chiffres récents</a>.
    </li>
  )
}

function Figures(props: HomePageProps) {
  const { wait, outlook } = props
  const recentlyTold = wait?.basis.some(one => one.place !== 'FR' && one.ageDays <= RECENT_DAYS)
  return (
    <KeyFigures>
      <KeyFigure
        label={wait ? `Attente d’un rendez-vous, ${wait.place.name}` : 'Attente d’un rendez-vous en mairie'}
        value={wait?.today.median === undefined ? undefined : roundedDays(wait.today.median)}
        missing="Aucune attente publiée"
        quantity="day"
        status="estimated"
        range={wait && waitBand(wait.today)}
        clock={wait && CLOCKS['appointment-as-published']}
        comparison={
          recentlyTold ? undefined : (
            <>
              Une attente du mois dernier, fournie par une mairie ou par la préfecture, la préciserait :{' '}
              <a href={paths.data()}>l’importer</a>.
            </>
          )
        }
        source={wait ? ageWords(wait) : 'aucune encore ; une mairie ou la préfecture peut la fournir'}
      />
      <IssuedFigure {...props} />
      <KeyFigure
        label={
          'reason' in outlook
            ? 'Demandes attendues'
            : `Demandes de cartes et de passeports attendues en ${outlook.expected.year}`
        }
        value={'reason' in outlook ? undefined : twoFigures(outlook.expected.mean)}
        missing={'reason' in outlook ? outlook.reason : ''}
        quantity="count"
        status="estimated"
        range={'reason' in outlook ? undefined : yearBand(outlook.expected)}
        source={'reason' in outlook ? 'aucune projection' : outlook.source}
      />
    </KeyFigures>
  )
}

/** How long a title takes: what the department last published, cards and passports first, or the nation's last year. */
function IssuedFigure({ placeName, delays, issued, delay, known, today }: HomePageProps) {
  const recent = delays.flatMap(({ title, targetDays, points }) => {
    const last = points.at(-1)
    return last && lastDay(last.quarter) >= oldBefore(today) ? [{ ...last, title, targetDays }] : []
  })
  const own = recent.find(({ title }) => title === 'cni-passport') ?? recent[0]
  const name = (title: YearDelay['title']) =>
    title === '' ? 'tous titres' : TITLE_NAMES[title].toLowerCase()
  if (own !== undefined) {
    return (
      <KeyFigure
        label={`Délai de délivrance, ${placeName}, ${name(own.title)}, ${longQuarter(own.quarter)}`}
        value={own.days}
        quantity="day"
        status={own.status}
        clock={CLOCKS[own.clock]}
        comparison={
          <>
            {own.targetDays !== null && `Objectif : ${frenchDays(own.targetDays, 0)}. `}
            Celui d’aujourd’hui, et les autres titres : <a href={paths.delays()}>Délais</a>.
          </>
        }
        source={`${own.source.publisher}, publié le ${frenchDay(own.source.publishedOn)}`}
      />
    )
  }
  const nation = issued.find(({ title }) => title === 'cni') ?? issued[0]
  return (
    <KeyFigure
      label={
        nation
          ? `Délai de délivrance en France, ${name(nation.title)}, ${nation.year}`
          : 'Délai de délivrance'
      }
      value={nation?.days}
      missing="Aucun délai annuel publié"
      quantity="day"
      status="observed"
      clock={nation && CLOCKS['request-to-receipt']}
      comparison={
        <>
          {delay !== undefined &&
            `Ici, cartes et passeports : environ ${frenchDays(Math.round(delay), 0)} aujourd’hui (estimé). `}
          La suite, et les autres titres : <a href={paths.delays()}>Délais</a>
          {isKnown('issuance-delay', known, today) ? '.' : '. Le CERT peut fournir les mois récents.'}
        </>
      }
      source={nation ? `dernière année publiée, ${nation.year}` : 'aucune encore ; le CERT peut la fournir'}
    />
  )
}
