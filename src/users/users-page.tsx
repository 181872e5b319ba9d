import type { HallWait, LatestWait } from '../places/town-hall.ts'
import type { Day } from '../pure/calendar/day.ts'
import { STATUS_WORDS } from '../pure/elements/key-figure.tsx'
import { Table } from '../pure/elements/table.tsx'
import type { ExplanationLine } from '../pure/figures/explanation.ts'
import type { QuarterPoint } from '../pure/figures/quarterly-series.ts'
import {
  capitalised,
  frenchDay,
  frenchDays,
  frenchList,
  frenchPercent,
  frenchPeriod,
  longQuarter,
} from '../pure/french/french.ts'
import type { PublicRule } from '../pure/law/rules.ts'
import { Page, type Site } from '../pure/pages/layout.tsx'
import type { Step } from './step.ts'

/** What the page tells of the time to come: the wave, and what spares a holder of an old card. */
export interface Coming {
  wave: ExplanationLine | undefined
  source: string
}

interface UsersPageProps {
  site: Site
  placeName: string
  halls: readonly HallWait[]
  /** The last two quarters published for the department, the newest last. */
  lastQuarters: readonly QuarterPoint[]
  nation: LatestWait | undefined
  coming: Coming | { reason: string }
  earlyRenewal: { from: Day; travelEnd: Day; source: string }
  steps: readonly Step[]
  /** What titles cost, each with its text. */
  fees: readonly PublicRule[]
  today: Day
}

/** For anyone who needs a card or a passport: where, why so long, when it gets busy, what to prepare. One sheet of paper. */
export function UsersPage(props: UsersPageProps) {
  const { site, placeName, halls, lastQuarters, nation, coming, earlyRenewal, steps, fees, today } = props
  return (
    <Page
      site={site}
      title="Demander une carte d’identité ou un passeport"
      path="/usagers"
      trail={[{ label: 'Accueil', href: '/' }]}
      lead={`${placeName} : où aller, pourquoi l’attente est longue, quand la foule reviendra, et que préparer. Cette page s’imprime.`}
    >
      <h2>Que préparer, étape par étape</h2>
      <ol class="steps">
        {steps.map(step => (
          <li>
            <strong>{step.title}.</strong> {step.text}
          </li>
        ))}
      </ol>
      <ul class="links no-print">
        <li>
          <a class="fr-link" href="https://passeport.ants.gouv.fr/demarches-en-ligne" rel="external">
            Faire la pré-demande (France Titres)
          </a>
        </li>
        <li>
          <a
            class="fr-link"
            href="https://www.service-public.gouv.fr/particuliers/vosdroits/N358"
            rel="external"
          >
            Voir la liste des pièces de votre cas (Service-Public)
          </a>
        </li>
      </ul>
      <h2>Combien cela coûte</h2>
      <ul>
        <li>Carte d’identité : gratuite, si vous rendez l’ancienne.</li>
        {fees.map(({ label, values }) => (
          <li>
            {label} : <strong>{values.find(({ from }) => from <= today)?.text ?? 'tarif non relevé'}</strong>
          </li>
        ))}
      </ul>
      <h2>Où l’attente est-elle la plus courte ?</h2>
      <Where halls={halls} nation={nation} today={today} />
      <h2>Pourquoi l’attente est-elle longue ?</h2>
      <Why placeName={placeName} lastQuarters={lastQuarters} today={today} />
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
        Un mot n’est pas clair ? Voyez le <a href="/methode#glossaire">glossaire</a>.
      </p>
      <h2>D’où viennent ces informations</h2>
      <p class="sources">
        {capitalised(
          [
            ...new Set(steps.flatMap(step => step.source.split(' ; '))),
            ...new Set(
              fees.flatMap(({ values }) => values.find(({ from }) => from <= today)?.source.title ?? []),
            ),
            earlyRenewal.source,
            ...('reason' in coming ? [] : [`${coming.source} (années à venir)`]),
          ].join(' ; '),
        )}
        .
      </p>
    </Page>
  )
}

function Where({ halls, nation, today }: Pick<UsersPageProps, 'halls' | 'nation' | 'today'>) {
  const ranked = halls.filter(({ hall, wait }) => wait !== undefined || hall.withoutAppointment)
  const others = halls.filter(({ hall, wait }) => wait === undefined && !hall.withoutAppointment)
  const choice = (
    <p>
      <strong>Vous avez le choix :</strong> toute mairie équipée peut vous recevoir, où que vous habitiez.
      Comparez les premiers créneaux libres sur{' '}
      <a href="https://rendezvouspasseport.ants.gouv.fr" rel="external">
        rendezvouspasseport.ants.gouv.fr
      </a>{' '}
      (les mairies qui réservent par téléphone n’y sont pas).
    </p>
  )
  return (
    <>
      {choice}
      {ranked.length === 0 ? (
        <p>
          <strong>L’attente de chaque mairie n’est pas publiée</strong> : nous ne pouvons pas vous dire
          laquelle est la plus rapide.
          {nation !== undefined &&
            ` En France, le dernier chiffre connu est de ${waitWords(nation)} (${frenchPeriod(nation.period)}, ${nation.publisher}).`}
        </p>
      ) : (
        <Table
          id="attentes"
          caption={`Attente d’un rendez-vous${ranked.length > 1 ? ', de la plus courte à la plus longue' : ', seule mairie connue'}`}
          rows={ranked}
          columns={[
            {
              label: 'Mairie',
              cell: ({ hall }) => <a href={`/mairies/${hall.insee}`}>{hall.name}</a>,
              file: [{ value: ({ hall }) => hall.name }],
            },
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
                hall.withoutAppointment ? 'sans rendez-vous' : wait && waitWithStatus(wait),
            },
            {
              label: 'Période',
              cell: ({ wait }) =>
                wait === undefined
                  ? '–'
                  : `${frenchPeriod(wait.period)}${isOld(wait.until, today) ? ' – ancien' : ''}`,
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
function waitWithStatus(wait: LatestWait): string {
  const bound = wait.status === 'censored' || wait.status === 'at-most'
  return bound ? waitWords(wait) : `${waitWords(wait)} (${STATUS_WORDS[wait.status]})`
}

function waitWords({ days, status }: LatestWait): string {
  const written = frenchDays(days, Number.isInteger(days) ? 0 : 1)
  if (status === 'censored') return `au moins ${written}`
  if (status === 'at-most') return `au plus ${written}`
  return status === 'estimated' ? `environ ${written}` : written
}

function Why({
  placeName,
  lastQuarters,
  today,
}: Pick<UsersPageProps, 'placeName' | 'lastQuarters' | 'today'>) {
  const last = lastQuarters.at(-1)
  return (
    <>
      <p>
        Les titres délivrés la même année finissent la même année : les demandes reviennent par vagues. Quand
        elles dépassent les rendez-vous offerts, la file s’allonge chaque jour, même si personne ne travaille
        moins vite.
      </p>
      {last === undefined ? (
        <p>{placeName} : aucune attente n’est publiée.</p>
      ) : (
        <p>
          Au {longQuarter(last.quarter)}, {placeName},{' '}
          {last.impliedOverloadPct !== null &&
            last.impliedOverloadPct > 0.5 &&
            `les demandes dépassaient d’environ ${frenchPercent(last.impliedOverloadPct, 0)} les rendez-vous offerts (calculé) : `}
          l’attente moyenne était de <strong>{frenchDays(last.days, 0)}</strong> ({STATUS_WORDS[last.status]}
          ).
          {isOld(`${last.quarter.slice(0, 4)}-12-31`, today) &&
            ' C’est le dernier chiffre publié : il est ancien, et la situation a pu changer.'}
        </p>
      )}
    </>
  )
}

/** Beyond a year a wait says nothing of today. */
function isOld(until: Day, today: Day): boolean {
  return until < `${Number(today.slice(0, 4)) - 1}${today.slice(4)}`
}
