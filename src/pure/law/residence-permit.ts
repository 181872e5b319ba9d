import type { Day } from '../calendar/day.ts'
import { type Dated, ruleSince, type Source } from './dated.ts'

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

const LAWYER = { title: 'Cabinet Lejeune-Brachet (cartes de résident et « retraité »)' }

const atMost = (years: number): PermitTerm => ({ years, atMost: true })
const exactly = (years: number): PermitTerm => ({ years, atMost: false })

/** A term that has had one value since its day, that of the recodification unless said. */
function term(
  label: string,
  checked: Day,
  value: PermitTerm,
  source: Source,
  { from = RECODIFIED, ...note }: { from?: Day; note?: string } = {},
): Dated<PermitTerm> {
  return { label, unit: 'année', checked, values: [{ from, value, source, ...note }] }
}

/** Term of each kind of permit, by day of issue. */
export const PERMIT_TERMS: Record<Permit, Dated<PermitTerm>> = {
  temporary: term(
    'Visa de long séjour valant titre de séjour et carte de séjour temporaire',
    '2026-11-23',
    atMost(1),
    {
      title: 'CESEDA, art. L. 411-1 et suivants',
      href: 'https://www.legifrance.gouv.fr/codes/id/LEGISCTA000042771448',
    },
  ),
  pluriannual: term('Carte de séjour pluriannuelle', '2026-11-23', atMost(4), PLURIANNUAL, {
    note: 'Étudiants : durée restante du cycle. Suit une première année de carte temporaire ou de visa (art. L. 433-4).',
  }),
  'intra-company': term(
    'Carte de séjour pluriannuelle, salarié détaché ICT',
    '2026-11-23',
    atMost(3),
    PLURIANNUAL,
  ),
  seasonal: term(
    'Carte de séjour pluriannuelle, travailleur saisonnier',
    '2026-11-23',
    atMost(3),
    PLURIANNUAL,
  ),
  resident: term('Carte de résident', '2026-11-23', exactly(10), LAWYER),
  student: term('Carte de séjour pluriannuelle, étudiant', '2026-11-29', atMost(4), PLURIANNUAL, {
    note: 'Durée restante du cycle d’études.',
  }),
  algerian: term(
    'Certificat de résidence pour Algérien, dix ans',
    '2026-11-29',
    exactly(10),
    { title: 'Accord franco-algérien du 27 décembre 1968, art. 7 bis, 3e avenant' },
    { from: '2003-01-01' },
  ),
  refugee: term('Carte de résident, réfugié', '2026-11-29', exactly(10), {
    title: 'CESEDA, art. L. 424-1',
  }),
  subsidiary: term('Carte de séjour pluriannuelle, protection subsidiaire', '2026-11-29', atMost(4), {
    title: 'CESEDA, art. L. 424-9',
  }),
  retired: term('Carte de séjour « retraité »', '2026-11-29', exactly(10), LAWYER),
  'withdrawal-agreement': term(
    'Accord de retrait du Royaume-Uni, moins de cinq ans de résidence',
    '2026-11-23',
    exactly(5),
    {
      title: 'Décret n° 2020-1417 du 19 novembre 2020, art. 12',
      href: 'https://juriblio.fr/decrets/decret-no-2020-1417-du-19-novembre-2020/176756432/chapitre-v',
    },
    {
      from: '2020-11-20',
      note: 'S’échange ensuite, sans réexamen, contre une carte de dix ans.',
    },
  ),
  'withdrawal-agreement-permanent': term(
    'Accord de retrait du Royaume-Uni, séjour permanent',
    '2026-11-23',
    exactly(10),
    {
      title: 'Décret n° 2020-1417 du 19 novembre 2020, art. 21',
      href: 'https://legal.tricoteuses.fr/articles/LEGIARTI000044106678',
    },
    { from: '2020-11-20' },
  ),
}

/** Consecutive renewals of the same temporary permit at most. */
export const MOST_SAME_RENEWALS = ruleSince<number>(
  'Renouvellements de suite d’une même carte temporaire, au plus',
  'fois',
  '2026-11-23',
  {
    from: '2024-01-28',
    value: 3,
    source: {
      title: 'CESEDA, art. L. 433-1-1 (loi n° 2024-42 du 26 janvier 2024)',
      href: 'https://legal.tricoteuses.fr/articles/LEGIARTI000042776364',
    },
    note: 'Sauf les cas que l’article excepte ; jour d’effet pris au lendemain de la publication.',
  },
)

/** What a first pluriannual card and a resident card ask of a holder's French and civics. */
export const PERMIT_LANGUAGE = ruleSince<string>(
  'Langue et examen civique, première carte pluriannuelle et carte de résident',
  'niveau',
  '2026-11-23',
  {
    from: '2026-01-01',
    value: 'A2 pour la première carte pluriannuelle, B1 pour la carte de résident, et un examen civique',
    source: { title: 'Décret n° 2025-647 (bladi.net 118693 ; flead.fr)' },
    note: 'Davantage de cartes d’un an sont à attendre.',
  },
)

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
export const BRITISH_EXCHANGE_MONTHS = ruleSince<number>(
  'Échange d’une carte de cinq ans de l’accord de retrait, avant son expiration',
  'mois',
  '2026-11-23',
  {
    from: '2025-01-01',
    value: 3,
    source: { title: 'britishinfrance.com ; The Connexion, article 764114' },
    note: 'Jour d’effet non relevé ; les échanges se concentrent sur 2025 et 2026.',
  },
)
