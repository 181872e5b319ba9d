import { words } from './cells/word-cell.ts'
import type { FileKind, Row } from './file-kind.ts'
import { appointments } from './kinds/appointment-file.ts'
import { certCapacity } from './kinds/capacity-file.ts'
import { certs } from './kinds/cert-file.ts'
import { closures } from './kinds/closure-file.ts'
import { CONTOURS } from './kinds/contour-file.ts'
import { applications, titlesIssued } from './kinds/count-file.ts'
import { appointmentWaits, issuanceDelays } from './kinds/delay-file.ts'
import { events } from './kinds/event-file.ts'
import { grants } from './kinds/grant-file.ts'
import { indicators } from './kinds/indicator-file.ts'
import { openingHours } from './kinds/opening-file.ts'
import { committeeRegister } from './kinds/register-file.ts'
import { townHalls } from './kinds/town-hall-file.ts'

/** The kinds of files that can be imported, under the codes of the API. */
export const KINDS = {
  'issuance-delays': issuanceDelays,
  'appointment-waits': appointmentWaits,
  applications,
  'titles-issued': titlesIssued,
  indicators,
  grants,
  'town-halls': townHalls,
  'opening-hours': openingHours,
  closures,
  certs,
  'cert-capacity': certCapacity,
  events,
  appointments,
  'committee-register': committeeRegister,
} as const

/** Code of a kind of file. */
export type Kind = keyof typeof KINDS

/** A row of a kind of file, as it is stored: a figure for a kind that is counted. */
export type RowOf<K extends Kind> = (typeof KINDS)[K] extends {
  figures(...given: never[]): (infer F extends Row)[]
}
  ? F
  : (typeof KINDS)[K] extends FileKind<infer R extends Row>
    ? R
    : never

/** Codes of the kinds, in the order in which pages show them. */
export const KIND_CODES = Object.keys(KINDS) as readonly Kind[]

/** Whether a text is the code of a kind. */
export function isKind(text: string): text is Kind {
  return Object.hasOwn(KINDS, text)
}

/** Reads a kind by its code or its French label. */
export const readKind = words(
  Object.fromEntries(KIND_CODES.map(kind => [kind, KINDS[kind].label])) as Record<Kind, string>,
)

/** French name of a kind of file by its code in the database, outlines among them. */
export function kindName(kind: string): string {
  if (kind === CONTOURS) return 'Contours des communes'
  return isKind(kind) ? KINDS[kind].label : kind
}

/** Kinds to choose from, each by its code and its French name. */
export function kindChoice(kinds: readonly Kind[]): string {
  return kinds.map(kind => `${kind} (${KINDS[kind].label})`).join(', ')
}

/** Kinds whose rows are figures: the only ones that come by the million. */
export const LONG_KINDS = [
  'issuance-delays',
  'appointment-waits',
  'applications',
  'titles-issued',
  'indicators',
] as const satisfies readonly Kind[]

/** A kind of file that may be longer than memory. */
export type LongKind = (typeof LONG_KINDS)[number]

/** Whether a kind may be longer than memory. */
export function isLongKind(kind: Kind): kind is LongKind {
  return (LONG_KINDS as readonly Kind[]).includes(kind)
}
