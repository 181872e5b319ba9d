import type { Flaw } from './cells/fault.ts'
import {
  lineFlaw,
  NO_HEADER,
  noSeparator,
  separatedBy,
  separatorOf,
  stopsReading,
  tooManyRows,
} from './csv.ts'
import { FaultLog } from './fault-log.ts'
import { foreignText } from './file-signature.ts'
import { type FrontMatter, readFrontMatter } from './front-matter.ts'
import type { Limits } from './limits.ts'
import { RecordReader } from './record.ts'
import type { TableRow } from './table/row.ts'

/** Metadata and header stand within so many lines. */
const HEAD_LINES = 102
/** No line is that long in any text; what comes without end of line is no CSV. */
const LONGEST_CARRY = 8_000_000
/** Everything but what `textDamage` could refuse: when a piece holds none of it, its lines are not looked at one by one. */
const SUSPECT =
  /[^\t\n\r\x20-\x7e\u00a0-\u00ac\u00ae-\u00c1\u00c4-\u00e1\u00e3-\u024f\u2018-\u201f\u2026\u202f\u20ac]/

/** The steps of the reading of a text, in the order in which their faults are told. */
export const TEXT_PHASES = ['damage', 'front', 'quotes'] as const
type Phase = (typeof TEXT_PHASES)[number]

/** Who takes the rows of a text as they come: what it says of itself first, then its rows, header included. */
export interface RowTaker {
  begin(frontMatter: FrontMatter): void
  row(row: TableRow): void
}

/** Takes a CSV text apart, piece by piece, into what it says of itself and its rows, header included. */
export class CsvRows {
  readonly #limits: Limits
  readonly #taker: RowTaker
  /** Faults found, step by step. */
  readonly logs: Record<Phase, FaultLog> = {
    damage: new FaultLog(),
    front: new FaultLog(),
    quotes: new FaultLog(),
  }
  /** What stops the file at a step: nothing of the later ones is told, as their faults would not be their own. */
  stopped: Phase | undefined
  #carry = ''
  /** Whether no line ends in what is carried. */
  #endless = false
  #pending: string[] = []
  #lines = 0
  #started = false
  /** Whether there was nothing but spaces. */
  blank = true
  #records: RecordReader | undefined
  #hasFirst = false
  /** Line behind the metadata, where the table begins. */
  firstLine = 1
  #damaged = new Set<number>()
  #sound = 0

  constructor(limits: Limits, taker: RowTaker) {
    this.#limits = limits
    this.#taker = taker
  }

  /** Faults found so far. */
  get faults(): number {
    return TEXT_PHASES.reduce((sum, phase) => sum + this.logs[phase].total, 0)
  }

  /** Whether nothing more will be read. */
  get done(): boolean {
    return this.stopped === 'damage' || this.stopped === 'front' || this.#records?.done === true
  }

  /** Reads the next piece of text. */
  read(text: string): void {
    this.#carry += text
    if (!this.#started && this.#carry.length < HEAD_LINES * this.#limits.lineCharacters) return
    // Pieces joined are looked through again from their start.
    if (this.#endless && !/[\r\n]/.test(text) && this.#carry.length <= LONGEST_CARRY) return
    const newline = this.#carry.lastIndexOf('\n') + 1
    // Old files end their lines with a carriage return alone; the last one may be half of a pair.
    const end =
      newline > 0 || this.#carry.length < LONGEST_CARRY / 8
        ? newline
        : this.#carry.lastIndexOf('\r', this.#carry.length - 2) + 1
    this.#endless = end === 0
    if (end > 0) this.#take(this.#carry.slice(0, end - 1), end, false)
    else if (this.#carry.length > LONGEST_CARRY) this.#take(this.#carry, this.#carry.length, false)
  }

  /** Reads what is left. */
  end(): void {
    this.#take(this.#carry, this.#carry.length, true)
  }

  #stop(phase: Phase, flaw?: Flaw, line = 1): void {
    if (flaw) this.logs[phase].add({ line, ...flaw })
    if (this.stopped === undefined || TEXT_PHASES.indexOf(phase) < TEXT_PHASES.indexOf(this.stopped))
      this.stopped = phase
  }

  #take(taken: string, length: number, whole: boolean): void {
    this.#carry = this.#carry.slice(length)
    // A program that adds its mark to a file that has one gives it two.
    const text = this.#lines === 0 ? taken.replace(/^\ufeff+/, '') : taken
    const lines = text.includes('\r') ? text.split(/\r\n|\r|\n/) : text.split('\n')
    if (!whole && text.endsWith('\r')) lines.pop()
    if (this.blank && text.trim() !== '') this.blank = false
    const first = this.#lines + 1
    this.#lines += lines.length
    this.#checkCharacters(text, lines, first)
    if (!this.#started) {
      this.#started = true
      const start = this.#start(text, lines)
      if (this.#records) this.#split(this.#records, lines.slice(start), start + 1, whole)
    } else if (this.#records) {
      const all = this.#pending.length > 0 ? this.#pending.concat(lines) : lines
      this.#split(this.#records, all, first - this.#pending.length, whole)
    }
  }

  #split(records: RecordReader, lines: string[], first: number, whole: boolean): void {
    const used = records.read(lines, first, whole)
    this.#pending = used === lines.length ? [] : lines.slice(used)
    for (const line of this.#damaged) if (line < first + used) this.#damaged.delete(line)
    // Rows go on being split to tell their misplaced quotes, but no header stands above them.
    if (!this.#hasFirst && whole) this.#stop('quotes')
  }

  #checkCharacters(text: string, lines: readonly string[], first: number): void {
    const suspect = SUSPECT.test(text)
    for (const [i, line] of lines.entries()) {
      if (!suspect && line.length <= this.#limits.lineCharacters) continue
      const flaw = lineFlaw(line, this.#limits)
      if (flaw === undefined) continue
      this.logs.damage.add({ line: first + i, ...flaw })
      this.#damaged.add(first + i)
      if (stopsReading(line, this.#limits)) this.#stop('damage')
    }
  }

  #start(text: string, lines: string[]): number {
    const foreign = foreignText(text)
    if (foreign) {
      this.logs.damage = new FaultLog()
      this.#stop('damage', foreign)
      return 0
    }
    const { frontMatter, length } = readFrontMatter(lines, this.logs.front)
    this.firstLine = length + 1
    const header = lines[length]
    if (header === undefined) this.#stop('front', NO_HEADER, Math.max(1, length))
    else if ([...this.#damaged].some(line => line <= length + 1)) this.#stop('front')
    else {
      const separator = separatorOf(lines.slice(length))
      if (separator === undefined) this.#stop('front', noSeparator(header), length + 1)
      else {
        lines[length] = separatedBy(separator, header, lines[length + 1])
        this.#taker.begin(frontMatter)
        this.#records = new RecordReader(separator, this.#limits, this.logs.quotes, record =>
          this.#record(record),
        )
      }
    }
    return length
  }

  #record(row: TableRow): void {
    if (!this.#hasFirst) {
      this.#hasFirst = true
      // Under a header whose quotes are misplaced, every row would be faulty for a reason that is not its own.
      if (row.line !== this.firstLine) this.#stop('quotes')
    } else {
      this.#sound += 1
      if (this.#sound > this.#limits.rows) this.#stop('quotes', tooManyRows(this.#limits), row.line)
    }
    if (this.stopped === 'quotes' || this.stopped === 'damage') return
    if (this.#damaged.size > 0)
      for (let touched = row.line; touched <= row.lastLine; touched++) if (this.#damaged.has(touched)) return
    this.#taker.row(row)
  }
}
