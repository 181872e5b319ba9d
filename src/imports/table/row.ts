/** One row of a table as it is written, and the lines of the file that it spans: those of a sheet are its rows. */
export interface TableRow {
  line: number
  lastLine: number
  cells: string[]
  /** The column from which the cells added after those of the header come. */
  from?: SourceColumn
}

/** A column of the file, as its header names it. */
export interface SourceColumn {
  column: string
  columnNumber: number
}
