import { certCapacity } from './capacity-file.ts'
import { closures } from './closure-file.ts'
import { applications, titlesIssued } from './count-file.ts'
import { appointmentWaits, issuanceDelays } from './delay-file.ts'
import { events } from './event-file.ts'
import type { FileKind, Row } from './file-kind.ts'
import { indicators } from './indicator-file.ts'
import { openingHours } from './opening-file.ts'
import { townHalls } from './town-hall-file.ts'
import { type Names, words } from './word-cell.ts'

/** The kinds of files that can be imported, under the codes of the API. */
export const KINDS = {
  'issuance-delays': issuanceDelays,
  'appointment-waits': appointmentWaits,
  applications,
  'titles-issued': titlesIssued,
  indicators,
  'town-halls': townHalls,
  'opening-hours': openingHours,
  closures,
  'cert-capacity': certCapacity,
  events,
} as const

/** Code of a kind of file. */
export type Kind = keyof typeof KINDS

/** A row of a kind of file. */
export type RowOf<K extends Kind> = (typeof KINDS)[K] extends FileKind<infer R extends Row> ? R : never

/** Codes of the kinds, in the order in which pages show them. */
export const KIND_CODES = Object.keys(KINDS) as readonly Kind[]

/** Whether a text is the code of a kind. */
export function isKind(text: string): text is Kind {
  return Object.hasOwn(KINDS, text)
}

/** Reads a kind by its code or its French label. */
export const readKind = words(
  Object.fromEntries(KIND_CODES.map(kind => [kind, [KINDS[kind].label]])) as unknown as Record<Kind, Names>,
)
