import type { Day } from '../pure/calendar/day.ts'
import type { NamedLink } from '../pure/elements/named-link.ts'
import { frenchDay } from '../pure/french/french.ts'

/** Who speaks in a committee, and for whom: an organisation or a function, never a person. */
export const VOICES = {
  'consumers-fo': { name: 'Association Force Ouvrière Consommateurs', speaksFor: 'les usagers' },
  'consumers-ufc': { name: 'UFC-Que choisir', speaksFor: 'les usagers' },
  'rights-defender': { name: 'Délégué du Défenseur des droits', speaksFor: 'les usagers' },
  citizenship: { name: 'Direction de la citoyenneté et de la légalité', speaksFor: 'l’administration' },
  coordination: {
    name: 'Service de coordination des politiques publiques et d’appui territorial',
    speaksFor: 'l’administration',
  },
  'secretary-general': { name: 'Secrétariat général de la préfecture', speaksFor: 'l’administration' },
  prefecture: { name: 'Préfecture', speaksFor: 'l’administration' },
} as const

type Voice = keyof typeof VOICES

/** What can be said in a committee. */
export const ENTRY_KINDS = {
  suggestion: 'suggestion',
  request: 'demande',
  question: 'question',
  difficulty: 'difficulté',
  promise: 'annonce',
} as const

/** Where an entry stands, in the order in which a reader looks for it. */
export const REGISTER_STATES = {
  open: { name: 'ouvert', plural: 'ouverts', meaning: 'demandé, sans engagement au compte rendu' },
  promised: { name: 'promis', plural: 'promis', meaning: 'annoncé, sans échéance, ou avant son échéance' },
  unknown: {
    name: 'inconnu',
    plural: 'inconnus',
    meaning: 'l’échéance est passée, et rien de lu ici ne dit ce qui est venu',
  },
  done: {
    name: 'fait',
    plural: 'faits',
    meaning: 'ce qui était demandé ou annoncé existe, ou la réponse a suffi',
  },
} as const

/** Where an entry stands. */
export type RegisterState = keyof typeof REGISTER_STATES

/** Something asked or announced in a committee, as its minutes have it. */
export interface RegisterEntry {
  code: string
  kind: keyof typeof ENTRY_KINDS
  subject: string
  by: Voice
  said: string
  /** Place in the document. */
  where: string
  /** Absent when the minutes hold no reply. */
  reply?: { by: Voice; text: string }
  /** Last day of the time announced, and that time in the words of the minutes. */
  due?: { by: Day; words: string }
  /** What came since, with its source. */
  followUp?: { on: Day; text: string; source: string }
  /** Day from which nothing more is awaited. */
  settledOn?: Day
  /** Where this product shows it; absent when it measures nothing of it. */
  measure?: NamedLink
}

/** The minutes of a committee and what was said there. */
export interface Minutes {
  /** Code of the department. */
  place: string
  heldOn: Day
  document: string
  entries: readonly RegisterEntry[]
}

/** A line of the register as pages, papers and files tell it. */
export interface RegisterLine {
  code: string
  subject: string
  kind: string
  by: string
  speaksFor: string
  said: string
  reply: string
  followUp: string
  state: RegisterState
  /** Day of the committee. */
  day: Day
  measure: NamedLink | null
  source: string
}

/**
 * Where an entry stands on a day. A promise whose time is over is neither kept nor broken: it is unknown until a source
 * says what came. An audit announced for 5 May 2022 is promised that day, and unknown the day after.
 */
export function stateOn({ kind, due, settledOn }: RegisterEntry, day: Day): RegisterState {
  if (settledOn !== undefined && settledOn <= day) return 'done'
  if (kind !== 'promise') return 'open'
  return due !== undefined && due.by < day ? 'unknown' : 'promised'
}

/** The register of a department as it stands on a day, for the committees held until another one: by state, in the order of the minutes. */
export function registerOn(
  all: readonly Minutes[],
  { place, day, heldUntil = day }: { place: string; day: Day; heldUntil?: Day },
): RegisterLine[] {
  const lines = all
    .filter(one => one.place === place && one.heldOn <= day && one.heldOn <= heldUntil)
    .flatMap(minutes => minutes.entries.map(entry => lineOf(entry, minutes, day)))
  return linesByState(lines).flatMap(group => group.lines)
}

/** The lines of each state that has some. */
export function linesByState(
  lines: readonly RegisterLine[],
): { state: RegisterState; lines: RegisterLine[] }[] {
  return (Object.keys(REGISTER_STATES) as RegisterState[])
    .map(state => ({ state, lines: lines.filter(line => line.state === state) }))
    .filter(group => group.lines.length > 0)
}

function lineOf(entry: RegisterEntry, { heldOn, document }: Minutes, day: Day): RegisterLine {
  const { code, subject, kind, by, said, where, reply, measure } = entry
  const state = stateOn(entry, day)
  return {
    code,
    subject,
    kind: ENTRY_KINDS[kind],
    by: VOICES[by].name,
    speaksFor: VOICES[by].speaksFor,
    said,
    reply:
      reply !== undefined
        ? `${VOICES[reply.by].name} : ${reply.text}`
        : kind === 'promise'
          ? 'Annonce de l’administration : aucune réponse n’était attendue.'
          : 'Aucune réponse au compte rendu.',
    followUp: followUpText(entry, state, day),
    state,
    day: heldOn,
    measure: measure ?? null,
    source: `${document}, ${where}`,
  }
}

function followUpText({ due, followUp }: RegisterEntry, state: RegisterState, day: Day): string {
  const came =
    followUp !== undefined && followUp.on <= day
      ? `${frenchDay(followUp.on)} : ${followUp.text} (${followUp.source})`
      : state === 'done'
        ? 'Réglé en séance.'
        : 'Suite non connue.'
  return due === undefined ? came : `Échéance annoncée : ${due.words}. ${came}`
}
