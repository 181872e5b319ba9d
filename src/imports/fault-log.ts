import type { Fault, FaultCode, Flaw } from './cells/fault.ts'

/** Faults shown to people; beyond it they are only counted. */
export const FAULTS_LISTED = 1_000

/** The faults of a file: the first ones in the order of its lines, and how many there are of each code. */
export interface FaultReport {
  faults: Fault[]
  total: number
  byCode: Partial<Record<FaultCode, number>>
}

/** The refusal of a whole file for one reason, on its first line unless it says which. */
export function refusedFor(flaw: Flaw | Fault): FaultReport {
  return { faults: [{ line: 1, ...flaw }], total: 1, byCode: { [flaw.code]: 1 } }
}

/** Gathers faults with bounded memory: a file of garbage has as many faults as lines. */
export class FaultLog {
  /** What is true of where all of them stand: the sheet, in a workbook. */
  readonly #where: Pick<Fault, 'sheet'>
  readonly #listed: Fault[] = []
  readonly #byCode: Partial<Record<FaultCode, number>> = {}
  /** How many faults were found. */
  total = 0

  constructor(where: Pick<Fault, 'sheet'> = {}) {
    this.#where = where
  }

  /** Whether the next fault will be listed, or only counted. */
  get hasRoom(): boolean {
    return this.#listed.length < FAULTS_LISTED
  }

  /** Adds a fault: counted always, kept while there is room. */
  add(fault: Fault): void {
    this.count(fault.code, 1)
    if (this.hasRoom) this.#listed.push({ ...fault, ...this.#where })
  }

  /** Counts faults of one code that are too many to be listed. */
  count(code: FaultCode, times: number): void {
    this.total += times
    this.#byCode[code] = (this.#byCode[code] ?? 0) + times
  }

  /** Adds what another log found after what this one did. */
  include(later: FaultLog): void {
    for (const [code, count] of Object.entries(later.#byCode)) this.count(code as FaultCode, count)
    for (const fault of later.#listed.slice(0, FAULTS_LISTED - this.#listed.length))
      this.#listed.push({ ...this.#where, ...fault })
  }

  /** Everything found so far, in the order of the lines, then of the columns. */
  report(): FaultReport {
    const faults = [...this.#listed].sort(
      (a, b) => a.line - b.line || (a.columnNumber ?? 0) - (b.columnNumber ?? 0),
    )
    return { faults, total: this.total, byCode: { ...this.#byCode } }
  }
}
