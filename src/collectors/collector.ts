import { addDays, type Day } from '../pure/calendar/day.ts'

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
  unreachable: 'non lu',
  refused: 'réponse refusée',
} as const

/** Code of a state. */
export type SlotState = keyof typeof SLOT_STATES

/** Why a source could not be read: the state that it gives, and what to do. */
export const CAUSES = {
  'token-refused': {
    state: 'refused',
    words: 'le jeton est refusé',
    remedy: 'donnez à nouveau le jeton que l’éditeur a remis',
  },
  'question-refused': {
    state: 'refused',
    words: 'la demande est refusée',
    remedy:
      'vérifiez l’adresse, pour un logiciel celle qui précède /getManagedMeetingPoints ; si elle est juste, montrez ce refus à qui la tient',
  },
  timeout: {
    state: 'unreachable',
    words: 'pas de réponse à temps',
    remedy: 'le service réessaie toutes les heures ; si cela dure, prévenez qui tient cette adresse',
  },
  'too-many-calls': {
    state: 'unreachable',
    words: 'trop d’appels, dit le serveur',
    remedy: 'le service réessaie toutes les heures ; déplacez l’heure du relevé si cela dure',
  },
  'server-error': {
    state: 'unreachable',
    words: 'le serveur est en panne',
    remedy: 'le service réessaie toutes les heures ; si cela dure, prévenez qui tient cette adresse',
  },
  redirected: {
    state: 'unreachable',
    words: 'la réponse renvoie à une autre adresse',
    remedy: 'donnez l’adresse qui répond elle-même',
  },
  'invalid-answer': {
    state: 'unreachable',
    words: 'la réponse ne se lit pas',
    remedy: 'vérifiez l’adresse, puis montrez à l’éditeur que sa réponse n’est pas celle du contrat',
  },
  'no-point': {
    state: 'unreachable',
    words: 'le logiciel ne cite aucun lieu d’accueil',
    remedy: 'demandez à l’éditeur quels lieux ce jeton donne à lire',
  },
  'file-refused': {
    state: 'refused',
    words: 'un fichier est refusé',
    remedy: 'corrigez les défauts que le détail du relevé nomme, puis déposez-le à nouveau',
  },
  'hall-refused': {
    state: 'refused',
    words: 'une mairie confirmée n’a pas pris ses chiffres',
    remedy: 'confirmez à nouveau la mairie que le détail du relevé nomme',
  },
  'too-large': {
    state: 'unreachable',
    words: 'la réponse est trop longue',
    remedy: 'demandez à qui la donne vos lieux seuls, ou un fichier par période',
  },
  'no-connection': {
    state: 'unreachable',
    words: 'la connexion échoue ou se coupe',
    remedy: 'vérifiez l’adresse, ou le nom du dossier, et ce que le réseau laisse sortir',
  },
  'certificate-refused': {
    state: 'unreachable',
    words: 'le certificat de l’adresse ne se vérifie pas',
    remedy:
      'demandez à l’éditeur un certificat valable, à ce nom ; celui d’une autorité locale se donne au service par NODE_EXTRA_CA_CERTS',
  },
  'address-refused': {
    state: 'unreachable',
    words: 'l’adresse n’est pas permise',
    remedy: 'demandez à la personne qui tient le service de la nommer dans COLLECTOR_HOSTS',
  },
} as const satisfies Record<string, { state: SlotState; words: string; remedy: string }>

/** Code of a cause. */
export type Cause = keyof typeof CAUSES

interface Scheduled {
  hour: string
  paused: boolean
  lastReading: { day: Day; state: string } | null
}

/** States after which a collector waits for the next day. */
const DONE_FOR_THE_DAY = ['read', 'partial', 'refused', 'running']

/**
 * When a collector is read next, on the clocks of Paris (`2026-11-30T06:00`): today at its hour, or now when it has passed,
 * unless it was read today; an editor found away is tried again every hour.
 */
export function nextReading({ hour, paused, lastReading }: Scheduled, now: string): string | undefined {
  if (paused) return undefined
  const today = now.slice(0, 10)
  const isDone = lastReading?.day === today && DONE_FOR_THE_DAY.includes(lastReading.state)
  const next = `${isDone ? addDays(today, 1) : today}T${hour}`
  return next < now ? now : next
}
