import type { Status } from '../pure/figures/measure.ts'
import { frenchNumber } from '../pure/french/french.ts'
import { type Cells, type Columns, type Context, isMissing } from './cells/column.ts'
import { type Fault, type Flaw, flawed, quoted } from './cells/fault.ts'
import { type Mark, readFigureMark, type Standing, standingCalled } from './cells/mark.ts'
import { daysUntil, type Period } from './cells/period-cell.ts'
import type { RemarkCode, RemarkLog } from './cells/remark.ts'
import type { FaultLog } from './fault-log.ts'
import type { HeaderRule, Positions } from './header.ts'
import { WORKING } from './table/figure-terms.ts'
import type { TableRow } from './table/row.ts'

/** What every row has: the line of the file it comes from. */
export interface Row {
  line: number
}

/** Where the columns of a kind stand under the header of a file. */
export interface RowHeader {
  header: readonly string[]
  headerLine: number
  positions: Positions
  /** Whether rows can be made of them. */
  complete: boolean
}

/** What every kind of file says of itself. */
interface About<R extends Row> extends HeaderRule {
  label: string
  description: string
  /** What a row is about (two rows about the same thing are a fault), and in words. */
  subject(row: R): { key: string; words: string }
  /** What it says about it. */
  content(row: R): readonly unknown[]
}

/** A kind of file that can be imported: its columns, and how its rows are made and checked. */
export interface FileKind<R extends Row> extends About<R> {
  /** The column of the figure that a row is about, where a row is about one: left out when it is not known. */
  figure?: string
  /** Of facts that hold from a day on: the columns of that day and of their number, where months may head columns. */
  wide?: { from: string; value: string }
  /** Realistic rows for the template, under the names of the fields. */
  examples: readonly Partial<Record<string, string>>[]
  /** How the rows under a header become rows of this kind, one by one; `undefined` for a faulty one, or one left aside. */
  rowReader(
    header: RowHeader,
    context: Context,
    log: FaultLog,
    remarks: RemarkLog,
  ): (row: TableRow) => R | undefined
  /** Tells what is wrong across rows. */
  checkRows(rows: readonly R[], log: FaultLog): void
  /** What the rows amount to, of a kind whose rows themselves are never stored. */
  figures?(rows: readonly R[], remarks: RemarkLog): Row[]
}

/** Tells a fault of the row being made, on one of its columns. */
export type Reject<C extends Columns> = (flaw: Flaw, field: keyof C & string) => void

interface Definition<C extends Columns, R extends Row> extends About<R> {
  columns: C
  figure?: keyof C & string
  wide?: { from: keyof C & string; value: keyof C & string }
  examples: readonly Partial<Record<keyof C & string, string>>[]
  /** Makes a row of its cells; a row with a rejection is dropped. */
  row(cells: Cells<C>, line: number, reject: Reject<C>): R
  /** Checks across rows. */
  checkRows?(rows: readonly R[], log: FaultLog): void
}

/** A kind whose rows are counted into figures before anything is stored. */
interface Counted<R extends Row, F extends Row> {
  figures(rows: readonly R[], remarks: RemarkLog): F[]
}

/** Makes a kind of file whose rows are counted before anything is stored. */
export function countedKind<C extends Columns, R extends Row, F extends Row>(
  definition: Definition<C, R> & Counted<R, F>,
): FileKind<R> & Counted<R, F> {
  return { ...fileKind(definition), figures: definition.figures }
}

/** A row that says what its cells say. */
export type CellsRow<C extends Columns> = Row & Cells<C>

/** Makes a kind of file whose rows are their cells, once `check` has told what is wrong with them. */
export function factKind<C extends Columns>({
  check,
  ...definition
}: Omit<Definition<C, CellsRow<C>>, 'row' | 'content'> & {
  check?(row: CellsRow<C>, reject: Reject<C>): void
}): FileKind<CellsRow<C>> {
  const silent = Object.fromEntries(
    Object.keys(definition.columns).map(field => [field, field === 'locator' ? '' : undefined]),
  )
  return fileKind<C, CellsRow<C>>({
    ...definition,
    row(cells, line, reject) {
      const row = { ...silent, ...cells, line }
      check?.(row, reject)
      return row
    },
    // Where it stands says nothing of what it says.
    content: row => Object.entries(row).filter(([field]) => field !== 'line' && field !== 'locator'),
  })
}

/** Makes a kind of file of its columns and rules. */
export function fileKind<C extends Columns, R extends Row>(definition: Definition<C, R>): FileKind<R> {
  return {
    ...definition,
    rowReader: (header, context, log, remarks) => rowReader(definition, header, context, log, remarks),
    checkRows(rows, log) {
      reportRepeated(rows, definition, log)
      definition.checkRows?.(rows, log)
    },
  }
}

/** Different texts of one column whose readings are kept: places and months come back all along a file. */
const READINGS_KEPT = 50_000

function rowReader<C extends Columns, R extends Row>(
  { columns, row: makeRow, figure, span }: Definition<C, R>,
  { header, headerLine, positions, complete }: RowHeader,
  setting: Context,
  log: FaultLog,
  remarks: RemarkLog,
): (row: TableRow) => R | undefined {
  let line = 0
  let repaired = false
  const tellZero = (code: string) => {
    repaired = true
    remarks.add('zero-restored', `Code ${code} lu sans son zéro de tête, qu’un tableur ôte : rendu`, line)
  }
  const context: Context = { ...setting, tellZero }
  const { defaultPlace } = setting
  const plan = Object.entries(columns).map(([field, column]) => ({
    ...column,
    field,
    position: positions.get(field),
    known: new Map<string, unknown>(),
    heading: header[positions.get(field) ?? -1],
  }))
  const told = new Set<string>()
  const bounded = figure === 'days'
  // « 12 130 e » is an amount of euros, unless a note says what its « e » calls.
  const isEuros = (text: string) =>
    figure === 'euros' && !setting.legend?.has('e') && /\de$|\d\se$/i.test(text)
  const inCells = new Set([figure, ...(span?.fields ?? [])])
  const labels = plan.filter(({ field }) => field === 'period' || field === 'place')
  // A label whose reading is kept called no note when it was read.
  const standingOfRow = (row: TableRow) =>
    labels
      .flatMap(({ position = -1, known }) => {
        const text = cellAt(row, position)
        return known.has(text) ? [] : (standingCalled(text.slice(-20), setting.legend) ?? [])
      })
      .find(said => said !== 'noted')
  return row => {
    line = row.line
    let sound = complete
    let spanRefused = false
    const figureAt = figure === undefined ? undefined : positions.get(figure)
    const written = figureAt === undefined ? '' : cellAt(row, figureAt)
    let mark =
      figureAt === undefined || isEuros(written) ? undefined : readFigureMark(written, setting.legend)
    const standing = mark === undefined && figureAt !== undefined ? standingOfRow(row) : undefined
    if (standing !== undefined) mark = { about: written, said: standing }
    // A count under a bound is kept secret; a delay under one is known so.
    if (mark !== undefined && 'atMost' in mark && !bounded) mark = SMALL
    const reject: Reject<C> = (flaw, field) => {
      sound = false
      const position = positions.get(field)
      const added = position !== undefined && position >= header.length
      const heading = added && !inCells.has(field)
      // A cell that stands for both ends of a span is at fault once.
      if (added && span?.fields.includes(field)) {
        if (spanRefused) return
        spanRefused = true
      }
      // What the heading of a column says is wrong once, not on each line under it; what a line says, once for all its figures.
      if (heading || flaw.once || row.from !== undefined) {
        const once = `${heading || flaw.once ? '' : line}|${position}|${added ? row.from?.columnNumber : ''}|${flaw.message}`
        if (told.has(once)) return
        told.add(once)
      }
      log.add({ line: heading ? headerLine : line, ...location(header, position, row), ...flaw })
    }
    const values: Record<string, unknown> = {}
    const absent: [Flaw, string][] = []
    for (const { field, position, presence, read, freeText, name, example, known, heading } of plan) {
      let text = position === undefined ? '' : cellAt(row, position)
      const before = known.get(text)
      if (before !== undefined) {
        values[field] = before
        continue
      }
      if (field === figure && mark !== undefined) {
        if ('unknown' in mark) continue
        text = 'atLeast' in mark ? mark.atLeast : 'atMost' in mark ? mark.atMost : mark.about
      }
      if (bounded && field === figure) {
        const counted = daysUntil(text, values['period'] as Period | undefined)
        if (counted !== undefined) remarks.add('slot-counted', SLOT_COUNTED, line)
        text = counted ?? text
      }
      if (!isMissing(text, freeText)) {
        context.suggesting = log.hasRoom
        context.heading = heading
        repaired = false
        const reading = !freeText && text.length > CELL_CHARACTERS ? longCell(text) : read(text, context)
        if ('flaw' in reading) reject(reading.flaw, field)
        else {
          values[field] = reading.value
          if (!freeText && mark === undefined && !repaired && known.size < READINGS_KEPT)
            known.set(text, reading.value)
        }
      } else if (presence === 'unless-default-place' && defaultPlace !== undefined) {
        values[field] = defaultPlace
      } else if (position !== undefined && (presence === 'always' || presence === 'unless-default-place')) {
        absent.push([missingValue(name, example, text), field])
      }
    }
    if (mark !== undefined && 'unknown' in mark && values['status'] !== 'withdrawn') {
      const [code, words] = LEFT_ASIDE[mark.unknown]
      if (sound) remarks.add(code, words, line)
      return undefined
    }
    // What is not told of a figure that nobody knows is no fault.
    for (const [flaw, field] of absent) reject(flaw, field)
    const bound = mark === undefined ? undefined : toldAs(mark)
    if (bound !== undefined && sound) {
      if (bound.status !== undefined) values['status'] ??= bound.status
      remarks.add(bound.code, bound.words, line)
    }
    if (bounded && WORKING.test(row.cells[positions.get('days')!] ?? '')) values['unit'] ??= 'working-day'
    // Every column has been read by its own reader, so the cells are of the types of the columns.
    const made = sound ? makeRow(values as Cells<C>, line, reject) : undefined
    return sound ? made : undefined
  }
}

const SLOT_COUNTED = 'Jour du premier créneau, lu comme les jours d’attente depuis le relevé'

/** A spreadsheet marks a number kept as text with an apostrophe. */
function cellAt({ cells }: TableRow, position: number): string {
  return (cells[position] ?? '').trim().replace(/^['’](?=\d)/, '')
}

/** What is known of a figure that is not written as it is. */
function toldAs(mark: Mark) {
  if ('atMost' in mark) return AT_MOST
  return 'atLeast' in mark ? AT_LEAST : 'about' in mark ? ABOUT[mark.said ?? 'estimated'] : undefined
}

const told = (code: RemarkCode, status: Status | undefined, words: string) => ({ code, status, words })
const AT_MOST = told(
  'value-bounded',
  'at-most',
  'Valeur écrite comme une borne haute, lue comme « au plus cette valeur »',
)
const AT_LEAST = told(
  'value-bounded',
  'censored',
  'Valeur écrite comme une borne basse, lue comme « censuré » : au moins cette valeur',
)
const ABOUT: Record<Standing, ReturnType<typeof told>> = {
  estimated: told('value-rough', 'estimated', 'Valeur écrite comme approchée, lue comme « estimé »'),
  provisional: told('value-rough', 'estimated', 'Valeur écrite comme provisoire, lue comme « estimé »'),
  revised: told('value-revised', undefined, 'Valeur écrite comme révisée, lue telle quelle'),
  noted: told(
    'note-call',
    undefined,
    'Appel d’une note qui ne dit ni provisoire ni estimé : valeur lue telle quelle',
  ),
}
const SMALL: Mark = { unknown: 'secret' }

const LEFT_ASIDE: Record<Extract<Mark, { unknown: unknown }>['unknown'], readonly [RemarkCode, string]> = {
  missing: ['value-unknown', 'Valeur inconnue laissée de côté : inconnu n’est pas zéro'],
  secret: ['value-secret', 'Valeur couverte par le secret statistique laissée de côté'],
}

/** Nothing but free text is longer, and some readers would take long to say so. */
const CELL_CHARACTERS = 200

function longCell(text: string) {
  return flawed(
    'text-too-long',
    `Cellule de ${frenchNumber(text.length)} caractères : ${quoted(text)}.`,
    'Vérifiez que les guillemets et les séparateurs sont à leur place.',
  )
}

function location(
  header: readonly string[],
  position: number | undefined,
  { from }: TableRow,
): Pick<Fault, 'column' | 'columnNumber'> {
  if (position === undefined) return {}
  if (position >= header.length) return from ?? {}
  return { column: header[position]!.slice(0, 100), columnNumber: position + 1 }
}

/** The flaw of a cell that must be filled. */
export function missingValue(name: string, example: string, text = ''): Flaw {
  return flawed(
    'missing-value',
    text === '' ? `« ${name} » est vide.` : `« ${name} » est inconnu (${quoted(text)}).`,
    `Donnez une valeur, par exemple ${example}, ou supprimez la ligne si elle est inconnue.`,
  ).flaw
}

function reportRepeated<C extends Columns, R extends Row>(
  rows: readonly R[],
  { subject, content }: Definition<C, R>,
  log: FaultLog,
): void {
  const seen = new Map<string, R>()
  for (const row of rows) {
    const { key, words } = subject(row)
    const first = seen.get(key)
    if (first === undefined) seen.set(key, row)
    else {
      const same = JSON.stringify(content(first)) === JSON.stringify(content(row))
      log.add({ line: row.line, ...repeatedFlaw(words, first.line, row.line, same) })
    }
  }
}

/** The flaw of a row about what an earlier line was already about; `same` when both say the same. */
export function repeatedFlaw(words: string, first: number, second: number, same: boolean): Flaw {
  return same
    ? flawed('duplicate-row', `Même ligne que la ligne ${first} (${words}).`, 'Supprimez l’une des deux.')
        .flaw
    : flawed(
        'contradiction',
        `Les lignes ${first} et ${second} disent autre chose de ${words}.`,
        'Gardez la bonne (ou leur somme, pour des nombres dont chacune ne dit qu’une part : deux guichets) ; si le document se contredit lui-même, faites un fichier par endroit du document.',
      ).flaw
}
