import type { Day } from '../pure/calendar/day.ts'
import { frenchDay } from '../pure/french/french.ts'
import type { CommuneLookup } from './cells/column.ts'
import { type Flaw, flawed, quoted } from './cells/fault.ts'
import { readTable, type Table } from './csv.ts'
import { FaultLog, type FaultReport } from './fault-log.ts'
import type { FrontMatter } from './front-matter.ts'
import { headerFits } from './header.ts'
import { KIND_CODES, KINDS, type Kind, type RowOf, readKind } from './kinds.ts'
import { LIMITS, type Limits } from './limits.ts'

/** What a file is read with. */
export interface FileSetting {
  /** Kind said by the person who sends the file; else the front matter says it, else the header. */
  kind?: Kind | undefined
  today: Day
  knownCommunes: CommuneLookup
  /** Whether the sender answers for a place; of any place when absent. */
  answersFor?: ((code: string) => boolean) | undefined
  /** Place of the rows that name none. */
  defaultPlace?: string | undefined
  limits?: Limits | undefined
}

/** The rows of a sound file, with its kind. */
export type ImportedFile = { [K in Kind]: { kind: K; frontMatter: FrontMatter; rows: RowOf<K>[] } }[Kind]

/** Reads a file into typed rows, or into all its faults at once; a file with one fault gives no row. */
export function readFile(bytes: Uint8Array, setting: FileSetting): ImportedFile | FaultReport {
  const { today, knownCommunes, answersFor, defaultPlace, limits = LIMITS } = setting
  const log = new FaultLog()
  const table = readTable(bytes, log, limits)
  if (table === undefined) return log.report()
  checkFrontMatter(table.frontMatter, today, log)
  const kind = kindOf(table, setting, log)
  if (kind === undefined) return log.report()
  const rows = KINDS[kind].readRows(table, { today, knownCommunes, answersFor, defaultPlace }, log)
  if (rows.length === 0 && log.total === 0) log.add({ line: table.headerLine, ...NO_ROWS })
  if (log.total > 0) return log.report()
  // The table of kinds pairs each code with its rows, which the compiler cannot follow through a union.
  return { kind, frontMatter: table.frontMatter, rows } as ImportedFile
}

/** Whether reading gave faults. */
export function isRefused(result: ImportedFile | FaultReport): result is FaultReport {
  return 'faults' in result
}

/** Tells what a file says of itself and cannot be. */
export function checkFrontMatter({ publishedOn, lines }: FrontMatter, today: Day, log: FaultLog): void {
  if (publishedOn === undefined || publishedOn <= today) return
  log.add({
    line: lines.publishedOn!,
    ...flawed(
      'future-day',
      `Publié le ${frenchDay(publishedOn)}, qui est à venir (nous sommes le ${frenchDay(today)}).`,
      'Corrigez le jour de publication.',
    ).flaw,
  })
}

/** The kind of a file: what it says, else what its sender says, else what its header fits. */
export function kindOf(
  table: Pick<Table, 'frontMatter' | 'header' | 'headerLine'>,
  { kind: said, defaultPlace }: FileSetting,
  log: FaultLog,
): Kind | undefined {
  const { frontMatter, header, headerLine } = table
  const refuse = (line: number, flaw: Flaw) => {
    log.add({ line, ...flaw })
    return undefined
  }
  if (frontMatter.type !== undefined) {
    const line = frontMatter.lines.type!
    const written = readKind(frontMatter.type)
    if ('flaw' in written) return refuse(line, unknownKind(`Type ${quoted(frontMatter.type)} inconnu.`))
    if (said !== undefined && said !== written.value) return refuse(line, mismatch(written.value, said))
    return written.value
  }
  if (said !== undefined) return said
  const fitting = KIND_CODES.filter(kind => headerFits(header, KINDS[kind], defaultPlace !== undefined))
  if (fitting.length === 1) return fitting[0]
  if (fitting.length === 0)
    return refuse(headerLine, unknownKind('Cet en-tête n’est celui d’aucun type de fichier.'))
  return refuse(headerLine, ambiguousKind(fitting))
}

/** The flaw of a header above nothing. */
export const NO_ROWS = flawed(
  'no-rows',
  'Le fichier a un en-tête mais aucune ligne de données.',
  'Ajoutez les lignes sous l’en-tête.',
).flaw

function unknownKind(message: string): Flaw {
  const kinds = KIND_CODES.map(kind => `${kind} (${KINDS[kind].label})`).join(', ')
  return flawed(
    'unknown-kind',
    message,
    `Choisissez le type, ou ajoutez en tête « # type : … » avec l’un de ceux-ci : ${kinds}.`,
  ).flaw
}

function mismatch(written: Kind, said: Kind): Flaw {
  return flawed(
    'kind-mismatch',
    `Le fichier se dit ${quoted(KINDS[written].label)}, mais il est envoyé comme ${quoted(KINDS[said].label)}.`,
    'Corrigez le type choisi ou la ligne « # type ».',
  ).flaw
}

function ambiguousKind(fitting: readonly Kind[]): Flaw {
  return flawed(
    'ambiguous-kind',
    `Cet en-tête peut être celui de plusieurs types de fichiers : ${fitting.join(', ')}.`,
    `Ajoutez en tête une ligne « # type : ${fitting[0]} » ou l’un des autres.`,
  ).flaw
}
