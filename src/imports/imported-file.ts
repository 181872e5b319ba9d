import type { Day } from '../pure/calendar/day.ts'
import { frenchDay } from '../pure/french/french.ts'
import { flawed, quoted } from './cells/fault.ts'
import type { Remark, RemarkLog } from './cells/remark.ts'
import { csvLine } from './csv.ts'
import { type FaultLog, type FaultReport, refusedFor } from './fault-log.ts'
import type { FileKind, Row } from './file-kind.ts'
import type { FileSetting } from './file-setting.ts'
import type { FrontMatter } from './front-matter.ts'
import type { ObservationRow } from './kinds/observation-row.ts'
import { KINDS, type Kind, type RowOf } from './kinds.ts'
import { datedFigure, NOT_OVER } from './publication-day.ts'
import type { TableAbout } from './table/about.ts'

/** The rows of a sound file, with its kind. */
export type ImportedFile = {
  [K in Kind]: {
    kind: K
    frontMatter: FrontMatter
    rows: RowOf<K>[]
    /** What is told of it without refusing it. */
    remarks: Remark[]
    about: TableAbout | undefined
    /** What is stored in the place of a file of which nothing may be kept. */
    content?: Uint8Array | undefined
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

  /** What is stored of them: themselves, or what they amount to and a file of it. */
  settle(
    remarks: RemarkLog,
    { publishedOn, today }: { publishedOn: Day; today: Day },
  ): { rows: readonly Row[]; content?: Uint8Array } {
    const kind = this.#kind && (KINDS[this.#kind] as unknown as FileKind<Row>)
    if (kind?.figures === undefined) return { rows: this.rows }
    // Every kind that is counted is counted into figures.
    const counted = kind.figures(this.rows, remarks) as ObservationRow[]
    const rows = counted.filter(row => 'value' in datedFigure(row, publishedOn, today))
    if (rows.length < counted.length) remarks.add('rows-left-aside', NOT_OVER)
    return { rows, content: figuresFile(rows) }
  }
}

/** What a file of indicators says of a figure. */
const FIGURE_FIELDS = [
  'period',
  'place',
  'measure',
  'title',
  'value',
  'statistic',
  'unit',
  'clock',
  'status',
  'locator',
] as const

/** Figures as a file of indicators, which comes in as they did. */
function figuresFile(rows: readonly ObservationRow[]): Uint8Array {
  const { columns } = KINDS.indicators
  const header = FIGURE_FIELDS.map(field => columns[field]!.name)
  const lines = rows.map(row =>
    FIGURE_FIELDS.map(field => (row[field] === 'not-a-delay' ? '' : String(row[field] ?? ''))),
  )
  return new TextEncoder().encode(`# type : indicators\n${[header, ...lines].map(csvLine).join('\n')}\n`)
}

/** A sound file with what is stored of its rows, or its refusal when they amount to nothing. */
export function settled(
  read: Pick<ImportedFile, 'kind' | 'frontMatter' | 'about'>,
  kept: KeptRows,
  remarks: RemarkLog,
  { publishedOn, today }: Pick<FileSetting, 'publishedOn' | 'today'>,
): ImportedFile | RefusedFile {
  const day = read.frontMatter.publishedOn ?? publishedOn ?? today
  const { rows, content } = kept.settle(remarks, { publishedOn: day, today })
  if (content !== undefined && rows.length === 0) {
    const { about } = read
    const refused = refusedFor({ line: about?.headerLine ?? 1, ...NO_WHOLE_MONTH })
    return { ...refused, remarks: remarks.all(), about }
  }
  // The table of kinds pairs each code with its rows, which the compiler cannot follow through a union.
  return { ...read, rows, content, remarks: remarks.all() } as ImportedFile
}

/** The flaw of appointments of which no whole month is known. */
const NO_WHOLE_MONTH = flawed(
  'no-rows',
  'Ces rendez-vous ne couvrent aucun mois entier : il n’y a rien à compter.',
  'Exportez plusieurs mois de suite, rendez-vous à venir compris.',
).flaw

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
