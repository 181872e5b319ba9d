import type { Context } from '../cells/column.ts'
import { nameKey } from '../cells/name.ts'
import { isPartialPeriod } from '../cells/period-cell.ts'
import { isDepartment } from '../cells/place-cell.ts'
import { nameKeys } from '../header.ts'
import { combined, type Heading, isTotal, readHeading } from './heading.ts'
import { loneText } from './label-shape.ts'
import type { TableRow } from './row.ts'

/** The header of a table: one name for each column, and what the names that are values say. */
export interface FoundHeader {
  names: string[]
  /** What a column is headed with, when it is a value and no name. */
  headings: (Heading | undefined)[]
  line: number
  /** Rows of the head that stand before the first row of data. */
  rows: number
  /** Texts that stood before it. */
  titles: { line: number; text: string; cells: number; row: readonly string[] }[]
}

/** Rows among which the header of a table stands. */
export const ROWS_LOOKED_AT = 30

/** What identifies the names of columns that are known, and those of the columns of figures among them. */
export interface HeaderNames {
  known: ReadonlySet<string>
  figures: ReadonlySet<string>
}

/**
 * Finds the header of a table among its first rows: the row, or the two rows, that name most columns or head them with
 * most periods, titles or places. The first row when none does.
 */
function findHeader(
  head: readonly TableRow[],
  { known, figures }: HeaderNames,
  context: Context,
): FoundHeader {
  const rows = head.slice(0, ROWS_LOOKED_AT)
  let isFigure: (cell: string, index: number) => boolean = () => false
  const read = rows.map(({ cells }, i) => {
    isFigure = figuresUnder(rows[i - 1], isFigure)
    const headings = cells.map((cell, j) => (isFigure(cell, j) ? undefined : readHeading(cell, context)))
    return numberedMonths(cells) ?? departmentsAmong(cells, headings, context, isFigure)
  })
  let best: { score: number; found: FoundHeader } | undefined
  for (const [i, row] of rows.entries()) {
    // Under figures, the header is that of another table.
    if (best !== undefined && holdsFigures(row, read[i]!)) break
    const single = isLike(read[i]!, read[i + 1]) ? undefined : singleHeader(row, read[i]!, known)
    const double = rows[i + 1] && doubleHeader([row, rows[i + 1]!], [read[i]!, read[i + 1]!], known, figures)
    for (const candidate of [single, double]) {
      if (candidate === undefined || candidate.score <= (best?.score ?? 1)) continue
      const found = {
        ...candidate.header,
        line: row.line,
        rows: i + candidate.height,
        titles: titlesOf(rows.slice(0, i)),
      }
      best = { score: candidate.score, found }
    }
  }
  if (best) return best.found
  // One text alone is a title.
  const at = Math.max(
    rows.findIndex(row => row.cells.some(Boolean) && loneText(row) === undefined),
    0,
  )
  const names = rows[at]?.cells.map(cell => cell.trim()) ?? []
  const headings = names.map(() => undefined)
  return { names, headings, line: rows[at]?.line ?? 1, rows: at + 1, titles: titlesOf(rows.slice(0, at)) }
}

/** Whether values stand in a row and, under each, another of its sort: rows of data are alike, a header is not like the row under it. */
function isLike(
  row: readonly (Heading | undefined)[],
  under: readonly (Heading | undefined)[] = [],
): boolean {
  const said = row.flatMap((heading, j) => (heading === undefined ? [] : [[heading, under[j]] as const]))
  const sorts = (heading: Heading | undefined) => Object.keys(heading ?? {}).join()
  // Two digits under the code of a department are a figure, and so is what looks like a year under a year.
  return (
    said.length >= 2 &&
    said.some(([one]) => one.period !== undefined) &&
    said.every(([one, other]) => sorts(one) === sorts(other))
  )
}

/** The header of a table, with as many names as its widest row: a sheet has no end, and what stands beside is told. */
export function headerOf(
  head: readonly TableRow[],
  known: HeaderNames,
  context: Context,
  isRagged: boolean,
): FoundHeader {
  const found = withLastYear(withCornerYear(findHeader(head, known, context), head))
  if (isRagged) return found
  const width = head
    .slice(found.rows)
    .reduce((most, { cells }) => Math.max(most, cells.length), found.names.length)
  const names = [...found.names, ...Array<string>(width - found.names.length).fill('')]
  return { ...found, names, headings: names.map((_, i) => found.headings[i]) }
}

const CORNER_YEAR =
  /^(.*\(|mois\s|trimestres?\s)?(?:(?:année|annee|an|exercice)\s*:?\s*)?((?:19|20)\d{2})\)?$/i

/** Over labels, a year is that of the table, as in a title: « Année 2025 ; T1 ; T2 », « 2026 ; CNI ; Passeport ». */
function withCornerYear(found: FoundHeader, head: readonly TableRow[]): FoundHeader {
  const [text = ''] = found.names
  const [, label = '', year] = CORNER_YEAR.exec(text) ?? []
  const others = found.headings.slice(1)
  if (year === undefined || others.some(isDated)) return found
  if (others.filter(one => one?.partial !== undefined || one?.title !== undefined).length < 2) return found
  const labels = head.slice(found.rows).flatMap(({ cells }) => cells[0]?.trim() || [])
  if (!labels.every(one => isPartialPeriod(one) || /\p{L}{2}/u.test(one))) return found
  const areMonths = labels.every(one => isTotal(one) || isPartialPeriod(one))
  const name = label.replace(/\($/, '').trim() || (areMonths ? 'Mois' : text)
  const names = [name, ...found.names.slice(1)]
  return { ...titledWith(year, found), names, headings: [undefined, ...others] }
}

/** Behind months without theirs, a year heads their sum and is theirs: « Mairie ; janv. ; févr. ; … ; 2025 ». */
function withLastYear(found: FoundHeader): FoundHeader {
  const year = found.headings.at(-1)?.year
  const before = found.headings.slice(0, -1)
  if (year === undefined || before.some(isDated)) return found
  if (before.filter(one => one?.partial !== undefined).length < 3) return found
  return { ...titledWith(year, found), headings: [...before, { summary: 'year', year }] }
}

const isDated = (heading: Heading | undefined) => heading?.year !== undefined || heading?.period !== undefined

/** A header under one more title, which says its year. */
function titledWith(year: string, found: FoundHeader): FoundHeader {
  return { ...found, titles: [...found.titles, { line: found.line, text: year, cells: 1, row: [year] }] }
}

/** Two or five digits under the name of a column are a figure, not the code of a place nor the number of a day. */
function figuresUnder(
  { cells }: Pick<TableRow, 'cells'> = { cells: [] },
  above: (cell: string, index: number) => boolean,
) {
  const texts = new Set(cells.map(text => text.trim()).filter(text => text !== ''))
  return (cell: string, index: number) =>
    texts.size > 1 &&
    /^\d{2}(?:\d{3})?$/.test(cell.trim()) &&
    (/\p{L}/u.test(cells[index] ?? '') || above(cells[index] ?? '', index))
}

function holdsFigures({ cells }: TableRow, read: readonly (Heading | undefined)[]): boolean {
  const filled = cells.filter(cell => cell.trim() !== '')
  return (
    filled.length > 1 && cells.some((cell, j) => read[j] === undefined && /^\d[\d\s.,]*$/.test(cell.trim()))
  )
}

/** Whether a row is the header of a table: it names several columns, or heads them with values, and holds no figure. */
export function isHeaderRow(row: TableRow, { known }: HeaderNames, context: Context): boolean {
  const read = row.cells.map(cell => readHeading(cell, context))
  const heads = row.cells.filter(
    (cell, j) => read[j] !== undefined || nameKeys(cell).some(key => known.has(key)),
  )
  return heads.length >= 2 && !holdsFigures(row, read)
}

/** Several days of the week head hours; one is a day of a row. */
const WEEKDAY = /^(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)s?$/i

interface Candidate {
  score: number
  height: 1 | 2
  header: Pick<FoundHeader, 'names' | 'headings'>
}

function singleHeader(
  { cells }: TableRow,
  read: readonly (Heading | undefined)[],
  knownNames: ReadonlySet<string>,
): Candidate {
  const names = cells.map(cell => cell.trim())
  const known = names.map(name => nameKeys(name).some(key => knownNames.has(key)))
  const headings = read.map((heading, j) => (known[j] ? undefined : heading))
  const valued = valuedColumns(headings)
  const named = new Set(names.filter((_, j) => known[j]).map(nameKey)).size
  // One value beside a name heads a column, but says less than a second name.
  const valueScore = valued >= 2 ? valued : named > 0 ? valued / 2 : 0
  const days = new Set(names.filter(name => WEEKDAY.test(name)).map(nameKey)).size
  const score = named + valueScore + (days >= 2 ? days : 0)
  return { score, height: 1, header: { names, headings } }
}

function doubleHeader(
  [upper, lower]: [TableRow, TableRow],
  [above, below]: [readonly (Heading | undefined)[], readonly (Heading | undefined)[]],
  knownNames: ReadonlySet<string>,
  figureNames: ReadonlySet<string>,
): Candidate | undefined {
  const titles = new Set(upper.cells.map(cell => cell.trim()).filter(cell => cell !== ''))
  // One text from the first cell on is the title of the table.
  if (titles.size === 1 && upper.cells[0]?.trim() !== '') return undefined
  const width = Math.max(upper.cells.length, lower.cells.length)
  const names: string[] = []
  const headings: (Heading | undefined)[] = []
  let [carried, carriedName]: [Heading | undefined, string] = [undefined, '']
  let [headed, paired, named] = [0, 0, 0]
  for (let j = 0; j < width; j++) {
    const top = upper.cells[j]?.trim() ?? ''
    const bottom = lower.cells[j]?.trim() ?? ''
    const spans = (upper.cells[j + 1]?.trim() ?? '') === '' && j + 1 < width
    // Under the name of a column that spans no other stand its values.
    if (
      isName(knownNames, top) &&
      !isName(figureNames, top) &&
      !spans &&
      bottom !== '' &&
      !isName(knownNames, bottom)
    )
      return undefined
    if (top !== '') [carried, carriedName] = [above[j], top]
    // A spreadsheet leaves the cells at the right of a merged one empty.
    const heading = top !== '' || bottom === '' ? above[j] : carried
    const overName = top !== '' || bottom === '' ? top : carried === undefined ? '' : carriedName
    const known = knownNames.has(nameKey(bottom)) || (bottom === '' && knownNames.has(nameKey(top)))
    const under = below[j]
    const both = heading && under && combined(heading, under)
    const figure = heading !== undefined && under === undefined && figureNames.has(nameKey(bottom))
    if (heading !== undefined && bottom !== '') headed += 1
    if (both !== undefined || figure) paired += 1
    if (known && heading === undefined) named += 1
    names.push(
      top !== '' && bottom === top
        ? top
        : heading && bottom !== ''
          ? `${overName} ${bottom}`.trim()
          : bottom || top,
    )
    headings.push(
      both ?? (figure ? heading : known ? undefined : (under ?? (bottom === '' ? heading : undefined))),
    )
  }
  if (paired < 2 || paired < headed * 0.8) return undefined
  return { score: named + paired * 1.5, height: 2, header: { names, headings } }
}

const isName = (names: ReadonlySet<string>, text: string) => nameKeys(text).some(key => names.has(key))

/** Months that head columns by their numbers, from 1 on, behind the names of places or titles: `Commune;01;02;03`, `M1`. */
function numberedMonths(cells: readonly string[]): readonly (Heading | undefined)[] | undefined {
  const numbers = cells.map(cell => /^m?0?([1-9]|1[0-2])$/i.exec(cell.trim())?.[1])
  const months = numbers.filter(number => number !== undefined)
  const [first = ''] = cells.map(cell => nameKey(cell)).filter(key => key !== '')
  if (months.length < 3 || months.some((month, i) => Number(month) !== i + 1)) return undefined
  if (!/^(?:commune|mairie|ville|lieu|titre)/.test(first)) return undefined
  return numbers.map(number =>
    number === undefined ? undefined : { partial: `M${number.padStart(2, '0')}` },
  )
}

/** Departments that head columns, by code or name: two digits are months, and a name is that of a commune, unless others say. */
function departmentsAmong(
  cells: readonly string[],
  read: readonly (Heading | undefined)[],
  { departmentNamed }: Context,
  isFigure: (cell: string, index: number) => boolean,
): readonly (Heading | undefined)[] {
  const texts = cells.map((cell, i) => (isFigure(cell, i) ? '' : cell.trim().toUpperCase()))
  const codes = texts.map(text => (isDepartment(text) ? text : departmentNamed?.(text)))
  const filled = codes.filter((code, i) => code !== undefined && !/^[A-Z]$/.test(texts[i]!))
  const sure = codes.some(
    (code, i) => code !== undefined && read[i] === undefined && !/^(0\d|1[0-2])$/.test(texts[i]!),
  )
  const towns = read.some((heading, i) => heading?.place !== undefined && codes[i] === undefined)
  const written = texts.filter(text => text !== '').length
  if (!sure || towns || filled.length < 2 || filled.length * 2 < written) return read
  return read.map((heading, i) =>
    codes[i] !== undefined && (heading === undefined || heading.place !== undefined)
      ? { place: codes[i] }
      : heading,
  )
}

/** How many columns are headed with values of the most frequent dimension, each counted once. */
function valuedColumns(headings: readonly (Heading | undefined)[]): number {
  const count = (value: (heading: Heading) => string | undefined) =>
    new Set(headings.flatMap(heading => (heading && value(heading)) ?? [])).size
  return Math.max(
    count(heading => heading.period ?? heading.partial ?? heading.year),
    count(heading => heading.title),
    count(heading => heading.place),
  )
}

function titlesOf(rows: readonly TableRow[]): FoundHeader['titles'] {
  return rows.flatMap(({ line, cells }) => {
    const filled = new Set(cells.map(cell => cell.trim()).filter(cell => cell !== ''))
    return filled.size === 0 ? [] : [{ line, text: [...filled].join(' '), cells: filled.size, row: cells }]
  })
}
