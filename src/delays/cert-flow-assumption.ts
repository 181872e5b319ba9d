/** A figure that a flow stands on, and where it comes from. */
export interface FlowOrigin {
  name: 'requests' | 'slots' | 'wait' | 'capacity' | 'startDelay'
  value: number
  unit: string
  origin: string
  /** Whether nothing imported or projected tells it. */
  assumed: boolean
}

/** What a flow supposes where nothing was imported: each gives way to a file. */
export const FLOW_ASSUMPTIONS = {
  requests: { origin: 'Projection des demandes, douze mois avant' },
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
    origin: 'Comité local des usagers de la Charente, 5 avril 2022 : 95 en 2021',
  },
  presence: { value: 0.8, origin: 'Hypothèse : quatre jours ouvrés sur cinq, congés et absences déduits' },
  balanced: {
    error: 0.06,
    origin:
      'Effectif inconnu : celui qui traiterait juste les demandes des douze mois précédents, à 6 % près (écart-type, celui d’une erreur de niveau dans les plans d’effectifs) ; en avance, il prête ses agents ; importez l’effectif du centre',
  },
  startDelay: { origin: 'Aucun délai publié : la moitié de l’objectif' },
} as const
