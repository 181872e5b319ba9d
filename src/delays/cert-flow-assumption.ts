import { mean } from 'simple-statistics'

/** A figure that a flow stands on, and where it comes from. */
export interface FlowOrigin {
  name: 'requests' | 'slots' | 'wait' | 'agents' | 'capacity' | 'stock' | 'startDelay'
  value: number
  unit: string
  origin: string
  /** Whether nothing imported or projected tells it. */
  assumed: boolean
}

const MONTHLY_PRESENCE = [0.86, 0.78, 0.86, 0.78, 0.8, 0.88, 0.7, 0.62, 0.88, 0.8, 0.86, 0.74]

/**
 * Share of working days worked, January first, and of the year: 25 days of leave, days for working time and absences make
 * about 80 % of the year, less in summer.
 */
const PRESENCE = {
  values: MONTHLY_PRESENCE,
  value: mean(MONTHLY_PRESENCE),
  origin:
    'Hypothèse, aucune source : congés, jours de RTT et absences font environ 80 % de présence sur l’année',
} as const

/** What a flow supposes where nothing was imported: each gives way to a file. */
export const FLOW_ASSUMPTIONS = {
  requests: { origin: 'Projection des demandes, douze mois avant' },
  publishedLicences: {
    department: '16',
    aDay: 345,
    origin:
      'Déduit des permis de 2021 en Charente (12 000 dossiers pour 48 jours) : 345 à 360 par jour ouvré',
  },
  requestsOfAssumedHalls: {
    origin:
      'Hypothèse : projection des demandes sur des communes supposées équipées, aucune liste importée pour ce lieu',
  },
  slots: {
    error: 0.06,
    origin:
      'Hypothèse : les mairies ouvrent autant de rendez-vous que de demandes attendues sur les douze derniers mois, à 6 % près ; leurs stations et horaires importés la remplaceront',
  },
  requestsPerStation: {
    value: 3_636,
    origin: 'Quatre millions de rendez-vous par an annoncés pour 1 100 stations (plan de mars 2023)',
  },
  workingDays: { value: 252, origin: 'Jours ouvrés d’une année moyenne' },
  wait: {
    value: 20,
    origin: 'Hypothèse : vingt jours, attente habituelle ; aucune attente n’est publiée',
  },
  filesPerAgentDay: {
    value: 95,
    origin: 'Comité local des usagers de la Charente, 5 avril 2022 : 80 fixés, 95 stabilisés en 2021',
  },
  presence: PRESENCE,
  balanced: {
    error: 0.06,
    origin:
      'Effectif inconnu : celui qui traiterait juste les demandes des douze mois précédents, à 6 % près (écart-type, celui d’une erreur de niveau dans les plans d’effectifs) ; en avance, il prête ses agents ; importez l’effectif du centre',
  },
  stock: { origin: 'Stock non compté : le délai d’aujourd’hui, à ce que l’équipe instruit' },
  startDelay: { origin: 'Aucun délai publié : la moitié de l’objectif' },
} as const

/** What an imported team whose perimeter is only supposed is told to receive, in French. */
export const BALANCED_BY_TEAM = 'Dossiers reçus inconnus : ce que l’équipe importée traiterait juste'
