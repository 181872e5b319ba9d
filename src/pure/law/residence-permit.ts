import type { Day } from '../calendar/day.ts'
import type { Dated } from './dated.ts'

/** Kinds of residence permit whose term is known. */
export const PERMITS = [
  'temporary',
  'pluriannual',
  'intra-company',
  'seasonal',
  'student',
  'resident',
  'algerian',
  'refugee',
  'subsidiary',
  'retired',
  'withdrawal-agreement',
  'withdrawal-agreement-permanent',
] as const
/** Code of a kind of residence permit. */
export type Permit = (typeof PERMITS)[number]

/** The kind of permit that the variant of a series speaks of. Example: `kind=refugee` → refugee. */
export function permitKind(variant: string): Permit | undefined {
  const told = variant.split(';').find(mark => mark.startsWith('kind='))
  return PERMITS.find(kind => told === `kind=${kind}`)
}

/** Term of a permit. The foreigners' code fixes maxima; the withdrawal agreement fixes the term itself. */
export interface PermitTerm {
  years: number
  atMost: boolean
}

const RECODIFIED: Day = '2021-05-01'
const PLURIANNUAL = {
  title: 'CESEDA, art. L. 411-4',
  href: 'https://legal.tricoteuses.fr/articles/LEGIARTI000042776902',
}

/** Term of each kind of permit, by day of issue. */
export const PERMIT_TERMS: Record<Permit, Dated<PermitTerm>> = {
  temporary: {
    label: 'Visa de long séjour valant titre de séjour et carte de séjour temporaire',
    unit: 'année',
    checked: '2026-11-23',
    values: [
      {
        from: RECODIFIED,
        value: { years: 1, atMost: true },
        source: {
          title: 'CESEDA, art. L. 411-1 et suivants',
          href: 'https://www.legifrance.gouv.fr/codes/id/LEGISCTA000042771448',
        },
      },
    ],
  },
  pluriannual: {
    label: 'Carte de séjour pluriannuelle',
    unit: 'année',
    checked: '2026-11-23',
    values: [
      {
        from: RECODIFIED,
        value: { years: 4, atMost: true },
        source: PLURIANNUAL,
        note: 'Étudiants : durée restante du cycle. Suit une première année de carte temporaire ou de visa (art. L. 433-4).',
      },
    ],
  },
  'intra-company': {
    label: 'Carte de séjour pluriannuelle, salarié détaché ICT',
    unit: 'année',
    checked: '2026-11-23',
    values: [{ from: RECODIFIED, value: { years: 3, atMost: true }, source: PLURIANNUAL }],
  },
  seasonal: {
    label: 'Carte de séjour pluriannuelle, travailleur saisonnier',
    unit: 'année',
    checked: '2026-11-23',
    values: [{ from: RECODIFIED, value: { years: 3, atMost: true }, source: PLURIANNUAL }],
  },
  resident: {
    label: 'Carte de résident',
    unit: 'année',
    checked: '2026-11-23',
    values: [
      {
        from: RECODIFIED,
        value: { years: 10, atMost: false },
        source: { title: 'Cabinet Lejeune-Brachet (cartes de résident et « retraité »)' },
      },
    ],
  },
  student: {
    label: 'Carte de séjour pluriannuelle, étudiant',
    unit: 'année',
    checked: '2026-11-29',
    values: [
      {
        from: RECODIFIED,
        value: { years: 4, atMost: true },
        source: PLURIANNUAL,
        note: 'Durée restante du cycle d’études.',
      },
    ],
  },
  algerian: {
    label: 'Certificat de résidence pour Algérien, dix ans',
    unit: 'année',
    checked: '2026-11-29',
    values: [
      {
        from: '2003-01-01',
        value: { years: 10, atMost: false },
        source: { title: 'Accord franco-algérien du 27 décembre 1968, art. 7 bis, 3e avenant' },
      },
    ],
  },
  refugee: {
    label: 'Carte de résident, réfugié',
    unit: 'année',
    checked: '2026-11-29',
    values: [
      {
        from: RECODIFIED,
        value: { years: 10, atMost: false },
        source: { title: 'CESEDA, art. L. 424-1' },
      },
    ],
  },
  subsidiary: {
    label: 'Carte de séjour pluriannuelle, protection subsidiaire',
    unit: 'année',
    checked: '2026-11-29',
    values: [
      { from: RECODIFIED, value: { years: 4, atMost: true }, source: { title: 'CESEDA, art. L. 424-9' } },
    ],
  },
  retired: {
    label: 'Carte de séjour « retraité »',
    unit: 'année',
    checked: '2026-11-29',
    values: [
      {
        from: RECODIFIED,
        value: { years: 10, atMost: false },
        source: { title: 'Cabinet Lejeune-Brachet (cartes de résident et « retraité »)' },
      },
    ],
  },
  'withdrawal-agreement': {
    label: 'Accord de retrait du Royaume-Uni, moins de cinq ans de résidence',
    unit: 'année',
    checked: '2026-11-23',
    values: [
      {
        from: '2020-11-20',
        value: { years: 5, atMost: false },
        source: {
          title: 'Décret n° 2020-1417 du 19 novembre 2020, art. 12',
          href: 'https://juriblio.fr/decrets/decret-no-2020-1417-du-19-novembre-2020/176756432/chapitre-v',
        },
        note: 'S’échange ensuite, sans réexamen, contre une carte de dix ans.',
      },
    ],
  },
  'withdrawal-agreement-permanent': {
    label: 'Accord de retrait du Royaume-Uni, séjour permanent',
    unit: 'année',
    checked: '2026-11-23',
    values: [
      {
        from: '2020-11-20',
        value: { years: 10, atMost: false },
        source: {
          title: 'Décret n° 2020-1417 du 19 novembre 2020, art. 21',
          href: 'https://legal.tricoteuses.fr/articles/LEGIARTI000044106678',
        },
      },
    ],
  },
}

/** Consecutive renewals of the same temporary permit at most. */
export const MOST_SAME_RENEWALS: Dated<number> = {
  label: 'Renouvellements de suite d’une même carte temporaire, au plus',
  unit: 'fois',
  checked: '2026-11-23',
  values: [
    {
      from: '2024-01-28',
      value: 3,
      source: {
        title: 'CESEDA, art. L. 433-1-1 (loi n° 2024-42 du 26 janvier 2024)',
        href: 'https://legal.tricoteuses.fr/articles/LEGIARTI000042776364',
      },
      note: 'Sauf les cas que l’article excepte ; jour d’effet pris au lendemain de la publication.',
    },
  ],
}

/** What a first pluriannual card and a resident card ask of a holder's French and civics. */
export const PERMIT_LANGUAGE: Dated<string> = {
  label: 'Langue et examen civique, première carte pluriannuelle et carte de résident',
  unit: 'niveau',
  checked: '2026-11-23',
  values: [
    {
      from: '2026-01-01',
      value: 'A2 pour la première carte pluriannuelle, B1 pour la carte de résident, et un examen civique',
      source: { title: 'Décret n° 2025-647 (bladi.net 118693 ; flead.fr)' },
      note: 'Davantage de cartes d’un an sont à attendre.',
    },
  ],
}

const MINISTRY = { title: 'Ministère de l’Intérieur, pages Brexit (deux versions successives)' }
const DECIDED_UNKNOWN =
  'Le jour de la décision n’a pas été relevé : le report est daté du lendemain de l’échéance qu’il repousse.'

/** Last day on which British residents could apply on the portal. */
export const BRITISH_APPLICATIONS_END: Dated<Day> = {
  label: 'Fermeture du portail de demande des Britanniques',
  unit: 'jour',
  checked: '2026-11-23',
  values: [
    { from: '2021-07-01', value: '2021-10-04', source: MINISTRY, note: DECIDED_UNKNOWN },
    { from: '2020-11-20', value: '2021-06-30', source: MINISTRY },
  ],
}

/** First day on which British residents had to hold a permit. */
export const BRITISH_OBLIGATION: Dated<Day> = {
  label: 'Obligation des Britanniques de détenir un titre de séjour',
  unit: 'jour',
  checked: '2026-11-23',
  values: [
    { from: '2021-07-01', value: '2022-01-01', source: MINISTRY, note: DECIDED_UNKNOWN },
    { from: '2020-11-20', value: '2021-10-01', source: MINISTRY },
  ],
}

/** How long before its end a five-year permit of the withdrawal agreement may be exchanged. */
export const BRITISH_EXCHANGE_MONTHS: Dated<number> = {
  label: 'Échange d’une carte de cinq ans de l’accord de retrait, avant son expiration',
  unit: 'mois',
  checked: '2026-11-23',
  values: [
    {
      from: '2025-01-01',
      value: 3,
      source: { title: 'britishinfrance.com ; The Connexion, article 764114' },
      note: 'Jour d’effet non relevé ; les échanges se concentrent sur 2025 et 2026.',
    },
  ],
}
