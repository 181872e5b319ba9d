import { isOldWait, type LatestWait } from '../places/town-hall.ts'
import { paths } from '../pure/access/paths.ts'
import type { Day } from '../pure/calendar/day.ts'
import { Submit } from '../pure/elements/form-field.tsx'
import { bounded, STATUS_WORDS } from '../pure/elements/key-figure.tsx'
import { Table } from '../pure/elements/table.tsx'
import type { ExplanationLine } from '../pure/figures/explanation.ts'
import {
  capitalised,
  frenchCount,
  frenchDay,
  frenchDays,
  frenchList,
  frenchPeriod,
  frenchQuantity,
  ofName,
} from '../pure/french/french.ts'
import type { PublicRule, pricesIn } from '../pure/law/rules.ts'
import type { PathBand } from '../pure/numerics/series/path-band.ts'
import { Page } from '../pure/pages/layout.tsx'
import { roundedDays } from '../waits/explain-now.ts'
import { waitBand } from '../waits/wait-now-figures.tsx'
import { type Step, stepSources, TO_BRING } from './step.ts'
import type { HallNearby, TownSearch } from './town.ts'

/** What the page tells of the time to come: the wave, and what spares a holder of an old card. */
export interface Coming {
  wave: ExplanationLine | undefined
  source: string
}

/** Most halls shown around a town. */
const MOST_NEAR = 5

interface UsersPageProps {
  placeName: string
  halls: readonly HallNearby[]
  /** The town that the reader asked for. */
  search: TownSearch | undefined
  /** Years that a passport issued in an emergency is valid. */
  emergencyYears: number
  /** The wait of the day in the department; `undefined` where nothing speaks of it. */
  wait: PathBand | undefined
  coming: Coming | { reason: string }
  earlyRenewal: { from: Day; travelEnd: Day; source: string }
  steps: readonly Step[]
  /** What a passport and a lost card cost here. */
  prices: ReturnType<typeof pricesIn>
  /** What other titles cost, each with its text. */
  fees: readonly PublicRule[]
  today: Day
}

/** For anyone who needs a card or a passport: where, why so long, when it gets busy, what to prepare. One sheet of paper. */
export function UsersPage(props: UsersPageProps) {
  const { placeName, search, coming, earlyRenewal, steps, prices, fees, today } = props
  return (
    <Page
      title="Demander une carte d’identité ou un passeport"
      path={paths.users()}
      trail={[]}
      lead={`${placeName} : où aller, que préparer, ce que cela coûte. Cette page s’imprime sur une feuille.`}
    >
      <div class="one-sheet">
        <h2>Où aller</h2>
        <form class="filters no-print" method="get" action={paths.users()}>
          <div class="fr-input-group filter">
            <label class="fr-label" for="ville">
              Votre commune
            </label>
            <input class="fr-input" id="ville" name="ville" value={search?.words ?? ''} autocomplete="off" />
          </div>
          <Submit>Chercher</Submit>
        </form>
        <Where {...props} />
        <h2>Que préparer, étape par étape</h2>
        <ol class="steps">
          {steps.map(step => (
            <li>
              <strong>{step.title}.</strong> {step.text}
            </li>
          ))}
        </ol>
        <p>
          <strong>Ce qu’il faut apporter :</strong> {TO_BRING.papers.join(' ; ')}. Une première demande, un
          mineur ou un changement de nom demandent d’autres pièces.
        </p>
        <p>
          Un passeport délivré en urgence n’est valable que {frenchCount(props.emergencyYears, 'an')}.{' '}
          <a href="https://passeport.ants.gouv.fr/demarches-en-ligne" rel="external">
            Faire la pré-demande (France Titres)
          </a>{' '}
          ;{' '}
          <a href="https://www.service-public.gouv.fr/particuliers/vosdroits/N358" rel="external">
            voir les pièces de votre cas (Service-Public)
          </a>
          .
        </p>
        <h2>Combien cela coûte</h2>
        <p>
          Carte d’identité : gratuite, si vous rendez l’ancienne.
          {prices === undefined ? (
            ' Les autres prix sont fixés sur place et n’ont pas été relevés ici : demandez-les à votre mairie.'
          ) : (
            <>
              {' '}
              Prix du passeport : <strong>{prices.passport}</strong>. Carte d’identité perdue ou volée :{' '}
              <strong>{prices.lostCard}</strong>.
            </>
          )}
          {fees.map(({ label, values }) => (
            <>
              {' '}
              {label} :{' '}
              <strong>{values.find(({ from }) => from <= today)?.text ?? 'tarif non relevé'}</strong>.
            </>
          ))}
        </p>
        <h2>Permis de conduire, carte grise, titre de séjour</h2>
        {prices === undefined ? (
          <p>
            Ces démarches peuvent suivre ici des règles propres, qui n’ont pas été relevées : demandez-les aux
            services de l’État sur place.
          </p>
        ) : (
          <p>
            Ces démarches se font en ligne, sans passer en mairie :{' '}
            <a href="https://permisdeconduire.ants.gouv.fr" rel="external">
              permis de conduire
            </a>
            ,{' '}
            <a href="https://immatriculation.ants.gouv.fr" rel="external">
              carte grise
            </a>
            ,{' '}
            <a href="https://administration-etrangers-en-france.interieur.gouv.fr" rel="external">
              titre de séjour
            </a>
            . Combien de temps chacune prend : <a href={paths.delays()}>les délais publiés</a>.
          </p>
        )}
        <h2>Pourquoi l’attente est-elle longue ?</h2>
        <p>
          Les titres délivrés la même année finissent la même année : les demandes reviennent par vagues.
          Quand elles dépassent les rendez-vous offerts, la file s’allonge chaque jour, même si personne ne
          travaille moins vite.
        </p>
        <h2>Quand la foule reviendra-t-elle ?</h2>
        {'reason' in coming ? (
          <p>On ne sait pas encore le dire : {coming.reason}</p>
        ) : coming.wave === undefined ? (
          <p>Aucune année ne sort nettement de l’ordinaire dans la projection.</p>
        ) : (
          <p>
            <strong>{coming.wave.title} (estimation).</strong> {coming.wave.text}
          </p>
        )}
        <p>
          <strong>Vous pouvez l’éviter.</strong> Depuis le {frenchDay(earlyRenewal.from)}, un majeur dont la
          carte est encore valide mais d’ancien format peut la remplacer tout de suite, gratuitement. Elle ne
          servira plus à voyager en Europe après le {frenchDay(earlyRenewal.travelEnd)}.
        </p>
        <p class="no-print">
          Un mot n’est pas clair ? Voyez le <a href={`${paths.method()}#glossaire`}>glossaire</a>.
        </p>
        <h2>D’où viennent ces informations</h2>
        <p class="sources">
          {capitalised(
            [
              ...stepSources(steps),
              TO_BRING.source,
              ...(prices?.sources ?? []),
              ...new Set(
                fees.flatMap(({ values }) => values.find(({ from }) => from <= today)?.source.title ?? []),
              ),
              earlyRenewal.source,
              ...('reason' in coming ? [] : [`${coming.source} (années à venir)`]),
            ].join(' ; '),
          )}
          .
        </p>
      </div>
    </Page>
  )
}

function Where({ placeName, halls, wait, search, today }: UsersPageProps) {
  const near = search?.found === 'one' ? search.town : undefined
  const isKnown = ({ hall, wait }: HallNearby) => wait !== undefined || hall.withoutAppointment
  const ranked = near === undefined ? halls.filter(isKnown) : halls.slice(0, MOST_NEAR)
  const others = near === undefined ? halls.filter(one => !isKnown(one)) : []
  const choice = (
    <p>
      <strong>Vous avez le choix :</strong> comparez les premiers créneaux libres sur{' '}
      <a href="https://rendezvouspasseport.ants.gouv.fr" rel="external">
        rendezvouspasseport.ants.gouv.fr
      </a>{' '}
      (les mairies qui réservent par téléphone n’y sont pas).
    </p>
  )
  return (
    <>
      {search !== undefined && <Search search={search} placeName={placeName} />}
      {choice}
      {wait?.median !== undefined && (
        <p>
          <strong>Aujourd’hui, {placeName} :</strong> environ {frenchDays(roundedDays(wait.median), 0)}{' '}
          d’attente ({STATUS_WORDS.estimated} ; {waitBand(wait)}).
        </p>
      )}
      {ranked.length === 0 ? (
        <p>
          <strong>L’attente de chaque mairie n’est pas publiée</strong> : nous ne pouvons pas vous dire
          laquelle est la plus rapide.
          {near !== undefined &&
            ` La liste des mairies équipées n’est pas importée ici : ce site officiel montre celles qui sont près ${ofName(near.name)}.`}
        </p>
      ) : (
        <Table
          id="attentes"
          caption={
            near === undefined
              ? `Attente d’un rendez-vous${ranked.length > 1 ? ', de la plus courte à la plus longue' : ', seule mairie connue'}`
              : `Les mairies équipées les plus proches ${ofName(near.name)}`
          }
          rows={ranked}
          columns={[
            {
              label: 'Mairie',
              cell: ({ hall }) => (
                <a
                  href={
                    hall.listed ? paths.townHall({ insee: hall.insee }) : paths.waits({ place: hall.insee })
                  }
                >
                  {hall.name}
                </a>
              ),
              file: [{ value: ({ hall }) => hall.name }],
            },
            ...(near === undefined
              ? []
              : [{ label: 'À vol d’oiseau', figure: (one: HallNearby) => one.km, unit: 'km' }]),
            {
              label: 'Attente',
              numeric: true,
              file: [
                { value: ({ wait }) => wait?.days, unit: 'jours', type: 'number' },
                {
                  label: 'Nature',
                  value: ({ hall, wait }) =>
                    hall.withoutAppointment ? 'sans rendez-vous' : wait && STATUS_WORDS[wait.status],
                },
              ],
              cell: ({ hall, wait }) =>
                hall.withoutAppointment
                  ? 'sans rendez-vous'
                  : wait === undefined
                    ? 'non publiée'
                    : waitWords(wait),
            },
            {
              label: 'Période',
              cell: ({ wait }) =>
                wait === undefined
                  ? '–'
                  : `${frenchPeriod(wait.period)}${isOldWait(wait, today) ? ' – ancien' : ''}`,
            },
          ]}
        />
      )}
      {others.length > 0 && (
        <p>
          {ranked.length > 0 ? 'Attente non publiée : ' : 'Mairies équipées connues : '}
          {frenchList(others.map(({ hall }) => hall.name))}.
        </p>
      )}
    </>
  )
}

/** A bound says itself what it is. */
function waitWords({ days, status }: LatestWait): string {
  const written = frenchQuantity(days, 'day')
  const words = status === 'estimated' ? `environ ${written}` : bounded(status, written)
  return words.startsWith(STATUS_WORDS[status]) ? words : `${words} (${STATUS_WORDS[status]})`
}

function Search({ search, placeName }: { search: TownSearch; placeName: string }) {
  if (search.found === 'one') return null
  if (search.found === 'none')
    return (
      <p role="status">
        {placeName} : aucune commune ne s’appelle « {search.words} ». Vérifiez son nom, ou choisissez dans la
        liste.
      </p>
    )
  return (
    <p role="status">
      Plusieurs communes commencent ainsi :{' '}
      {search.names.map((name, i) => (
        <>
          {i > 0 && ', '}
          <a href={paths.users({ ville: name })}>{name}</a>
        </>
      ))}
      .
    </p>
  )
}
