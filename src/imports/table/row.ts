/** One row of a table as it is written, and the lines of the file that it spans: those of a sheet are its rows. */
export interface TableRow {
  line: number
  lastLine: number
  cells: string[]
  /** The column from which the cells added after those of the header come. */
  from?: SourceColumn
}

/** Columns that say again, in other words, what a column that is read says. */
export interface Echoes {
  /** The names of places whose codes are read. */
  names?: number | undefined
  /** The years of periods that have theirs. */
  years?: number | undefined
}

/** A column of the file, as its header names it. */
export interface SourceColumn {
  column: string
  columnNumber: number
}
