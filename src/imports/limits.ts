/** How much of a file is read at most, so that no file can hold the service. */
export interface Limits {
  bytes: number
  rows: number
  columns: number
  /** Characters of one line of the file. */
  lineCharacters: number
  /** Characters of one record, over all its lines. */
  recordCharacters: number
}

/** Ten times the largest file expected (35,000 communes by month and title come in yearly files). */
export const LIMITS: Limits = {
  bytes: 10 * 1024 * 1024,
  rows: 200_000,
  columns: 1_000,
  lineCharacters: 20_000,
  recordCharacters: 60_000,
}

/** Largest workbook read, in bytes: compressed, it holds ten times as much. */
export const WORKBOOK_BYTES = 10 * 1024 * 1024

/** What is read of a file that goes through in pieces: a century of months of every commune, twice. */
export const LONG_LIMITS: Limits = {
  ...LIMITS,
  bytes: 8 * 1024 ** 3,
  rows: 100_000_000,
}
