import { type Flaw, flawed } from './cells/fault.ts'
import {
  EMPTY,
  lineFlaw,
  NO_HEADER,
  noSeparator,
  recordFlaw,
  separatorOf,
  stopsReading,
  tooManyColumns,
  tooManyRows,
} from './csv.ts'
import { FaultLog, type FaultReport } from './fault-log.ts'
import { foreignText } from './file-signature.ts'
import { type FrontMatter, readFrontMatter } from './front-matter.ts'
import { matchHeader } from './header.ts'
import type { ObservationRow } from './kinds/observation-row.ts'
import { KINDS, type Kind, type RowOf } from './kinds.ts'
import { type Limits, LONG_LIMITS } from './limits.ts'
import { checkFrontMatter, type FileSetting, kindOf, NO_ROWS } from './read-file.ts'
import { type CsvRecord, RecordReader } from './record.ts'

/** Kinds whose rows are figures: the only ones that come by the million. */
export const LONG_KINDS = [
  'issuance-delays',
  'appointment-waits',
  'applications',
  'titles-issued',
  'indicators',
] as const satisfies readonly Kind[]

/** A kind of file that may be longer than memory. */
export type LongKind = (typeof LONG_KINDS)[number]

/** Whether a kind may be longer than memory. */
export function isLongKind(kind: Kind): kind is LongKind {
  return (LONG_KINDS as readonly Kind[]).includes(kind)
}

/** What a sound file was. */
export interface LongFileEnd {
  kind: LongKind
  frontMatter: FrontMatter
  rows: number
}

/** Metadata and header stand within so many lines. */
const HEAD_LINES = 102
/** No line is that long in any text; what comes without end of line is no CSV. */
const LONGEST_CARRY = 8_000_000
/** Everything but what `textDamage` could refuse: when a piece holds none of it, its lines are not looked at one by one. */
const SUSPECT =
  /[^\t\n\r\x20-\x7e\u00a0-\u00ac\u00ae-\u00c1\u00c4-\u00e1\u00e3-\u024f\u2018-\u201f\u2026\u202f\u20ac]/

type Phase = 'damage' | 'front' | 'quotes' | 'records' | 'kind' | 'cells'
const PHASES: readonly Phase[] = ['damage', 'front', 'quotes', 'records', 'kind', 'cells']

/**
 * Reads a file piece by piece with the rules and the readers of `readFile`, so that both find the same faults. Only
 * rows about the same thing are left to the caller, who stores them: they may stand millions of lines apart.
 */
export class LongFile {
  readonly #setting: FileSetting
  readonly #limits: Limits
  readonly #keep: (row: ObservationRow, kind: LongKind) => void
  readonly #logs = Object.fromEntries(PHASES.map(phase => [phase, new FaultLog()])) as Record<Phase, FaultLog>
  /** What stops the file at a phase: nothing of the later ones is told, as their faults would not be their own. */
  #stopped: Phase | undefined
  #carry = ''
  #pending: string[] = []
  #lines = 0
  #started = false
  #blank = true
  #frontMatter: FrontMatter = { notes: [], lines: {} }
  #records: RecordReader | undefined
  #header: { line: number; cells: string[] } | undefined
  #headerLine = 1
  #damaged = new Set<number>()
  #kind: LongKind | undefined
  #row: ((record: CsvRecord) => ObservationRow | undefined) | undefined
  #unnamed: number[] = []
  readonly #underUnnamed: CsvRecord[] = []
  #sound = 0
  #kept = 0

  constructor(setting: FileSetting, keep: (row: ObservationRow, kind: LongKind) => void) {
    this.#setting = setting
    this.#limits = setting.limits ?? LONG_LIMITS
    this.#keep = keep
  }

  /** Faults found so far, those of repeated rows apart. */
  get faults(): number {
    return PHASES.reduce((sum, phase) => sum + this.#logs[phase].total, 0)
  }

  /** Sound rows given so far. */
  get rows(): number {
    return this.#kept
  }

  /** What the file says of itself, once rows come. */
  get frontMatter(): FrontMatter {
    return this.#frontMatter
  }

  /** Reads the next piece of text. */
  read(text: string): void {
    this.#carry += text
    if (!this.#started && this.#carry.length < HEAD_LINES * this.#limits.lineCharacters) return
    const newline = this.#carry.lastIndexOf('\n') + 1
    // Old files end their lines with a carriage return alone; the last one may be half of a pair.
    const end = newline > 0 || this.#carry.length < LONGEST_CARRY / 8 ? newline : this.#lastReturn()
    if (end > 0) this.#take(this.#carry.slice(0, end - 1), end, false)
    else if (this.#carry.length > LONGEST_CARRY) this.#take(this.#carry, this.#carry.length, false)
  }

  /** Reads what is left. @returns what the file was, or all its faults but those of repeated rows. */
  end(): LongFileEnd | FaultReport {
    this.#take(this.#carry, this.#carry.length, true)
    if (this.#header !== undefined && this.#row !== undefined) this.#matchHeader()
    const report = this.#report(new FaultLog())
    if (report.total > 0) return report.report()
    // Without a fault there are rows, and rows are of a kind.
    return { kind: this.#kind!, frontMatter: this.#frontMatter, rows: this.#kept }
  }

  /** All the faults of a file that ended, with those that its caller found among its rows. */
  reportWith(repeated: FaultLog): FaultReport {
    return this.#report(repeated).report()
  }

  #report(repeated: FaultLog): FaultLog {
    if (this.#blank) {
      const log = new FaultLog()
      log.add({ line: 1, ...EMPTY })
      return log
    }
    const log = new FaultLog()
    const last = this.#stopped === undefined ? PHASES.length - 1 : PHASES.indexOf(this.#stopped)
    for (const phase of PHASES.slice(0, last + 1)) log.include(this.#logs[phase])
    if (this.#stopped === undefined) log.include(repeated)
    if (log.total === 0 && this.#kept === 0) log.add({ line: this.#headerLine, ...NO_ROWS })
    return log
  }

  #lastReturn(): number {
    return this.#carry.lastIndexOf('\r', this.#carry.length - 2) + 1
  }

  #stop(phase: Phase, flaw?: Flaw, line = 1): void {
    if (flaw) this.#logs[phase].add({ line, ...flaw })
    if (this.#stopped === undefined || PHASES.indexOf(phase) < PHASES.indexOf(this.#stopped))
      this.#stopped = phase
  }

  #take(text: string, length: number, whole: boolean): void {
    this.#carry = this.#carry.slice(length)
    const lines = text.includes('\r') ? text.split(/\r\n|\r|\n/) : text.split('\n')
    if (!whole && text.endsWith('\r')) lines.pop()
    if (this.#blank && text.trim() !== '') this.#blank = false
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
    if (this.#header === undefined && whole) this.#stop('quotes')
  }

  #checkCharacters(text: string, lines: readonly string[], first: number): void {
    const suspect = SUSPECT.test(text)
    for (const [i, line] of lines.entries()) {
      if (!suspect && line.length <= this.#limits.lineCharacters) continue
      const flaw = lineFlaw(line, this.#limits)
      if (flaw === undefined) continue
      this.#logs.damage.add({ line: first + i, ...flaw })
      this.#damaged.add(first + i)
      if (stopsReading(line, this.#limits)) this.#stop('damage')
    }
  }

  #start(text: string, lines: readonly string[]): number {
    const foreign = foreignText(text)
    if (foreign) {
      this.#logs.damage = new FaultLog()
      this.#stop('damage', foreign)
      return 0
    }
    const { frontMatter, length } = readFrontMatter(lines, this.#logs.front)
    this.#frontMatter = frontMatter
    this.#headerLine = length + 1
    const header = lines[length]
    if (header === undefined) this.#stop('front', NO_HEADER, Math.max(1, length))
    else if ([...this.#damaged].some(line => line <= length + 1)) this.#stop('front')
    else {
      const separator = separatorOf(header)
      if (separator === undefined) this.#stop('front', noSeparator(header), length + 1)
      else {
        this.#records = new RecordReader(separator, this.#limits, this.#logs.quotes, record =>
          this.#record(record),
        )
      }
    }
    return length
  }

  #record(record: CsvRecord): void {
    if (this.#header === undefined) {
      this.#header = { line: record.line, cells: record.cells.map(cell => cell.trim()) }
      if (record.line === this.#headerLine) this.#openRows(this.#header.cells)
      else this.#stop('quotes')
      return
    }
    if (this.#stopped === 'quotes' || this.#stopped === 'damage') return
    this.#sound += 1
    if (this.#sound > this.#limits.rows) this.#stop('quotes', tooManyRows(this.#limits), record.line)
    else this.#takeRow(record, this.#header.cells.length)
  }

  #takeRow(record: CsvRecord, width: number): void {
    const { line, lastLine, cells } = record
    if (this.#damaged.size > 0)
      for (let touched = line; touched <= lastLine; touched++) if (this.#damaged.has(touched)) return
    if (cells[0]!.trim() === '' && cells.every(cell => cell.trim() === '')) return
    const flaw = recordFlaw(cells, width)
    if (flaw) {
      this.#logs.records.add({ line, ...flaw })
      return
    }
    if (this.#unnamed.some(index => cells[index]!.trim() !== '')) {
      this.#unnamed = this.#unnamed.filter(index => cells[index]!.trim() === '')
      this.#underUnnamed.push(record)
    }
    const row = this.#row?.(record)
    if (row === undefined || this.#kind === undefined) return
    this.#kept += 1
    this.#keep(row, this.#kind)
  }

  #openRows(header: string[]): void {
    if (header.length > this.#limits.columns) {
      this.#stop('quotes', tooManyColumns(header.length, this.#limits), this.#headerLine)
      return
    }
    const { today, knownCommunes, answersFor, defaultPlace } = this.#setting
    checkFrontMatter(this.#frontMatter, today, this.#logs.kind)
    const head = { frontMatter: this.#frontMatter, header, headerLine: this.#headerLine }
    const kind = kindOf(head, this.#setting, this.#logs.kind)
    if (kind === undefined) {
      this.#stop('kind')
      return
    }
    if (!isLongKind(kind)) {
      this.#stop('kind', tooLongFor(kind))
      return
    }
    this.#kind = kind
    this.#unnamed = header.flatMap((name, i) => (name === '' ? [i] : []))
    const match = matchHeader(
      { header, headerLine: this.#headerLine, records: [] },
      KINDS[kind],
      defaultPlace !== undefined,
      new FaultLog(),
    )
    this.#row = KINDS[kind].rowReader(
      { ...match, header },
      { today, knownCommunes, answersFor, defaultPlace },
      this.#logs.cells,
    )
  }

  #matchHeader(): void {
    const { header, unnamed } = { header: this.#header!.cells, unnamed: this.#underUnnamed }
    matchHeader(
      { header, headerLine: this.#headerLine, records: unnamed },
      KINDS[this.#kind!],
      this.#setting.defaultPlace !== undefined,
      this.#logs.kind,
    )
  }
}

function tooLongFor(kind: Kind): Flaw {
  return flawed(
    'file-too-large',
    `Un fichier « ${KINDS[kind].label} » n’est pas lu par morceaux.`,
    'Découpez-le en plusieurs fichiers de moins de 10 Mo.',
  ).flaw
}

/** A row that one of the long kinds gives. */
export type LongRow = RowOf<LongKind>
