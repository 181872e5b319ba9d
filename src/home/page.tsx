import type { Day } from '../pure/calendar/day.ts'
import type { ExplanationLine } from '../pure/figures/explanation.ts'
import { MEASURES } from '../pure/figures/measure.ts'
import type { QuarterlySeries } from '../pure/figures/quarterly-series.ts'
import { TITLE_NAMES } from '../pure/law/title.ts'
import {
  frenchDay,
  frenchDays,
  frenchList,
  frenchPercent,
  frenchPeriod,
  longQuarter,
  shortQuarter,
} from '../pure/pages/french.ts'
import { Conflict, KeyFigure, KeyFigures } from '../pure/pages/key-figure.tsx'
import { Page, type Site } from '../pure/pages/layout.tsx'
import { EmptyState } from '../pure/pages/message.tsx'
import type { Breach } from './attention.ts'
import type { Freshness } from './queries.ts'

/** What the home page tells of the projection: the next whole year, and the wave to prepare. */
export interface Outlook {
  year: number
  mean: number
  wave: ExplanationLine | undefined
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
  site: Site
  placeName: string
  breaches: readonly Breach[]
  delays: readonly QuarterlySeries[]
  waits: readonly QuarterlySeries[]
  reminders: readonly Reminder[]
  outlook: Outlook | { reason: string }
  known: readonly Freshness[]
  today: Day
}

/** What needs attention now, then the ways to each answer. */
export function HomePage(props: HomePageProps) {
  const { site, placeName, breaches, delays, waits, reminders, outlook, known, today } = props
  const conflicts = [...delays, ...waits].flatMap(series =>
    series.points.filter(point => point.conflicts.length > 0).map(point => ({ series, point })),
  )
  return (
    <Page
      site={site}
      title={`Les titres d’identité, ${placeName}`}
      path="/"
      lead="Combien de temps pour un rendez-vous et pour un titre, pourquoi, et combien de demandes arrivent."
    >
      {delays.length === 0 && waits.length === 0 && (
        <EmptyState
          title="Aucun chiffre pour l’instant"
          reason="Importez des délais, des attentes ou des demandes reçues : un modèle de chaque fichier est prêt."
          action={{ label: 'Importer un fichier', href: '/donnees' }}
        />
      )}
      <h2>Ce qui demande attention</h2>
      <ul class="attention">
        {breaches.map(breach => (
          <BreachLine breach={breach} />
        ))}
        {breaches.length === 0 && delays.length > 0 && (
          <li>Aucun objectif de délai n’est dépassé au dernier trimestre publié.</li>
        )}
        {reminders.map(({ scenario, lever, quarter, chances }) => (
          <li>
            <strong>À décider :</strong> {lever} (<a href="/scenarios">{scenario}</a>). Le seuil que vous avez
            fixé serait dépassé au {longQuarter(quarter)} avec {frenchPercent(chances, 0)} de chances
            (estimé).
          </li>
        ))}
        <StaleLine known={known} today={today} />
        {conflicts.length > 0 && (
          <li>
            <strong>Publié en double :</strong>{' '}
            {frenchList(
              conflicts.map(
                ({ series, point }) =>
                  `${series.title === '' ? 'attente d’un rendez-vous' : TITLE_NAMES[series.title].toLowerCase()}, ${shortQuarter(point.quarter)}`,
              ),
            )}
            . <a href="#doubles">Voir les valeurs</a>.
          </li>
        )}
      </ul>
      <h2>Trouver sa réponse</h2>
      <ul class="paths">
        <li>
          <a href="/delais">Le responsable du CERT</a>
          <span>Quel titre a dépassé son objectif, quand, pourquoi.</span>
        </li>
        <li>
          <a href="/demande">La préfecture</a>
          <span>Combien de demandes arrivent, et où.</span>
        </li>
        <li>
          <a href="/mairies">Les maires</a>
          <span>La fiche de chaque mairie équipée, à imprimer.</span>
        </li>
        <li>
          <a href="/usagers">Vous demandez un titre</a>
          <span>Où aller, quand, que préparer.</span>
        </li>
      </ul>
      <Figures waits={waits} outlook={outlook} />
      {!('reason' in outlook) && outlook.wave && (
        <>
          <h2>{outlook.wave.title}</h2>
          <p>{outlook.wave.text}</p>
          <p>
            <a class="fr-link" href="/demande">
              Voir la demande trimestre par trimestre
            </a>
          </p>
        </>
      )}
      {conflicts.length > 0 && <h2 id="doubles">Chiffres publiés en double</h2>}
      {conflicts.map(({ series, point }) => (
        <Conflict
          label={`${series.title === '' ? 'Attente d’un rendez-vous' : TITLE_NAMES[series.title]}, ${shortQuarter(point.quarter)}`}
          quantity="day"
          kept={{ value: point.days, source: point.source.document, publishedOn: point.source.publishedOn }}
          others={point.conflicts.map(({ days, source }) => ({
            value: days,
            source: source.document,
            publishedOn: source.publishedOn,
          }))}
        />
      ))}
    </Page>
  )
}

function BreachLine({ breach: { series, last, target, gap, since, change } }: { breach: Breach }) {
  return (
    <li>
      <strong>
        <a href={`/delais${series.title === '' ? '' : `?title=${series.title}`}`}>
          {series.title === '' ? 'Tous titres' : TITLE_NAMES[series.title]}
        </a>{' '}
        : {frenchDays(last.days, 0)}
      </strong>{' '}
      au {longQuarter(last.quarter)} (délai de délivrance, observé), {frenchDays(gap, 0)} de plus que
      l’objectif de {frenchDays(target, 0)}, dépassé depuis le {longQuarter(since)}.
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

const WATCHED = ['issuance-delay', 'appointment-wait', 'applications'] as const

function StaleLine({ known, today }: { known: readonly Freshness[]; today: Day }) {
  const late = WATCHED.flatMap(measure => {
    const last = known.find(one => one.measure === measure)
    if (last === undefined) return [`${MEASURES[measure].name.toLowerCase()} : jamais importées`]
    return last.publishedOn < monthsBefore(today)
      ? [
          `${MEASURES[measure].name.toLowerCase()} : dernière période, ${frenchPeriod(last.lastPeriod)} (publié le ${frenchDay(last.publishedOn)})`,
        ]
      : []
  })
  if (late.length === 0) return null
  return (
    <li>
      <strong>Données anciennes.</strong> Nous sommes le {frenchDay(today)}.
      <ul>
        {late.map(words => (
          <li>{words}.</li>
        ))}
      </ul>
      Prochaine mise à jour : aucun calendrier déclaré. <a href="/donnees">Importer des chiffres récents</a>.
    </li>
  )
}

function Figures({ waits, outlook }: Pick<HomePageProps, 'waits' | 'outlook'>) {
  const wait = waits.flatMap(series => series.points).at(-1)
  return (
    <KeyFigures>
      <KeyFigure
        label={
          wait
            ? `Attente d’un rendez-vous en mairie, ${longQuarter(wait.quarter)}`
            : 'Attente d’un rendez-vous en mairie'
        }
        value={wait?.days}
        missing="Aucune attente publiée"
        quantity="day"
        status={wait?.status ?? 'observed'}
        clock="moyenne du département, telle que publiée"
        source={
          wait ? `${wait.source.publisher}, publié le ${frenchDay(wait.source.publishedOn)}` : 'à importer'
        }
      />
      <KeyFigure
        label={
          'reason' in outlook
            ? 'Demandes attendues'
            : `Demandes de cartes et de passeports attendues en ${outlook.year}`
        }
        value={'reason' in outlook ? undefined : Math.round(outlook.mean / 100) * 100}
        missing={'reason' in outlook ? outlook.reason : ''}
        quantity="count"
        status="estimated"
        source={'reason' in outlook ? 'aucune projection' : outlook.source}
      />
    </KeyFigures>
  )
}

/** Four months before a day, as text: beyond it a quarterly figure is late. */
function monthsBefore(today: Day): Day {
  const months = Number(today.slice(0, 4)) * 12 + Number(today.slice(5, 7)) - 1 - 4
  return `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}-${today.slice(8)}`
}
