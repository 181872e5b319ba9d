import type { Flaw } from '../cells/fault.ts'
import type { RemarkLog } from '../cells/remark.ts'
import type { FaultLog } from '../fault-log.ts'
import type { Row } from '../file-kind.ts'
import type { FileSetting } from '../file-setting.ts'
import type { FrontMatter } from '../front-matter.ts'
import type { Kind } from '../kinds.ts'

/** Faults of a table, by what they are about. */
export interface TableLogs {
  records: FaultLog
  kind: FaultLog
  cells: FaultLog
}

/** Where a table comes from. */
export interface TableOrigin {
  frontMatter: FrontMatter
  /** Whether a row must have as many cells as the header, as in a CSV; a sheet has no end. */
  ragged: boolean
  /** Name of its sheet, in a workbook. */
  sheet?: string
  /** Year that the titles of the table above it say. */
  year?: string | undefined
  /** Why files of a kind are not read so. */
  refuse?: (kind: Kind) => Flaw | undefined
}

/** Where a table is read from, and where its rows and what is told of them go. */
export interface TableGround {
  setting: FileSetting
  origin: TableOrigin
  logs: TableLogs
  remarks: RemarkLog
  keep: (row: Row, kind: Kind) => void
}

/** What was understood of a table. */
export interface TableAbout {
  kind: Kind | undefined
  /** Name of the sheet, in a workbook. */
  sheet?: string
  headerLine: number
  header: string[]
  /** Column of each field, by the name that the file gives it. */
  mapping: { column: string; field: string | undefined }[]
  /** First rows as written. */
  head: string[][]
  /** Fields that its rows fill, where its columns do not say it. */
  fields?: readonly string[]
}
