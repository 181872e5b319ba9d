import type { Day } from '../pure/calendar/day.ts'
import { frenchDay } from '../pure/french/french.ts'
import { flawed, quoted } from './cells/fault.ts'
import type { Remark, RemarkLog } from './cells/remark.ts'
import type { FaultLog, FaultReport } from './fault-log.ts'
import type { FileKind, Row } from './file-kind.ts'
import type { FrontMatter } from './front-matter.ts'
import { KINDS, type Kind, type RowOf } from './kinds.ts'
import type { TableAbout } from './table/table-reader.ts'

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
  remarks?: Remark[]
  about?: TableAbout | undefined
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
