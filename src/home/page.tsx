import type { ExplanationLine } from '../pure/figures/explanation.ts'
import type { QuarterlySeries, QuarterPoint } from '../pure/figures/quarterly-series.ts'
import { TITLE_NAMES } from '../pure/law/title.ts'
import { frenchDay, frenchDays, frenchNumber, longQuarter, shortQuarter } from '../pure/pages/french.ts'
import { Conflict, KeyFigure, KeyFigures } from '../pure/pages/key-figure.tsx'
import { Page, type Site } from '../pure/pages/layout.tsx'
import { Alert, EmptyState } from '../pure/pages/message.tsx'

/** What the home page tells of the projection: the next whole year, and the wave to prepare. */
export interface Outlook {
  year: number
  mean: number
  wave: ExplanationLine | undefined
  source: string
}

interface HomePageProps {
  site: Site
  placeName: string
  delays: readonly QuarterlySeries[]
  waits: readonly QuarterlySeries[]
  outlook: Outlook | { reason: string }
  lastPublished: { day: string; document: string } | undefined
  today: string
}

/** What needs attention now: missed targets, long waits, what is coming, contradictions, the age of the data. */
export function HomePage({ site, placeName, delays, waits, outlook, lastPublished, today }: HomePageProps) {
  const late = delays.flatMap(series => {
    const last = series.points.at(-1)
    return last && series.targetDays !== null && last.days > series.targetDays
      ? [{ series, last, target: series.targetDays }]
      : []
  })
  const wait = waits.flatMap(series => series.points).at(-1)
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
      {late.length === 0 ? (
        <p>Aucun objectif de délai n’est dépassé au dernier trimestre publié.</p>
      ) : (
        <ul>
          {late.map(({ series, last, target }) => (
            <li>
              <a href="/delais">{series.title === '' ? 'Tous titres' : TITLE_NAMES[series.title]}</a> :{' '}
              {frenchDays(last.days, 0)} au {longQuarter(last.quarter)}, pour un objectif de{' '}
              {frenchDays(target, 0)}
              {overloadWords(last)}.
            </li>
          ))}
        </ul>
      )}
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
      {conflicts.length > 0 && <h2>Chiffres publiés en double</h2>}
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
      <h2>Fraîcheur des données</h2>
      {lastPublished ? (
        <Alert
          kind={lastPublished.day < monthsBefore(today) ? 'warning' : 'info'}
          title={`Dernier chiffre local publié le ${frenchDay(lastPublished.day)}`}
          level={3}
        >
          <p>
            {lastPublished.document}. Nous sommes le {frenchDay(today)} : aucun calendrier de mise à jour
            n’est déclaré. Importez les chiffres plus récents dans <a href="/donnees">Données</a>.
          </p>
        </Alert>
      ) : (
        <p>Aucun chiffre local.</p>
      )}
      <h2>Trois chemins</h2>
      <ul>
        <li>
          <a href="/delais">Le responsable du CERT</a> : les délais par trimestre face à l’objectif, et leurs
          causes.
        </li>
        <li>
          <a href="/demande">La préfecture</a> : les demandes à venir dans le département et dans chaque
          mairie.
        </li>
        <li>
          <a href="/mairies">Les maires</a> : la fiche de chaque mairie équipée.
        </li>
      </ul>
    </Page>
  )
}

function overloadWords({ impliedOverloadPct }: QuarterPoint): string {
  return impliedOverloadPct === null || impliedOverloadPct < 0.5
    ? ''
    : ` ; les demandes dépassaient la capacité d’environ ${frenchNumber(impliedOverloadPct)} % (déduit du délai)`
}

/** Four months before a day, as text: beyond it a quarterly figure is late. */
function monthsBefore(today: string): string {
  const months = Number(today.slice(0, 4)) * 12 + Number(today.slice(5, 7)) - 1 - 4
  return `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}-${today.slice(8)}`
}
