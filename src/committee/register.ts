import type { EntryKind } from '../imports/kinds/register-file.ts'
import { ENTRY_KINDS } from '../imports/kinds/register-file.ts'
import type { Day } from '../pure/calendar/day.ts'
import type { NamedLink } from '../pure/elements/named-link.ts'
import { frenchDay } from '../pure/french/french.ts'

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

/** Something asked or announced in a committee, as the files imported tell it. */
export interface RegisterEntry {
  code: string
  kind: EntryKind
  subject: string
  by: string
  speaksFor: string
  said: string
  heldOn: Day
  /** Minutes, and the place in them. */
  source: string
  /** Absent when the minutes hold no reply. */
  reply: string | null
  repliedBy: string | null
  /** Last day of the time announced, and that time in the words of the minutes. */
  dueBy: Day | null
  dueWords: string | null
  /** What came since, with its source. */
  followedOn: Day | null
  followUp: string | null
  followUpSource: string | null
  /** Day from which nothing more is awaited. */
  settledOn: Day | null
  /** Where this product shows it; absent when it measures nothing of it. */
  shownBy: string | null
  shownAt: string | null
}

/** A line of the register as pages, papers and files tell it. */
export interface RegisterLine
  extends Pick<RegisterEntry, 'code' | 'subject' | 'by' | 'speaksFor' | 'said' | 'source'> {
  kind: string
  reply: string
  followUp: string
  state: RegisterState
  /** Day of the committee. */
  day: Day
  measure: NamedLink | null
}

/**
 * Where an entry stands on a day. A promise whose time is over is neither kept nor broken: it is unknown until a source
 * says what came. An audit announced for 5 May 2022 is promised that day, and unknown the day after.
 */
export function stateOn({ kind, dueBy, settledOn }: RegisterEntry, day: Day): RegisterState {
  if (settledOn !== null && settledOn <= day) return 'done'
  if (kind !== 'promise') return 'open'
  return dueBy !== null && dueBy < day ? 'unknown' : 'promised'
}

/** The register as it stands on a day, for the committees held until another one: by state, in the order of the minutes. */
export function registerOn(
  entries: readonly RegisterEntry[],
  { day, heldUntil = day }: { day: Day; heldUntil?: Day },
): RegisterLine[] {
  const lines = entries
    .filter(({ heldOn }) => heldOn <= day && heldOn <= heldUntil)
    .map(entry => lineOf(entry, day))
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

/** What stands for the reply to an announcement: nobody asked. */
export const NO_REPLY_EXPECTED = 'Annonce de l’administration : aucune réponse n’était attendue.'

function lineOf(entry: RegisterEntry, day: Day): RegisterLine {
  const { code, subject, by, speaksFor, said, source, kind, reply, repliedBy, shownBy, shownAt } = entry
  const state = stateOn(entry, day)
  return {
    ...{ code, subject, by, speaksFor, said, source, state },
    kind: ENTRY_KINDS[kind],
    reply:
      reply !== null
        ? `${repliedBy} : ${reply}`
        : kind === 'promise'
          ? NO_REPLY_EXPECTED
          : 'Aucune réponse au compte rendu.',
    followUp: followUpText(entry, state, day),
    day: entry.heldOn,
    measure: shownBy === null || shownAt === null ? null : { label: shownBy, href: shownAt },
  }
}

function followUpText(
  { dueWords, followedOn, followUp, followUpSource }: RegisterEntry,
  state: RegisterState,
  day: Day,
): string {
  const came =
    followedOn !== null && followedOn <= day
      ? `${frenchDay(followedOn)} : ${followUp} (${followUpSource})`
      : state === 'done'
        ? 'Réglé en séance.'
        : 'Suite non connue.'
  return dueWords === null ? came : `Échéance annoncée : ${dueWords}. ${came}`
}
