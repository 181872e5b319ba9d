import { type Flaw, flawed } from './cells/fault.ts'
import { type Remark, RemarkLog } from './cells/remark.ts'
import { EMPTY } from './csv.ts'
import { CsvRows, TEXT_PHASES } from './csv-rows.ts'
import { FaultLog, type FaultReport } from './fault-log.ts'
import type { Row } from './file-kind.ts'
import type { FileSetting } from './file-setting.ts'
import type { FrontMatter } from './front-matter.ts'
import { checkFrontMatter, NO_ROWS } from './imported-file.ts'
import type { ObservationRow } from './kinds/observation-row.ts'
import { isLongKind, KINDS, type Kind, type LongKind } from './kinds.ts'
import { LIMITS, LONG_LIMITS } from './limits.ts'
import type { TableAbout, TableLogs } from './table/about.ts'
import { TableReader } from './table/table-reader.ts'

/** What a sound file was. */
export interface CsvFileEnd {
  kind: Kind
  frontMatter: FrontMatter
  rows: number
  remarks: Remark[]
}

/**
 * Reads a CSV piece by piece, whatever its length. Rows about the same thing are left to the caller, who keeps them:
 * they may stand millions of lines apart.
 */
export class CsvFile {
  readonly #rows: CsvRows
  /** What is told of it without refusing it. */
  readonly remarks = new RemarkLog()
  readonly #logs: TableLogs = { records: new FaultLog(), kind: new FaultLog(), cells: new FaultLog() }
  /** What the file says of itself, once rows come. */
  frontMatter: FrontMatter = { notes: [], lines: {}, unknown: [] }
  #table: TableReader | undefined

  /** @param pieces whether the file may be longer than memory: then only figures are read. */
  constructor(setting: FileSetting, keep: (row: Row, kind: Kind) => void, pieces = false) {
    const { limits = LIMITS, today } = setting
    this.#rows = new CsvRows(limits, {
      begin: frontMatter => {
        this.frontMatter = frontMatter
        checkFrontMatter(frontMatter, today, this.#logs.kind, this.remarks)
        const origin = {
          frontMatter,
          ragged: true,
          ...(pieces ? { refuse: tooLongFor } : {}),
        }
        this.#table = new TableReader({ setting, origin, logs: this.#logs, remarks: this.remarks, keep })
      },
      row: row => this.#table?.row(row),
    })
  }

  /** Faults found so far, those of repeated rows apart. */
  get faults(): number {
    const { records, kind, cells } = this.#logs
    return this.#rows.faults + records.total + kind.total + cells.total
  }

  /** Sound rows given so far. */
  get rows(): number {
    return this.#table?.kept ?? 0
  }

  /** The kind of the file, once it is known. */
  get kind(): Kind | undefined {
    return this.#table?.kind
  }

  /** Whether nothing that follows will be read. */
  get done(): boolean {
    return this.#rows.done
  }

  /** What was understood of its table. */
  get about(): TableAbout | undefined {
    return this.#table?.about
  }

  /** Reads the next piece of text. */
  read(text: string): void {
    this.#rows.read(text)
  }

  /** Reads what is left. @returns what the file was, or all its faults but those of repeated rows. */
  end(): CsvFileEnd | FaultReport {
    this.#rows.end()
    if (this.#rows.stopped === undefined) this.#table?.end()
    const report = this.#report(new FaultLog())
    if (report.total > 0) return report.report()
    // Without a fault there are rows, and rows are of a kind.
    const kind = this.#table!.kind!
    return { kind, frontMatter: this.frontMatter, rows: this.rows, remarks: this.remarks.all() }
  }

  /** All the faults of a file that ended, with those that its caller found among its rows. */
  reportWith(repeated: FaultLog): FaultReport {
    return this.#report(repeated).report()
  }

  #report(repeated: FaultLog): FaultLog {
    const log = new FaultLog()
    if (this.#rows.blank) {
      log.add({ line: 1, ...EMPTY })
      return log
    }
    const { stopped, logs, firstLine } = this.#rows
    const last = stopped === undefined ? TEXT_PHASES.length - 1 : TEXT_PHASES.indexOf(stopped)
    for (const phase of TEXT_PHASES.slice(0, last + 1)) log.include(logs[phase])
    if (stopped === undefined) {
      for (const found of [this.#logs.records, this.#logs.kind, this.#logs.cells, repeated])
        log.include(found)
    }
    // A table that says of every figure that it is not known is sound, and says nothing.
    const nothing = this.rows === 0 && !this.remarks.has('value-unknown', 'value-secret')
    if (log.total === 0 && nothing) log.add({ line: this.#table?.headerLine ?? firstLine, ...NO_ROWS })
    return log
  }
}

/** Reads a file of figures that may be longer than memory. */
export function figureFile(
  setting: FileSetting,
  keep: (row: ObservationRow, kind: LongKind) => void,
): CsvFile {
  const figures = (row: Row, kind: Kind) => {
    // Rows of the kinds whose rows are figures are figures.
    if (isLongKind(kind)) keep(row as ObservationRow, kind)
  }
  return new CsvFile({ ...setting, limits: setting.limits ?? LONG_LIMITS }, figures, true)
}

function tooLongFor(kind: Kind): Flaw | undefined {
  if (isLongKind(kind)) return undefined
  return flawed(
    'file-too-large',
    `Un fichier « ${KINDS[kind].label} » n’est pas lu par morceaux.`,
    'Découpez-le en plusieurs fichiers de moins de 10 Mo.',
  ).flaw
}
