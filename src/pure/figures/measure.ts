/** What a published figure measures. A measure fixes the unit; a delay also needs its clock (`Clock`). */
export const MEASURES = {
  'issuance-delay': { name: 'Délai de délivrance', unit: 'day' },
  'issued-within-target': { name: 'Part des titres délivrés dans l’objectif', unit: 'percent' },
  'oldest-file-age': { name: 'Âge du plus ancien dossier en stock', unit: 'day' },
  'appointment-wait': { name: 'Attente d’un rendez-vous en mairie', unit: 'day' },
  'appointment-wait-p80': { name: 'Attente dépassée par un rendez-vous sur cinq', unit: 'day' },
  'no-show-rate': { name: 'Part des rendez-vous non honorés', unit: 'percent' },
  'non-resident-rate': { name: 'Part des usagers d’une autre commune', unit: 'percent' },
  'weekly-opening': { name: 'Heures d’ouverture de la mairie par semaine', unit: 'count' },
  applications: { name: 'Demandes reçues', unit: 'count' },
  'titles-issued': { name: 'Titres délivrés', unit: 'count' },
  decisions: { name: 'Décisions positives', unit: 'count' },
  stock: { name: 'Dossiers en stock', unit: 'count' },
  'agent-productivity': { name: 'Dossiers instruits par jour et par ETPO', unit: 'count' },
  'calls-received': { name: 'Appels reçus', unit: 'count' },
  'calls-lost': { name: 'Appels perdus', unit: 'count' },
  'calls-answered-rate': { name: 'Taux d’appels décrochés', unit: 'percent' },
  'site-visits': { name: 'Visites du site internet', unit: 'count' },
  'site-visit-rate': { name: 'Taux de connexions au site internet', unit: 'percent' },
  'twitter-engagements': { name: 'Engagements sur Twitter', unit: 'count' },
  'facebook-engagements': { name: 'Engagements sur Facebook', unit: 'count' },
  'twitter-impressions': { name: 'Impressions sur Twitter', unit: 'count' },
  'facebook-impressions': { name: 'Impressions sur Facebook', unit: 'count' },
  'social-engagement-rate': { name: 'Taux d’engagement sur les réseaux sociaux', unit: 'percent' },
  'equipped-town-halls': { name: 'Mairies équipées d’un dispositif de recueil', unit: 'count' },
  'requests-not-made': { name: 'Demandes non déposées pendant la crise sanitaire', unit: 'count' },
  'digital-identities': { name: 'Identités numériques créées', unit: 'count' },
  'electronic-cards': { name: 'Cartes d’identité électroniques remises', unit: 'count' },
  grant: { name: 'Dotation pour les titres sécurisés', unit: 'euro' },
  population: { name: 'Population de référence', unit: 'count' },
} as const satisfies Record<string, { name: string; unit: 'day' | 'count' | 'percent' | 'euro' }>

/** Code of a measure. */
export type Measure = keyof typeof MEASURES

/** Whether a text is the code of a measure. */
export function isMeasure(text: string): text is Measure {
  return Object.hasOwn(MEASURES, text)
}

/**
 * From when to when a delay is counted, and over which files. Two delays on different clocks are different
 * figures: after an injection of old files the forward delay jumps the next day, the published one months later.
 */
export const CLOCKS = {
  'issued-in-period': 'moyenne sur les titres délivrés dans la période (regarde en arrière)',
  'decided-in-period': 'moyenne sur les demandes décidées dans la période (regarde en arrière)',
  'appointment-as-published':
    'attente moyenne observée, telle que publiée (définition non précisée par la source)',
  'first-free-slot': 'jours jusqu’au premier créneau libre',
  'booked-to-seen': 'jours entre la prise de rendez-vous et le rendez-vous, usagers reçus dans la période',
  'request-to-receipt': 'de la demande à la réception du titre (toute la chaîne)',
  'instruction-only': 'instruction au CERT seule',
  'not-a-delay': '',
} as const

/** Code of a clock. */
export type Clock = keyof typeof CLOCKS

/** How many values became one, in French. */
export const STATISTIC_WORDS = {
  mean: 'moyenne',
  median: 'médiane : la moitié attend plus',
  p80: '80e centile : un sur cinq attend plus',
  p90: '90e centile : un sur dix attend plus',
  minimum: 'minimum',
  maximum: 'maximum',
  total: 'total',
  rate: 'part',
  'as-published': 'telle que publiée, sans autre précision',
} as const
/** Code of a statistic. */
export type Statistic = keyof typeof STATISTIC_WORDS
/** Codes of statistics. */
export const STATISTICS = Object.keys(STATISTIC_WORDS) as [Statistic, ...Statistic[]]

/**
 * The statistic that a value is followed under: what a source calls an average, and what it does not call anything, are one
 * series; a median, a percentile or an extreme is another, never compared with them.
 */
export function followedStatistic(statistic: Statistic): Statistic {
  return statistic === 'as-published' ? 'mean' : statistic
}

/** Whether a statistic of waits tells what one usually waits: few reach a percentile or a maximum. */
export function isUsual(statistic: Statistic): boolean {
  return !['p80', 'p90', 'maximum'].includes(statistic)
}

/** Unit of a value; days are calendar days unless they say working days. */
export const UNITS = ['calendar-day', 'working-day', 'unspecified-day', 'count', 'percent', 'euro'] as const
/** Code of a unit. */
export type Unit = (typeof UNITS)[number]

/** What is known of one value: seen, computed from seen values, modelled, a lower bound, an upper bound, or taken back. */
export const STATUSES = ['observed', 'derived', 'estimated', 'censored', 'at-most', 'withdrawn'] as const
/** Code of a status. */
export type Status = (typeof STATUSES)[number]
