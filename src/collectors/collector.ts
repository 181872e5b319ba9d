/** What a collector reads: an editor of booking software, a file at an address, a folder of the server. */
export const COLLECTOR_KINDS = {
  'booking-editor': 'Logiciel de rendez-vous',
  'file-at-address': 'Fichier à une adresse',
  folder: 'Dossier du serveur',
} as const

/** Code of a kind of collector. */
export type CollectorKind = keyof typeof COLLECTOR_KINDS

/** Titles for which an appointment is asked, under the codes of the contract of France Titres' hub. */
export const REASONS = {
  CNI: 'Carte d’identité',
  PASSPORT: 'Passeport',
  'CNI-PASSPORT': 'Carte et passeport',
} as const

/** Code of a reason. */
export type Reason = keyof typeof REASONS

/** Codes of the reasons, in the order in which they are asked. */
export const REASON_CODES = Object.keys(REASONS) as readonly Reason[]

/** Persons for whom an appointment is asked: more persons find fewer slots, which is another figure. */
export const DOCUMENTS_NUMBER = 1

/** Months over which slots are looked for. */
export const HORIZON_MONTHS = 6

/**
 * What is known of one point, reason and day. No slot within the horizon is a bound, neither a gap nor zero; a point that
 * could not be read, or whose editor refuses to answer, is a gap.
 */
export const SLOT_STATES = {
  read: 'lu',
  'no-slot-within-horizon': 'aucun créneau dans l’horizon',
  unreachable: 'pas de réponse',
  refused: 'réponse refusée',
} as const

/** Code of a state. */
export type SlotState = keyof typeof SLOT_STATES

/** Why an editor could not be read, with the state that it gives. */
export const CAUSES = {
  'token-refused': { state: 'refused', words: 'le jeton est refusé' },
  'question-refused': { state: 'refused', words: 'la demande est refusée' },
  timeout: { state: 'unreachable', words: 'pas de réponse en 15 secondes' },
  'too-many-calls': { state: 'unreachable', words: 'trop d’appels, dit le logiciel' },
  'server-error': { state: 'unreachable', words: 'le logiciel est en panne' },
  redirected: { state: 'unreachable', words: 'la réponse renvoie à une autre adresse' },
  'invalid-answer': { state: 'unreachable', words: 'la réponse ne se lit pas' },
  'too-large': { state: 'unreachable', words: 'la réponse est trop longue' },
  'no-connection': { state: 'unreachable', words: 'la connexion échoue' },
  'address-refused': { state: 'unreachable', words: 'l’adresse n’est pas permise' },
} as const satisfies Record<string, { state: SlotState; words: string }>

/** Code of a cause. */
export type Cause = keyof typeof CAUSES
