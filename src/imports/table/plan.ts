import type { Column, Context } from '../cells/column.ts'
import { type Flaw, quoted } from '../cells/fault.ts'
import { readMark } from '../cells/mark.ts'
import { nameKey } from '../cells/name.ts'
import { turnsYear } from '../cells/period-cell.ts'
import { isDepartment } from '../cells/place-cell.ts'
import type { RemarkLog } from '../cells/remark.ts'
import type { Positions } from '../header.ts'
import { KINDS, type Kind } from '../kinds.ts'
import { holdsOnly, isPartial, isWords, isYears, reads } from './column-content.ts'
import {
  alike,
  bandsFlaw,
  estimates,
  isBand,
  meantColumn,
  missingFlaw,
  partsFlaw,
  splitFlaw,
  sumFlaw,
  unknownFlaw,
} from './column-flaws.ts'
import { type DepartmentColumn, departmentColumn, headsPostcodes } from './department-column.ts'
import { saidClock, saidStatistic, saidUnit, unitFlaw } from './figure-terms.ts'
import type { FoundHeader } from './header-row.ts'
import type { Heading } from './heading.ts'
import { mergedLabels } from './merged-labels.ts'
import { isPlace, namedColumns, partsAmong, townBesideDepartment } from './named-columns.ts'
import { asideWords, columnsOfOthers, speaksOf } from './other-kinds.ts'
import type { Echoes, SourceColumn, TableRow } from './row.ts'
import { type SpanColumns, spanColumns } from './span.ts'
import { type AnyKind, readsYear, type Spread, spreadDays, spreadOf, unequalSum } from './spread.ts'

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
  /** The column that says of a permit whether it is a first one or a renewal. */
  nature?: number | undefined
  /** The column of the last days of periods whose first days are read. */
  periodEnd?: number | undefined
  departments?: DepartmentColumn | undefined
  /** Values that the whole table has, by field. */
  constants: readonly { field: string; text: string }[]
  /** The column that says what became of each value, or how it was made: some are no longer in force, others computed. */
  standing?: number | undefined
  /** Columns that say again what others say. */
  echoes?: Echoes
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
  /** The same, where it may be that of all figures: titles that say two days are of neither, nor of their year. */
  whole: string | undefined
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

/** Columns of numbers that count nothing. */
const NO_FIGURE =
  /postal|^cp$|tel|siret|siren|^code|numero|^n?o?id|ident|popul|habitant|latit|longit|^lat$|^lon|^rang|^ordre|objectif|cible|^an(nee)?$|annee|(?<!par)mois|date|^jour$|ugf|insee|stations?$|evol|variation|ecart|taux|part$|pourcent|prevu|previs|projet|^dont|annul|refus|rejet|instance|encours|enattente|restant|stock|cumul|decile|centile|quantile|minim|maxim|^min(?!eur)|^max|honore|absent/
/** What columns are called whose numbers count something other than days. */
const COUNTED = /^(?:nombre|nbr?e?|volume)(?!.*(?:jour|attente|delai)|(?:de)?j)/
/** What columns are called whose figures nobody counted. */
const ESTIMATED = /prevu|previs|projet|estim|simul/
/** What the titles of a table of figures that nobody counted begin with. */
const FORESEEN =
  /^(?:prévisions?|projections?|simulations?|estimations?|hypothèses?|scénarios?|trajectoires?)(?!\p{L})/iu
/** What columns of places are called, by their codes too. */
const PLACE_WORDS = /dep|dpt|lieu|territ|code|zone|geo|secteur|prefecture/
const isSmallNumber = (text: string) => /^\d{1,3}$/.test(text) || readMark(text) !== undefined
/** Unknown columns beyond which nobody looks for what each was meant to be. */
const MOST_SUGGESTED = 30

/** Says which column is what for a kind of file, what its headings hold, and what is left aside. */
export function draftPlan(
  found: FoundHeader,
  body: readonly TableRow[],
  code: Kind,
  beside: BesideTable,
  context: Context,
): PlanDraft {
  const kind = KINDS[code] as unknown as AnyKind
  const { names } = found
  const from = (index: number): SourceColumn => ({
    column: names[index]!.slice(0, 100),
    columnNumber: index + 1,
  })
  const readsAs = (column: Column, index: number) =>
    reads(column, index, body, { ...context, heading: names[index] })
  const holdsStatuses = (index: number) =>
    kind.columns['status'] !== undefined &&
    kind.figure !== undefined &&
    readsAs(kind.columns['status'], index)
  const named = namedColumns({ found, body, kind, mapping: beside.mapping, context, holdsStatuses })
  const { positions, free, twins, nature, standing, split, periodEnd } = named
  const ofOthers = columnsOfOthers(names, code, beside.mapping)
  const figureColumn = speaksOf(names, code) ? kind.columns[kind.figure ?? ''] : undefined
  const others = [...free, positions.get(kind.figure ?? '') ?? -1].filter(
    i => ofOthers.has(i) && figureColumn !== undefined && readsAs(figureColumn, i),
  )
  for (const i of others)
    if (free.includes(i)) free.splice(free.indexOf(i), 1)
    else positions.delete(kind.figure!)
  let yearOfPeriod: number | string | undefined = named.yearOfPeriod
  const echoes: Echoes = { names: named.names }
  const faults: PlanDraft['faults'] = named.faults.map(({ flaw, index }) => ({ flaw, column: from(index) }))
  const town = townBesideDepartment(kind, names, free, positions, index =>
    readsAs(kind.columns['place']!, index),
  )
  if (town !== undefined) {
    free.splice(free.indexOf(town), 1, positions.get('place')!)
    positions.set('place', town)
  }
  const namedCount = positions.size
  const spans = spanColumns(kind, names, free, positions, (i, holds) => holdsOnly(i, body, holds), context)
  if (spans !== undefined) positions.delete(spans.span.fields[0])
  const partColumn = partsUnderYears(found, positions, body)
  if (partColumn !== undefined) positions.delete('period')
  const spread =
    kind.figure === undefined
      ? spreadDays(kind, positions, wide =>
          spreadOf(found, wide, free, positions, beside.year, context, from),
        )
      : spreadOf(found, kind, free, positions, beside.year, context, from)
  if (partColumn !== undefined && spread === undefined) positions.set('period', partColumn)
  else if (spread !== undefined) {
    spread.partColumn = partColumn
    positions.delete(kind.figure!)
  }
  const spreadIndexes = new Set(
    [...(spread?.columns ?? []), ...(spans?.columns ?? [])].map(({ index }) => index),
  )
  const given = new Set([...(spread?.fields ?? []), ...(spans?.fields ?? [])])
  const period = positions.get('period')
  const years = free.find(
    i => /^(annee|an|exercice|year|millesime)$/.test(nameKey(names[i]!)) && isYears(i, body),
  )
  if (period !== undefined && isPartial(period, body))
    yearOfPeriod ??=
      years ?? (turnsYear(body.map(({ cells }) => cells[period]?.trim())) ? undefined : beside.year)
  else {
    if (typeof yearOfPeriod === 'number') free.push(yearOfPeriod)
    echoes.years = typeof yearOfPeriod === 'number' ? yearOfPeriod : years
    yearOfPeriod = undefined
  }
  const placeAt = positions.get('commune') ?? positions.get('place')
  const departments = departmentColumn(names, free, placeAt, body, context)
  const recognised: { name: string; field: string }[] = []
  const left = free.filter(
    i => !spreadIndexes.has(i) && i !== spread?.yearColumn && i !== yearOfPeriod && i !== departments?.index,
  )
  const holdsFigures = (index: number) =>
    names[index] !== '' &&
    !NO_FIGURE.test(nameKey(names[index]!)) &&
    !(kind.figure === 'days' && COUNTED.test(nameKey(names[index]!))) &&
    readsAs(kind.columns[kind.figure!]!, index)
  let heading: Heading = {}
  const figureNames = () => {
    const at = positions.get(kind.figure ?? '')
    return at === undefined ? (spread?.columns ?? []).map(({ from: { column } }) => column) : [names[at]!]
  }
  const figureTexts = () => [...figureNames(), ...beside.spoken]
  // What heads the labels of a table whose figures stand under values often says what these are: « Dotations (en k€) ».
  const corner = () =>
    (spread ? ['title', 'place', 'commune', 'measure'] : []).flatMap(
      field => names[positions.get(field) ?? -1] ?? [],
    )
  const isOpen = (field: string) => !positions.has(field) && !given.has(field)
  const yearAlone = (field: string) =>
    field === 'period' && readsYear(kind, beside.whole, context) ? beside.whole : undefined
  // Said of communes, a department says where they are.
  const givenText = (field: string) => {
    const text = beside.given[field]
    const reading = text !== undefined && isPlace(field) && kind.columns[field]!.read(text, context)
    return reading && 'flaw' in reading && isDepartment(text!) ? undefined : text
  }
  const readBy = (field: string, text = '') =>
    'value' in kind.columns[field]!.read(text, { ...context, suggesting: false }) ? text : undefined
  const constantOf = (field: string) =>
    isOpen(field) && kind.columns[field] !== undefined
      ? (givenText(field) ??
        (field === 'title' ? heading.title : isPlace(field) ? heading.place : undefined) ??
        (field === 'statistic' ? saidStatistic(figureTexts()) : undefined) ??
        (field === 'unit' ? saidUnit(figureTexts()) : undefined) ??
        (field === 'clock' ? readBy(field, saidClock(figureTexts())) : undefined) ??
        (field === 'measure' && given.has('age') ? 'stock' : undefined) ??
        (isRequired(kind, field, false) ? (beside.titles[field] ?? yearAlone(field)) : undefined))
      : undefined
  const isMissing = (field: string) =>
    isRequired(kind, field, beside.hasDefaultPlace) && isOpen(field) && constantOf(field) === undefined
  for (const field of ['status', 'title', 'period', 'place', 'commune', 'measure']) {
    if (
      kind.columns[field] === undefined ||
      (field === 'status'
        ? kind.figure === undefined
        : !isMissing(field) && field !== 'place' && beside.titles[field] === undefined)
    )
      continue
    if (!isOpen(field) || givenText(field) !== undefined) continue
    const column = kind.columns[field]!
    const all = left.filter(
      i =>
        readsAs(column, i) &&
        // Any small number is the code of a department.
        (!isPlace(field) || !headsPostcodes(names[i]!)) &&
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
  const isTitled = (i: number) => found.headings[i]?.title !== undefined
  // A total beside the only title that it adds up is none of the figures.
  const isTotalOf = (i: number) => found.headings[i]?.summary === 'total' && left.some(isTitled)
  const bands =
    kind.columns['age'] === undefined ? [] : left.filter(i => isBand(names[i]!) && holdsFigures(i))
  const isSplit = bands.length >= (given.has('age') ? 1 : 2)
  const figures =
    kind.figure !== undefined && isMissing(kind.figure) && !isSplit
      ? left.filter(i => (isTitled(i) || holdsFigures(i)) && !isTotalOf(i))
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
  if (isSplit) faults.push({ flaw: bandsFlaw(bands.map(i => names[i]!)), column: from(bands[0]!) })
  const missing = Object.keys(kind.columns).filter(isMissing)
  const { oneOf } = kind
  if (oneOf && !oneOf.some(field => positions.has(field) || given.has(field))) missing.push(oneOf[0])
  if (split !== undefined) faults.push({ flaw: splitFlaw(names[split]!), column: from(split) })
  const inOther = (i: number) => unitFlaw(kind.figure, [names[i]!])
  for (const field of missing.filter(one => !isSplit || (one !== kind.figure && one !== 'measure'))) {
    const isFigure = field === kind.figure
    const other = isFigure && figures.every(inOther) ? left.find(inOther) : undefined
    faults.push({
      flaw:
        (other !== undefined && inOther(other)) ||
        missingFlaw(kind, field, isFigure ? figures.map(i => names[i]!) : []),
    })
  }
  const aside: number[] = []
  for (const i of left.filter(i => names[i] !== '')) {
    const isAsked = figures.length > 1 && figures.includes(i)
    const meant =
      left.length <= MOST_SUGGESTED && !twins.has(i) && !isAsked && !inOther(i)
        ? meantColumn(names[i]!, kind, positions, given)
        : undefined
    if (meant !== undefined && (missing.length > 0 || alike(names[i]!, meant.word)))
      faults.push({ flaw: unknownFlaw(names[i]!, meant.shown), column: from(i) })
    else aside.push(i)
  }
  if (kind.figure !== undefined)
    for (const i of partsAmong(aside, names, body))
      faults.push({ flaw: partsFlaw(names[i]!), column: from(i) })
  const unobserved = aside.filter(
    i => holdsStatuses(i) && body.some(({ cells }) => !isObserved(cells[i] ?? '')),
  )
  if (unobserved.length > 0) faults.push({ flaw: estimates(unobserved.map(i => names[i]!)) })
  const estimated = [
    ...figureNames().filter(name => ESTIMATED.test(nameKey(name))),
    ...beside.spoken.filter(text => FORESEEN.test(text)),
  ]
  const sum = spread && unequalSum(spread, found, aside, body, kind.columns[kind.figure!]!, context)
  if (sum !== undefined) faults.push({ flaw: sumFlaw(names[sum]!), column: from(sum) })
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
    standing,
    echoes,
    positions: withAdded(names.length, positions, spread?.fields ?? spans?.fields ?? [], constants),
    spread,
    spans,
    merged: mergedLabels(new Set([...labels, ...(departments ? [departments.index] : [])]), body),
    yearOfPeriod,
    nature,
    periodEnd,
    departments,
    constants,
    complete: missing.length === 0 && split === undefined,
    faults,
    otherUnit:
      unitFlaw(kind.figure, [...figureTexts(), ...corner()]) ??
      (estimated.length > 0 ? estimates(estimated) : undefined),
    unknown: aside.length,
    isGuess: guessed !== undefined,
    missing,
    named: namedCount,
    tell(remarks) {
      for (const { name, field } of recognised.filter(({ name }) => name !== ''))
        remarks.add(
          'column-recognised',
          `Colonne ${quoted(name)} lue comme « ${kind.columns[field]!.name} », d’après son contenu`,
        )
      for (const i of [...others, ...aside])
        remarks.add('column-left-aside', asideWords(names[i]!, ofOthers.get(i)))
    },
  }
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

/** The column of months or quarters whose years head the figures. */
function partsUnderYears(
  { headings }: FoundHeader,
  positions: ReadonlyMap<string, number>,
  body: readonly TableRow[],
): number | undefined {
  const period = positions.get('period')
  const years = headings.filter(heading => heading?.year !== undefined && heading.partial === undefined)
  return period !== undefined && years.length >= 2 && isPartial(period, body) ? period : undefined
}

function isRequired(kind: AnyKind, field: string, hasDefaultPlace: boolean): boolean {
  const presence = kind.columns[field]?.presence
  return (
    presence !== undefined &&
    presence !== 'optional' &&
    !(presence === 'unless-default-place' && hasDefaultPlace)
  )
}

const isObserved = (text: string) => /^(?:$|observ|constat|reel|publi)/.test(nameKey(text))
