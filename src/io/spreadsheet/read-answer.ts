/** One sheet as its reader sees it: texts by row, the first of which has number 1. */
export interface SheetRows {
  name: string
  /** Rows that hold something, by their number; cells from column A on. */
  rows: { line: number; cells: string[] }[]
  /** Numbers of the rows that are hidden but hold something. */
  hiddenRows: number[]
  /** Blocks of merged cells that hold a text. */
  merges: number
}

/** Why a workbook cannot be read. */
export type WorkbookFault =
  | 'damaged'
  | 'protected'
  | 'macros'
  | 'links'
  | 'not-a-workbook'
  | 'plain'
  | 'inflates'
  | 'cells'
  | 'open-cells'
  | 'columns'
  | 'sheets'
  | 'time'
  | 'memory'

/** What the thread answers. */
export type ReadAnswer = { sheets: SheetRows[]; hiddenSheets: string[] } | { fault: WorkbookFault }

/** How much of a workbook is read at most. */
export interface WorkbookBounds {
  cells: number
  /** Of an OpenDocument, whose reader keeps three times as much of each. */
  openCells: number
  columns: number
  sheets: number
  /** Bytes of the parts of a package once inflated. */
  inflatedBytes: number
  /** Bytes of what is no package of its own: a page, XML, SYLK, DIF, dBase. */
  plainBytes: number
  /** How many times its size a package may grow to. */
  ratio: number
}
