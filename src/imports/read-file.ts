import type { Day } from '../pure/calendar/day.ts'
import { frenchDay } from '../pure/french/french.ts'
import type { CommuneLookup } from './cells/column.ts'
import type { CommunesNamed } from './cells/commune-name.ts'
import { flawed, quoted } from './cells/fault.ts'
import type { Remark, RemarkLog } from './cells/remark.ts'
import { EMPTY, fileTooLarge } from './csv.ts'
import { CsvFile } from './csv-file.ts'
import { decode } from './encoding.ts'
import { FaultLog, type FaultReport } from './fault-log.ts'
import type { FileKind, Row } from './file-kind.ts'
import { foreignFormat } from './file-signature.ts'
import type { FrontMatter } from './front-matter.ts'
import { KINDS, type Kind, type RowOf } from './kinds.ts'
import { LIMITS, type Limits } from './limits.ts'
import type { TableAbout } from './table/table-reader.ts'

/** What a file is read with. */
export interface FileSetting {
  /** Kind said by the person who sends the file; else the front matter says it, else the header. */
  kind?: Kind | undefined
  /** Title of all its figures, when the file does not say it. */
  title?: string | undefined
  /** Place of all its figures, when the file does not say it. */
  place?: string | undefined
  /** Sheet to be read, of a workbook; else the one that can be. */
  sheet?: string | undefined
  /** Fields of columns chosen by hand, by what identifies their names; empty to leave one aside. */
  mapping?: ReadonlyMap<string, string> | undefined
  /** Name of the file, which may speak of its figures. */
  fileName?: string | undefined
  today: Day
  knownCommunes: CommuneLookup
  communesNamed?: CommunesNamed | undefined
  /** Whether the sender answers for a place; of any place when absent. */
  answersFor?: ((code: string) => boolean) | undefined
  /** Place of the rows that name none. */
  defaultPlace?: string | undefined
  limits?: Limits | undefined
}

/** The rows of a sound file, with its kind. */
export type ImportedFile = {
  [K in Kind]: {
    kind: K
    frontMatter: FrontMatter
    rows: RowOf<K>[]
    /** What is told of it without refusing it. */
    remarks: Remark[]
    about: TableAbout | undefined
  }
}[Kind]

/** Why a file is refused, and what was understood of it all the same. */
export interface RefusedFile extends FaultReport {
  about?: TableAbout | undefined
}

/** Characters read between two pauses. */
const SLICE = 1 << 16

/** Reads a file into typed rows, or into all its faults at once; a file with one fault gives no row. */
export function readFile(bytes: Uint8Array, setting: FileSetting): ImportedFile | RefusedFile {
  const reading = readInSlices(bytes, setting)
  for (;;) {
    const step = reading.next()
    if (step.done) return step.value
  }
}

/** The same, slice by slice: whoever reads may do something else in between. */
export function* readInSlices(
  bytes: Uint8Array,
  setting: FileSetting,
): Generator<undefined, ImportedFile | RefusedFile> {
  const { limits = LIMITS } = setting
  const flaw =
    bytes.length === 0
      ? EMPTY
      : bytes.length > limits.bytes
        ? fileTooLarge(bytes.length, limits.bytes)
        : foreignFormat(bytes)
  const decoded = flaw === undefined ? decode(bytes) : { flaw }
  if ('flaw' in decoded) {
    const log = new FaultLog()
    log.add({ line: 1, ...decoded.flaw })
    return log.report()
  }
  const { text } = decoded.value
  const kept = new KeptRows()
  const file = new CsvFile(setting, kept.keep)
  for (let at = 0; at < text.length && !file.done; at += SLICE) {
    file.read(text.slice(at, at + SLICE))
    yield undefined
  }
  const end = file.end()
  const repeated = new FaultLog()
  kept.check(repeated)
  const { about } = file
  if ('faults' in end || repeated.total > 0) return { ...file.reportWith(repeated), about }
  // The table of kinds pairs each code with its rows, which the compiler cannot follow through a union.
  return { ...end, rows: kept.rows, about } as ImportedFile
}

/** Rows kept in memory, so that those about the same thing can be told. */
export class KeptRows {
  readonly rows: Row[] = []
  #kind: Kind | undefined

  /** Keeps a row. */
  keep = (row: Row, kind: Kind): void => {
    this.#kind = kind
    this.rows.push(row)
  }

  /** Tells what is wrong across them. */
  check(log: FaultLog): void {
    if (this.#kind !== undefined) (KINDS[this.#kind] as unknown as FileKind<Row>).checkRows(this.rows, log)
  }
}

/** Whether reading gave faults. */
export function isRefused(result: ImportedFile | RefusedFile): result is RefusedFile {
  return 'faults' in result
}

/** Tells what a file says of itself and cannot be, and what nobody asked. */
export function checkFrontMatter(
  { publishedOn, lines, unknown = [] }: FrontMatter,
  today: Day,
  log: FaultLog,
  remarks: RemarkLog,
): void {
  for (const { line, name, closest } of unknown) {
    const meant = closest === undefined ? '' : ` : vouliez-vous dire ${quoted(closest)} ?`
    remarks.add(
      'unknown-metadata',
      `Métadonnée ${quoted(name)} inconnue, gardée comme remarque${meant}`,
      line,
    )
  }
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

/** The flaw of a header above nothing. */
export const NO_ROWS = flawed(
  'no-rows',
  'Le fichier a un en-tête mais aucune ligne de données.',
  'Ajoutez les lignes sous l’en-tête.',
).flaw
