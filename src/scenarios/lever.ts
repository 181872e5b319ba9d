import { HALL_LEVERS } from '../waits/lever.ts'

/** The levers of the committee: what each acts on, in which unit, and whether it needs a town hall. */
export const LEVERS = {
  'pre-applications': {
    name: HALL_LEVERS['pre-applications'].name,
    unit: 'part des demandes (0 à 1)',
    shareOf: 'des demandes',
    acts: 'waits',
    hall: 'optional',
    most: 1,
  },
  'shorter-gap': {
    name: HALL_LEVERS['shorter-gap'].name,
    unit: 'minutes',
    one: 'minute',
    acts: 'waits',
    hall: 'optional',
    most: 60,
  },
  'more-hours': {
    name: HALL_LEVERS['more-hours'].name,
    unit: 'heures par semaine et par station',
    one: 'heure par semaine et par station',
    acts: 'waits',
    hall: 'optional',
    most: 100,
  },
  'more-stations': {
    name: HALL_LEVERS['more-stations'].name,
    unit: 'stations',
    one: 'station',
    acts: 'waits',
    hall: 'needed',
    most: 50,
  },
  'mobile-station': {
    name: HALL_LEVERS['mobile-station'].name,
    unit: 'stations (0,4 : deux jours sur cinq)',
    one: 'station',
    acts: 'waits',
    hall: 'needed',
    most: 50,
  },
  'counter-agents': {
    name: HALL_LEVERS['counter-agents'].name,
    unit: 'heures d’agent par semaine',
    one: 'heure d’agent par semaine',
    acts: 'waits',
    hall: 'needed',
    most: 1_000,
  },
  sharing: {
    name: 'Prise de rendez-vous commune',
    unit: 'part des usagers (0 à 1)',
    shareOf: 'des usagers',
    acts: 'waits',
    hall: 'none',
    most: 1,
  },
  campaign: {
    name: 'Campagne d’information',
    unit: 'part des envois (0 à 1)',
    shareOf: 'des envois',
    acts: 'waits',
    hall: 'none',
    most: 1,
  },
  'more-agents': {
    name: 'Agents en plus au CERT',
    unit: 'ETPO',
    one: 'ETPO',
    acts: 'delays',
    hall: 'none',
    most: 1_000,
  },
  'higher-productivity': {
    name: 'Productivité au CERT',
    unit: 'dossiers de plus par agent et par jour',
    one: 'dossier de plus par agent et par jour',
    acts: 'delays',
    hall: 'none',
    most: 1_000,
  },
  overtime: {
    name: 'Heures supplémentaires au CERT',
    unit: 'part du temps de travail (0 à 1)',
    shareOf: 'du temps de travail',
    acts: 'delays',
    hall: 'none',
    most: 1,
  },
  'express-lane': {
    name: 'File prioritaire au CERT',
    unit: 'part de la capacité (0 à 1)',
    shareOf: 'de la capacité',
    acts: 'delays',
    hall: 'none',
    most: 1,
  },
} as const satisfies Record<
  string,
  {
    name: string
    unit: string
    /** An amount is a share of this, or else counted in units, of which one is `one`. */
    shareOf?: string
    one?: string
    acts: 'waits' | 'delays'
    hall: 'needed' | 'optional' | 'none'
    most: number
  }
>

/** Code of a lever. */
export type LeverCode = keyof typeof LEVERS
/** Codes of the levers. */
export const LEVER_CODES = Object.keys(LEVERS) as [LeverCode, ...LeverCode[]]
/** Levers of one scenario, at most. */
export const MOST_LEVERS = 12
