import { frenchChoice } from '../../pure/french/french.ts'
import type { Column, Context } from '../cells/column.ts'
import { monthNamed } from '../cells/day-cell.ts'
import { headsDepartments } from '../cells/department-name.ts'
import { type Flaw, flawed, quoted } from '../cells/fault.ts'
import { readMark } from '../cells/mark.ts'
import { closestName, nameKey } from '../cells/name.ts'
import { isDepartment } from '../cells/place-cell.ts'
import type { RemarkLog } from '../cells/remark.ts'
import type { FileKind, Row } from '../file-kind.ts'
import { fieldNamed, fieldsByName, nameKeys, type Positions } from '../header.ts'
import { saidStatistic, unitFlaw } from './figure-terms.ts'
import type { FoundHeader } from './header-row.ts'
import type { Dimension, Heading } from './heading.ts'
import { mergedLabels } from './merged-labels.ts'
import type { SourceColumn, TableRow } from './row.ts'
import { type SpanColumns, spanColumns, spanRows } from './span.ts'

/** Any kind of file, whatever its rows. */
export type AnyKind = FileKind<Row>

/** Columns whose headings are values: each cell under them is a row of its own. */
interface Spread {
  columns: { index: number; from: SourceColumn; values: Partial<Record<Dimension, string>> }[]
  /** Fields given by the headings, then the figure. */
  fields: string[]
  /** The column that holds the year of headings without one. */
  yearColumn: number | undefined
}

/** How a table is read as rows of a kind. */
export interface TablePlan {
  /** Names of the columns, as the file has them. */
  header: string[]
  headerLine: number
  positions: Positions
  spread: Spread | undefined
  /** Columns whose cells hold the two ends of what a row is: hours, days. */
  spans?: SpanColumns | undefined
  /** Columns whose labels stand once above the rows that they are for. */
  merged: readonly number[]
  /** The column of the year of periods that have none, « mars » beside « 2022 », or that year. */
  yearOfPeriod?: number | string | undefined
  /** The column of the departments of communes told by their names, and the code of each. */
  departments?: { index: number; codeOf: (text: string) => string | undefined } | undefined
  /** Values that the whole table has, by field. */
  constants: readonly { field: string; text: string }[]
  /** Columns whose cells may stand for several rows. */
  several?: readonly { index: number; each: NonNullable<Column['each']> }[]
  complete: boolean
}

/** What is said of a table beside its columns. */
export interface BesideTable {
  /** Values of the whole table, by field, given with the file. */
  given: Partial<Record<string, string>>
  /** The same, said by its titles: taken only where a column is missing. */
  titles: Partial<Record<string, string>>
  /** Year of headings that have none. */
  year: string | undefined
  /** Fields of columns chosen by hand, by the key of their names; empty to leave one aside. */
  mapping: ReadonlyMap<string, string> | undefined
  hasDefaultPlace: boolean
  /** Its titles. */
  spoken: readonly string[]
}

/** What a plan would say: nothing of it is told before its kind is chosen. */
export interface PlanDraft extends TablePlan {
  faults: { flaw: Flaw; column?: SourceColumn }[]
  /** Why the figures are not of the unit of their kind. */
  otherUnit: Flaw | undefined
  tell: (remarks: RemarkLog) => void
  unknown: number
  /** Whether the column of the figures was found by what it holds, which any kind could. */
  isGuess: boolean
  missing: string[]
  /** Columns of this kind named in the header, those of its headings apart. */
  named: number
}

const SAMPLE = 200
/** Columns of numbers that count nothing. */
const NO_FIGURE =
  /postal|^cp$|tel|siret|siren|^code|numero|^n?o?id|ident|popul|habitant|latit|longit|^lat$|^lon|^rang|^ordre|objectif|cible|^an(nee)?$|annee|mois|date|^jour$|ugf|insee|stations?$|evol|variation|ecart|taux|part$|pourcent|prevu|previs|projet|annul|refus|rejet|instance|encours|enattente|restant|stock|cumul|decile|centile|quantile|minim|maxim|^min|^max|honore|absent/
/** What columns of places are called, by their codes too. */
const PLACE_WORDS = /dep|dpt|lieu|territ|code|zone|geo|secteur|prefecture/
const isSmallNumber = (text: string) => /^\d{1,3}$/.test(text)
/** Unknown columns beyond which nobody looks for what each was meant to be. */
const MOST_SUGGESTED = 30

/** Says which column is what for a kind of file, what its headings hold, and what is left aside. */
export function draftPlan(
  found: FoundHeader,
  body: readonly TableRow[],
  kind: AnyKind,
  beside: BesideTable,
  context: Context,
): PlanDraft {
  const { names } = found
  const from = (index: number): SourceColumn => ({
    column: names[index]!.slice(0, 100),
    columnNumber: index + 1,
  })
  const positions = new Map<string, number>()
  const faults: PlanDraft['faults'] = []
  const free: number[] = []
  const twins = new Set<number>()
  const sample = body.slice(0, SAMPLE)
  const readsAs = (column: Column, index: number) =>
    reads(column, index, sample, { ...context, heading: names[index] })
  const fieldOf = fieldsByName(kind.columns)
  const isHeadedByValues = found.headings.filter(heading => heading !== undefined).length >= 2
  let yearOfPeriod: number | string | undefined
  for (const [i, name] of names.entries()) {
    const chosen = beside.mapping?.get(nameKey(name))
    const known = chosen ?? fieldNamed(fieldOf, name)
    // A table whose figures stand under years may head what they count with the name of the figure.
    const isLabel = chosen === undefined && known === kind.figure && isHeadedByValues && isWords(i, body)
    const field = isLabel ? undefined : known
    if (field === '') continue
    if (field === undefined) free.push(i)
    else if (!positions.has(field)) positions.set(field, i)
    else if (isPlace(field) && holdsCodes(positions.get(field)!, body) !== holdsCodes(i, body)) {
      // A name beside a code says the same place: the code is read.
      if (holdsCodes(i, body)) {
        free.push(positions.get(field)!)
        positions.set(field, i)
      } else free.push(i)
    } else if (field === 'period' && isYears(i, body) !== isYears(positions.get(field)!, body)) {
      // A year in a column and a month in another are one period.
      const first = positions.get(field)!
      const isFirst = isYears(first, body)
      yearOfPeriod = isFirst ? first : i
      positions.set(field, isFirst ? i : first)
    } else if (
      chosen === undefined &&
      kind.columns[field] !== undefined &&
      nameKey(name) !== nameKey(names[positions.get(field)!]!) &&
      agree(kind.columns[field], [positions.get(field)!, i], body, context)
    ) {
      // The same thing twice, as exports write it: `2021-Q1` and « T1 2021 », a total of nothing else.
      const first = positions.get(field)!
      const better =
        readable(kind.columns[field], i, body, context) > readable(kind.columns[field], first, body, context)
      if (better) positions.set(field, i)
      free.push(better ? first : i)
      twins.add(better ? first : i)
    } else faults.push({ flaw: duplicateFlaw(name, positions.get(field)! + 1), column: from(i) })
  }
  const town = townBesideDepartment(kind, names, free, positions, index =>
    readsAs(kind.columns['place']!, index),
  )
  if (town !== undefined) {
    free.splice(free.indexOf(town), 1, positions.get('place')!)
    positions.set('place', town)
  }
  const named = positions.size
  const spans = spanColumns(kind, names, free, positions, (i, holds) => holdsOnly(i, body, holds), context)
  if (spans !== undefined) positions.delete(spans.span.fields[0])
  const spread =
    kind.figure === undefined ? undefined : spreadOf(found, kind, free, positions, beside, context, from)
  const spreadIndexes = new Set(
    [...(spread?.columns ?? []), ...(spans?.columns ?? [])].map(({ index }) => index),
  )
  const given = new Set([...(spread?.fields ?? []), ...(spans?.fields ?? [])])
  const period = positions.get('period')
  if (period !== undefined && isPartial(period, body))
    yearOfPeriod ??=
      free.find(i => /^(annee|an|exercice|year|millesime)$/.test(nameKey(names[i]!)) && isYears(i, body)) ??
      beside.year
  else if (typeof yearOfPeriod === 'number') {
    free.push(yearOfPeriod)
    yearOfPeriod = undefined
  }
  const codeOf = (text: string) => departmentCode(text, context)
  const placeAt = positions.get('commune') ?? positions.get('place')
  const departmentOf =
    placeAt === undefined || headsDepartments(names[placeAt]!)
      ? undefined
      : free.find(i => headsDepartments(names[i]!) && holdsOnly(i, body, text => codeOf(text) !== undefined))
  const recognised: { name: string; field: string }[] = []
  const left = free.filter(
    i => !spreadIndexes.has(i) && i !== spread?.yearColumn && i !== yearOfPeriod && i !== departmentOf,
  )
  const holdsFigures = (index: number) =>
    names[index] !== '' &&
    !NO_FIGURE.test(nameKey(names[index]!)) &&
    readsAs(kind.columns[kind.figure!]!, index)
  let heading: Heading = {}
  const figureTexts = () => {
    const at = positions.get(kind.figure ?? '')
    return [
      ...(at === undefined ? (spread?.columns ?? []).map(({ from: { column } }) => column) : [names[at]!]),
      ...beside.spoken,
    ]
  }
  const isOpen = (field: string) => !positions.has(field) && !given.has(field)
  const yearAlone = (field: string) =>
    field === 'period' && readsYear(kind, beside.year, context) ? beside.year : undefined
  const constantOf = (field: string) =>
    isOpen(field) && kind.columns[field] !== undefined
      ? (beside.given[field] ??
        (field === 'title' ? heading.title : undefined) ??
        (field === 'statistic' ? saidStatistic(figureTexts()) : undefined) ??
        (isRequired(kind, field, false) ? (beside.titles[field] ?? yearAlone(field)) : undefined))
      : undefined
  const isMissing = (field: string) =>
    isRequired(kind, field, beside.hasDefaultPlace) && isOpen(field) && constantOf(field) === undefined
  for (const field of ['title', 'period', 'place', 'commune', 'measure']) {
    if (
      kind.columns[field] === undefined ||
      (!isMissing(field) && field !== 'place' && beside.titles[field] === undefined)
    )
      continue
    if (!isOpen(field) || beside.given[field] !== undefined) continue
    const column = kind.columns[field]!
    const all = left.filter(
      i =>
        readsAs(column, i) &&
        // Any small number is the code of a department.
        (!isPlace(field) || PLACE_WORDS.test(nameKey(names[i]!)) || !holdsOnly(i, body, isSmallNumber)) &&
        // A header that reads as a value is none: the first row would be lost.
        !('value' in column.read(names[i]!, { ...context, suggesting: false })),
    )
    // Figures may read as departments, names do not read as figures.
    const named = isPlace(field) ? all.filter(i => isWords(i, body)) : []
    const fitting = named.length > 0 ? named : all
    if (fitting.length !== 1) continue
    const [index] = fitting as [number]
    positions.set(field, index)
    left.splice(left.indexOf(index), 1)
    recognised.push({ name: names[index]!, field })
  }
  const figures =
    kind.figure !== undefined && isMissing(kind.figure)
      ? left.filter(i => found.headings[i]?.title !== undefined || holdsFigures(i))
      : []
  const only = figures.length === 1 ? figures[0] : undefined
  const headed = only === undefined ? undefined : found.headings[only]
  // The only figure may be headed with what it counts: « Demandes CNI ».
  const guessed = headed?.title !== undefined && !isOpen('title') ? undefined : only
  if (guessed !== undefined && headed !== undefined) heading = headed
  if (guessed !== undefined) {
    positions.set(kind.figure!, guessed)
    left.splice(left.indexOf(guessed), 1)
    recognised.push({ name: names[guessed]!, field: kind.figure! })
  }
  const missing = Object.keys(kind.columns).filter(isMissing)
  const { oneOf } = kind
  if (oneOf && !oneOf.some(field => positions.has(field) || given.has(field))) missing.push(oneOf[0])
  for (const field of missing)
    faults.push({
      flaw: missingFlaw(kind, field, field === kind.figure ? figures.map(i => names[i]!) : []),
    })
  const aside: number[] = []
  const isGuess = guessed !== undefined
  const suggesting = left.length <= MOST_SUGGESTED
  for (const i of left.filter(i => names[i] !== '')) {
    const meant = suggesting && !twins.has(i) ? meantColumn(names[i]!, kind, positions, given) : undefined
    if (meant !== undefined && (missing.length > 0 || alike(names[i]!, meant.word)))
      faults.push({ flaw: unknownFlaw(names[i]!, meant.name), column: from(i) })
    else aside.push(i)
  }
  const constants = Object.keys(kind.columns).flatMap(field => {
    const text = constantOf(field)
    return text === undefined ? [] : [{ field, text }]
  })
  const labels = Object.keys(kind.columns).flatMap(field =>
    field !== kind.figure && isRequired(kind, field, false) ? (positions.get(field) ?? []) : [],
  )
  const several = Object.entries(kind.columns).flatMap(([field, { each }]) => {
    const index = positions.get(field)
    return each === undefined || index === undefined ? [] : [{ index, each }]
  })
  return {
    header: names,
    headerLine: found.line,
    several,
    positions: withAdded(names.length, positions, spread?.fields ?? spans?.fields ?? [], constants),
    spread,
    spans,
    merged: mergedLabels(new Set(labels), body),
    yearOfPeriod,
    departments: departmentOf === undefined ? undefined : { index: departmentOf, codeOf },
    constants,
    complete: missing.length === 0,
    faults,
    otherUnit: unitFlaw(kind.figure, figureTexts()),
    unknown: aside.length,
    isGuess,
    missing,
    named,
    tell(remarks) {
      for (const { name, field } of recognised.filter(({ name }) => name !== ''))
        remarks.add(
          'column-recognised',
          `Colonne ${quoted(name)} lue comme « ${kind.columns[field]!.name} », d’après son contenu`,
        )
      for (const i of aside)
        remarks.add(
          'column-left-aside',
          `Colonne ${quoted(names[i]!)} laissée de côté : rien ici ne s’en sert`,
        )
    },
  }
}

/** The rows of a plan that one row of the file gives: one for each figure when its figures stand side by side. */
export function plannedRows(plan: TablePlan, written: TableRow): TableRow[] {
  let rows = spreadRows(plan, written)
  for (const { index, each } of plan.several ?? [])
    rows = rows.flatMap(row => {
      const texts = each((row.cells[index] ?? '').slice(0, 200))
      return texts?.map(text => ({ ...row, cells: row.cells.with(index, text) })) ?? [row]
    })
  return rows
}

function spreadRows(plan: TablePlan, written: TableRow): TableRow[] {
  const { header, spread, spans, constants } = plan
  const row = withDepartment(plan, withYear(plan, written))
  const added = constants.map(({ text }) => text)
  if (spans !== undefined) return spanRows(spans, row, [...padded(row.cells, header.length), ...added])
  if (spread === undefined) {
    return added.length === 0 ? [row] : [{ ...row, cells: [...padded(row.cells, header.length), ...added] }]
  }
  const cells = padded(row.cells, header.length)
  const year = spread.yearColumn === undefined ? undefined : cells[spread.yearColumn]!.trim()
  return spread.columns.map(({ index, from, values }) => ({
    ...row,
    from,
    cells: [
      ...cells,
      ...added,
      ...spread.fields.map(field => {
        const value = values[field as Dimension]
        if (value === undefined) return cells[index] ?? ''
        return field === 'period' && year !== undefined ? `${value} ${year}` : value
      }),
    ],
  }))
}

/** The name of a commune with the department that another column of its row says: names come twice in France. */
function withDepartment({ departments, positions }: TablePlan, row: TableRow): TableRow {
  const index = positions.get('commune') ?? positions.get('place')
  const department = departments?.codeOf((row.cells[departments.index] ?? '').trim())
  const name = index === undefined ? '' : (row.cells[index] ?? '').trim()
  if (index === undefined || department === undefined || !/\p{L}{2}/u.test(name) || /[(\d]/.test(name))
    return row
  return { ...row, cells: row.cells.with(index, `${name} (${department})`) }
}

function withYear({ yearOfPeriod, positions }: TablePlan, row: TableRow): TableRow {
  const index = positions.get('period')
  if (yearOfPeriod === undefined || index === undefined) return row
  const part = (row.cells[index] ?? '').trim()
  const year = typeof yearOfPeriod === 'string' ? yearOfPeriod : (row.cells[yearOfPeriod] ?? '').trim()
  if (!part || !year) return row
  const period = /^\d{1,2}$/.test(part) ? `${year}-${part.padStart(2, '0')}` : `${part} ${year}`
  return { ...row, cells: row.cells.with(index, period) }
}

/** Whether a column holds months or quarters without their year: `3`, `mars`, `T1`. */
function isPartial(index: number, body: readonly TableRow[]): boolean {
  return holdsOnly(
    index,
    body,
    text => /^(0?[1-9]|1[0-2]|[tq][1-4])$/i.test(text) || monthNamed(text) !== undefined,
  )
}

function isYears(index: number, body: readonly TableRow[]): boolean {
  return holdsOnly(index, body, text => /^(19|20)\d{2}$/.test(text))
}

function isWords(index: number, body: readonly TableRow[]): boolean {
  return holdsOnly(index, body, text => /\p{L}{2}/u.test(text) && readMark(text) === undefined)
}

function holdsOnly(index: number, body: readonly TableRow[], fits: (text: string) => boolean): boolean {
  const texts = body.slice(0, SAMPLE).flatMap(({ cells }) => (cells[index] ?? '').trim() || [])
  const fitting = texts.filter(fits).length
  // Totals and notes stand under the rows.
  return fitting > 0 && texts.length - fitting <= Math.max(texts.length / 10, texts.length > 2 ? 1 : 0)
}

function padded(cells: readonly string[], width: number): string[] {
  return cells.length >= width
    ? cells.slice(0, width)
    : [...cells, ...Array<string>(width - cells.length).fill('')]
}

function withAdded(
  width: number,
  positions: ReadonlyMap<string, number>,
  fields: readonly string[],
  constants: TablePlan['constants'],
): Positions {
  const all = new Map(positions)
  for (const [i, { field }] of constants.entries()) all.set(field, width + i)
  for (const [i, field] of fields.entries()) all.set(field, width + constants.length + i)
  return all
}

function spreadOf(
  { headings }: FoundHeader,
  kind: AnyKind,
  free: readonly number[],
  positions: ReadonlyMap<string, number>,
  { year }: BesideTable,
  context: Context,
  from: (index: number) => SourceColumn,
): Spread | undefined {
  const placeField = kind.columns['commune'] === undefined ? 'place' : 'commune'
  const yearColumn = free.find(i => /^(annee|an|exercice|year)$/.test(nameKey(from(i).column)))
  const open = (field: string) => kind.columns[field] !== undefined && !positions.has(field)
  const figure = kind.figure!
  if (positions.has(figure)) return undefined
  // Five digits may be the number of a day or the code of a commune: days when other headings are periods for sure.
  const dated = headings.some(heading => heading?.period !== undefined && heading.place === undefined)
  const measures = open('measure')
    ? measuresNamed(kind, free, index => from(index).column, context)
    : undefined
  const candidates: { index: number; partial: boolean; values: Partial<Record<string, string>> }[] = []
  let lastYear: string | undefined
  for (const [index, heading] of headings.entries()) {
    const measure = measures?.get(index)
    if (measure !== undefined) candidates.push({ index, partial: false, values: { measure } })
    if (measures !== undefined) continue
    if (heading === undefined || heading.summary === 'total' || !free.includes(index)) continue
    const partial = heading.partial !== undefined
    const whole = heading.period ?? (partial && year !== undefined ? `${heading.partial} ${year}` : undefined)
    if (whole !== undefined) lastYear = yearOf(whole)
    const summed = heading.summary === 'year' ? (heading.year ?? lastYear) : undefined
    if (heading.summary === 'year' && !readsYear(kind, summed, context)) continue
    const period = summed ?? whole ?? (yearColumn === undefined ? undefined : heading.partial) ?? heading.year
    const values: Partial<Record<string, string>> = {}
    if (open('period') && period !== undefined && (dated || heading.place === undefined))
      values['period'] = period
    if (open('title') && heading.title !== undefined) values['title'] = heading.title
    if (open(placeField) && heading.place !== undefined && !(dated && heading.period !== undefined))
      values[placeField] = heading.place
    if (Object.keys(values).length > 0) candidates.push({ index, partial, values })
  }
  const having = (field: string) => candidates.filter(({ values }) => values[field] !== undefined)
  const fields = ['period', 'title', placeField, 'measure'].filter(field => having(field).length > 0)
  const titled = new Set(having('title').map(({ values }) => values['title']))
  const isSum = ({ values }: (typeof candidates)[number]) =>
    values['title'] === 'cni-passport' && titled.has('cni') && titled.has('passport')
  // A column whose heading says less than the others is no figure of the table, nor is their sum.
  const full = candidates
    .filter(one => !isSum(one))
    .filter(({ values }) => fields.every(field => values[field] !== undefined))
  const [most] = fields.toSorted((a, b) => having(b).length - having(a).length)
  const agreed = full.length >= 2 || most === undefined ? full : having(most)
  const kept = fields.filter(field => agreed.every(({ values }) => values[field] !== undefined))
  if (agreed.length < (measures === undefined ? 2 : 1) || kept.length === 0) return undefined
  return {
    columns: agreed.map(({ index, values }) => ({
      index,
      from: from(index),
      values: Object.fromEntries(kept.map(field => [field, values[field]!])),
    })),
    fields: [...kept, figure],
    yearColumn: agreed.some(({ partial }) => partial) && year === undefined ? yearColumn : undefined,
  }
}

/** Measures that head columns; one alone is not enough of those that have kinds of files of their own. */
function measuresNamed(
  kind: AnyKind,
  free: readonly number[],
  nameOf: (index: number) => string,
  context: Context,
): ReadonlyMap<number, string> | undefined {
  const quiet = { ...context, suggesting: false }
  const found = new Map<number, string>()
  for (const index of free) {
    for (const key of nameKeys(nameOf(index))) {
      const read = kind.columns['measure']!.read(key, quiet)
      if ('value' in read && ![...found.values()].includes(String(read.value)))
        found.set(index, String(read.value))
    }
  }
  const [only] = found.values()
  const own = ['applications', 'titles-issued', 'issuance-delay', 'appointment-wait']
  return found.size === 0 || (found.size === 1 && own.includes(only!)) ? undefined : found
}

function readsYear(kind: AnyKind, year: string | undefined, context: Context): boolean {
  return year !== undefined && 'value' in kind.columns['period']!.read(year, context)
}

function yearOf(period: string): string | undefined {
  const whole = /(?:^|\D)((?:19|20)\d{2})(?:\D|$)/.exec(period)?.[1]
  const short = /\D(\d{2})$/.exec(period)?.[1]
  return whole ?? (short === undefined ? undefined : `20${short}`)
}

/** Whether two columns say the same on every row where both say something that their reader reads. */
function agree(
  { read }: Column,
  [first, second]: [number, number],
  body: readonly TableRow[],
  context: Context,
): boolean {
  const quiet = { ...context, suggesting: false }
  return body.slice(0, SAMPLE).every(({ cells }) => {
    const [a, b] = [first, second].map(index => (cells[index] ?? '').trim())
    if (a === b || !a || !b) return true
    const [one, other] = [read(a, quiet), read(b, quiet)]
    if (!('value' in one && 'value' in other)) return 'value' in one || 'value' in other
    return JSON.stringify(one.value) === JSON.stringify(other.value)
  })
}

function readable({ read }: Column, index: number, body: readonly TableRow[], context: Context): number {
  const quiet = { ...context, suggesting: false }
  return body.slice(0, SAMPLE).filter(({ cells }) => 'value' in read((cells[index] ?? '').trim(), quiet))
    .length
}

/** The column of the communes where the place was found in that of their department, which says less. */
function townBesideDepartment(
  kind: AnyKind,
  names: readonly string[],
  free: readonly number[],
  positions: ReadonlyMap<string, number>,
  readsPlaces: (index: number) => boolean,
): number | undefined {
  const place = positions.get('place')
  if (place === undefined || kind.columns['commune'] !== undefined) return undefined
  if (!headsDepartments(names[place]!)) return undefined
  return free.find(i => /mairie|commune|ville|insee/.test(nameKey(names[i]!)) && readsPlaces(i))
}

function departmentCode(text: string, { departmentNamed }: Context): string | undefined {
  const code = text.toUpperCase().padStart(2, '0')
  return isDepartment(code) ? code : departmentNamed?.(text)
}

const isPlace = (field: string) => field === 'place' || field === 'commune'

function holdsCodes(index: number, body: readonly TableRow[]): boolean {
  const texts = body.slice(0, SAMPLE).map(({ cells }) => (cells[index] ?? '').trim())
  return (
    texts.some(text => text !== '') &&
    texts.every(text => /^$|^(FR|France|\d{1,2}|2[AB]|97\d|\d{4,5}|2[AB]\d{3})$/i.test(text))
  )
}

function isRequired(kind: AnyKind, field: string, hasDefaultPlace: boolean): boolean {
  const presence = kind.columns[field]?.presence
  return (
    presence !== undefined &&
    presence !== 'optional' &&
    !(presence === 'unless-default-place' && hasDefaultPlace)
  )
}

/** Whether a column holds what another would: every cell that says something is read, and one does. */
function reads(column: Column, index: number, sample: readonly TableRow[], context: Context): boolean {
  let read = 0
  let failed = 0
  for (const { cells } of sample) {
    const text = (cells[index] ?? '').trim()
    if (readMark(text) !== undefined || /^(sous-?)?total|^ensemble|^source|^note/i.test(text)) continue
    if ('value' in column.read(text, { ...context, suggesting: false })) read += 1
    else failed += 1
  }
  return read > 0 && failed <= read / 10
}

function meantColumn(
  name: string,
  kind: AnyKind,
  positions: ReadonlyMap<string, number>,
  given: ReadonlySet<string>,
) {
  const known = Object.entries(kind.columns)
    .filter(([field]) => !positions.has(field) && !given.has(field))
    .flatMap(([, { name: shown, aliases }]) => [shown, ...aliases].map(word => ({ word, name: shown })))
  const word = closestName(
    name,
    known.map(one => one.word),
  )
  return known.find(one => one.word === word)
}

/** Whether a name is another mistyped: two letters apart at most, and most of them the same. */
function alike(name: string, word: string): boolean {
  const [a, b] = [nameKey(name), nameKey(word)]
  return (
    a.length >= 5 &&
    Math.abs(a.length - b.length) <= 1 &&
    closestName(name.slice(0, 40), [word]) !== undefined &&
    a[0] === b[0]
  )
}

function unknownFlaw(name: string, meant: string): Flaw {
  return flawed(
    'unknown-column',
    `Colonne ${quoted(name)} inconnue : vouliez-vous dire ${quoted(meant)} ?`,
    `Renommez-la ${quoted(meant)}, ou supprimez-la si elle dit autre chose.`,
  ).flaw
}

function duplicateFlaw(name: string, first: number): Flaw {
  return flawed(
    'duplicate-column',
    `Colonne ${quoted(name)} en double : la colonne ${first} la donne déjà.`,
    'Gardez une seule des deux colonnes.',
  ).flaw
}

const BESIDE: Partial<Record<string, string>> = { title: 'title', place: 'place', commune: 'place' }

/** @param candidates names of the columns that could be it. */
function missingFlaw(kind: AnyKind, field: string, candidates: readonly string[]): Flaw {
  const { name, description, example } = kind.columns[field]!
  const beside = BESIDE[field]
  if (candidates.length > 1)
    return flawed(
      'missing-column',
      `Colonne ${quoted(name)} manquante : ${frenchChoice(candidates.slice(0, 6).map(quoted))} ?`,
      `Renommez ${quoted(name)} celle qui la donne, et supprimez les autres ou faites-en un autre fichier.`,
    ).flaw
  return flawed(
    'missing-column',
    `Colonne ${quoted(name)} manquante.`,
    `Ajoutez-la : ${description} Exemple : ${example}.${beside ? ` Si tout le fichier porte sur une seule valeur, donnez-la à l’envoi (${beside}).` : ''}`,
  ).flaw
}
