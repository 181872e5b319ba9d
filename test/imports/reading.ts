import type { CommuneLookup } from '../../src/imports/cells/column.ts'
import type { Fault } from '../../src/imports/cells/fault.ts'
import type { FileSetting } from '../../src/imports/file-setting.ts'
import { type ImportedFile, isRefused } from '../../src/imports/imported-file.ts'
import { readFile } from '../../src/imports/read-file.ts'

/** The day on which test files are read. */
export const TODAY = '2022-04-05'

const CURRENT = new Set(['16015', '16102', '16113', '01004', '2A004', '97105', '75056'])

/** A geographic code of seven communes and one of the past. */
export const knownCommunes: CommuneLookup = code =>
  CURRENT.has(code)
    ? { state: 'current' }
    : code === '16001'
      ? { state: 'merged', successor: '16015', successorName: 'Angoulême' }
      : { state: 'unknown' }

/** The bytes of a text in UTF-8. */
export function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

/** Reads a file given as text or bytes. */
export function read(content: string | Uint8Array, setting: Partial<FileSetting> = {}) {
  const bytes = typeof content === 'string' ? utf8(content) : content
  return readFile(bytes, { today: TODAY, knownCommunes, ...setting })
}

/** What a reading ends with, whatever it leaves room for. */
export function endOf<T>(reading: Generator<undefined, T>): T {
  for (;;) {
    const step = reading.next()
    if (step.done) return step.value
  }
}

/** Reads a file that must be sound. */
export function readSound(content: string | Uint8Array, setting: Partial<FileSetting> = {}): ImportedFile {
  const result = read(content, setting)
  if (isRefused(result)) throw new Error(JSON.stringify(result.faults.slice(0, 5)))
  return result
}

/** Faults of a file as `line code` or `line:column code`, in order. */
export function faultsOf(content: string | Uint8Array, setting: Partial<FileSetting> = {}): string[] {
  const result = read(content, setting)
  return isRefused(result) ? result.faults.map(({ line, code }) => `${line} ${code}`) : []
}

/** A fault as a person and a program are told it, on one line. */
export const faultWords = ({ line, column, columnNumber, code, message, remedy }: Fault) =>
  `${line} ${column ?? '–'} ${columnNumber ?? '–'} ${code}: ${message} → ${remedy}`
