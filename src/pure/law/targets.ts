import { type Dated, ruleSince, type Source } from './dated.ts'

const COMMITTEE: Source = {
  title: 'Préfecture de la Charente, compte rendu du comité local des usagers du 5 avril 2022',
}
const REPLY_1285: Source = {
  title: 'Réponse ministérielle, Assemblée nationale, question n° 1285, 21 janvier 2025 (ID.CiTé)',
}
const INSTRUCTION_2022: Source = {
  title: 'Instruction du ministère de l’Intérieur d’avril 2022 (Villes de France)',
}
const APRIL_2022_NOTE = 'Avril 2022, jour non relevé.'
const PRIME_MINISTER: Source = {
  title: 'Première ministre, 21 avril 2023 (20 Minutes ; France Bleu, mai 2023)',
  href: 'https://www.francebleu.fr/infos/societe/passeports-et-cartes-d-identite-6265103',
}

/** Mean days to issue identity cards, passports, registrations and licences that the prefecture set itself. */
export const ISSUANCE_TARGET_DAYS = ruleSince<number>(
  'Objectif de délai moyen de délivrance (CNI et passeports, CIV, permis)',
  'jour',
  '2026-11-23',
  {
    from: '2021-01-01',
    value: 14,
    source: COMMITTEE,
    note: 'Diapositive « Les indicateurs qualité 2021 », colonne Objectif.',
  },
)

/** Mean days of wait for an appointment that the government asked for. */
export const APPOINTMENT_TARGET_DAYS: Dated<number> = {
  label: 'Objectif national d’attente d’un rendez-vous en mairie',
  unit: 'jour',
  checked: '2026-11-23',
  values: [
    { from: '2023-09-23', value: 20, source: PRIME_MINISTER, note: 'Pour l’automne 2023.' },
    { from: '2023-06-21', value: 30, source: PRIME_MINISTER, note: 'Pour l’été 2023.' },
    {
      from: '2023-01-01',
      value: 30,
      source: {
        title: 'Sénat, question n° 02043 (2024), objectif fixé aux préfets pour le 1er trimestre 2023',
        href: 'https://www.senat.fr/questions/base/2024/qSEQ241002043.html',
      },
    },
  ],
}

/** Days given to the examination of a file by a CERT. */
export const EXAMINATION_TARGET_DAYS = ruleSince<number>(
  'Objectif national de délai d’instruction',
  'jour',
  '2026-11-23',
  { from: '2024-01-01', value: 15, source: REPLY_1285, note: 'Objectif 2024-2025.' },
)

/** Days given from the application to the delivery of the title. */
export const DELIVERY_TARGET_DAYS = ruleSince<number>(
  'Objectif national de délai de délivrance',
  'jour',
  '2026-11-23',
  { from: '2024-01-01', value: 21, source: REPLY_1285, note: 'Objectif 2024-2025.' },
)

/** Requests a year above which the ministry calls a station overloaded. */
export const OVERLOAD_REQUESTS = ruleSince<number>(
  'Seuil de surcharge d’une station',
  'demande par an et par station',
  '2026-11-23',
  { from: '2022-04-01', value: 3750, source: INSTRUCTION_2022, note: APRIL_2022_NOTE },
)

/** Minutes of an appointment recommended, and asked of a commune that gets a further station. */
export const APPOINTMENT_MINUTES = ruleSince<number>(
  'Durée recommandée d’un rendez-vous',
  'minute',
  '2026-11-23',
  {
    from: '2022-04-01',
    value: 15,
    source: {
      title: 'Instruction d’avril 2022 (Villes de France) ; recommandation de l’ANTS (RDV Service Public)',
      href: 'https://github.com/betagouv/rdv-service-public/pull/3587',
    },
    note: APRIL_2022_NOTE,
  },
)

/** Hours a week that a further station must be open. */
export const STATION_HOURS = ruleSince<number>(
  'Ouverture demandée pour une nouvelle station',
  'heure par semaine',
  '2026-11-23',
  { from: '2022-04-01', value: 30, source: INSTRUCTION_2022, note: APRIL_2022_NOTE },
)

const PLAN_2022: Source = {
  title: 'Plan d’urgence du 4 mai 2022 (La Gazette des communes, 809580)',
}

/** Longest appointment with which the plan of May 2022 counts. */
export const PLAN_LONGEST_MINUTES = ruleSince<number>(
  'Plan d’urgence : durée maximale d’un rendez-vous',
  'minute',
  '2026-11-23',
  { from: '2022-05-04', value: 20, source: PLAN_2022 },
)

/** Hours a week with which the plan of May 2022 counts: seven hours, five days. */
export const PLAN_STATION_HOURS = ruleSince<number>(
  'Plan d’urgence : utilisation d’une station',
  'heure par semaine',
  '2026-11-23',
  { from: '2022-05-04', value: 35, source: PLAN_2022, note: 'Sept heures par jour, cinq jours.' },
)

/** Files an agent of the CERT is asked to handle a day: a target, where 95 and 100 are what was observed. */
export const PRODUCTIVITY_TARGET = ruleSince<number>(
  'Objectif de productivité du CERT de la Charente',
  'dossier par jour et par agent',
  '2026-11-23',
  {
    from: '2022-04-05',
    value: 80,
    source: COMMITTEE,
    note: 'Section II – 2. Le document ne dit pas depuis quand : connu au jour de la séance.',
  },
)

/** Share of the inhabitants that should visit the prefecture's site each month. */
export const SITE_VISIT_TARGET_PERCENT = ruleSince<number>(
  'Cible minimale de connexions mensuelles au site de la préfecture',
  '% de la population',
  '2026-11-23',
  { from: '2021-01-01', value: 5, source: COMMITTEE, note: 'Section II – 1.' },
)

/** Working days in which the prefecture answers an e-mail. */
export const EMAIL_ANSWER_WORKING_DAYS = ruleSince<number>(
  'Engagement de réponse aux courriels',
  'jour ouvré',
  '2026-11-23',
  { from: '2022-04-05', value: 5, source: COMMITTEE, note: 'Diapositive « Nos courriels types ».' },
)
