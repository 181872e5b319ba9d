import { firstDay, monthNumber, monthOf, monthOfNumber } from '../../pure/calendar/period.ts'
import { type Column, type Context, valueIn } from '../cells/column.ts'
import { nameKey } from '../cells/name.ts'
import { parsePeriod, turnsYear } from '../cells/period-cell.ts'
import type { FileKind, Row } from '../file-kind.ts'
import { nameKeys } from '../header.ts'
import { ownStatistic } from './figure-terms.ts'
import type { FoundHeader } from './header-row.ts'
import type { Dimension } from './heading.ts'
import type { SourceColumn, TableRow } from './row.ts'

/** Any kind of file, whatever its rows. */
export type AnyKind = FileKind<Row>

/** Columns whose headings are values: each cell under them is a row of its own. */
export interface Spread {
  columns: { index: number; from: SourceColumn; values: Partial<Record<Dimension, string>> }[]
  /** Fields given by the headings, then the figure. */
  fields: string[]
  /** The column that holds the year of headings without one. */
  yearColumn: number | undefined
  /** The column that holds the months or quarters of headings that are years. */
  partColumn?: number | undefined
}

/** The columns whose headings are values of a kind, where there are any. */
export function spreadOf(
  { headings }: FoundHeader,
  kind: AnyKind,
  free: readonly number[],
  positions: ReadonlyMap<string, number>,
  year: string | undefined,
  context: Context,
  from: (index: number) => SourceColumn,
): Spread | undefined {
  const placeField = kind.columns['commune'] === undefined ? 'place' : 'commune'
  const yearColumn = free.find(i => /^(annee|an|exercice|year)$/.test(nameKey(from(i).column)))
  const open = (field: string) => kind.columns[field] !== undefined && !positions.has(field)
  const figure = kind.figure!
  const figureAt = positions.get(figure)
  const named = (index: number) => from(index).column
  const word = wordsNamed({ kind, positions, headings, named, context }, [
    ...free,
    ...(figureAt === undefined ? [] : [figureAt]),
  ])
  if (figureAt !== undefined && word?.field !== 'statistic') return undefined
  // Five digits may be the number of a day or the code of a commune: days when other headings are periods for sure.
  const dated = headings.some(heading => heading?.period !== undefined && heading.place === undefined)
  const measures = open('measure') ? measuresNamed(kind, free, named, open('period'), context) : undefined
  const candidates: { index: number; partial: boolean; values: Partial<Record<string, string>> }[] = []
  let lastYear: string | undefined
  const one = turnsYear(headings.map(heading => heading?.partial)) ? undefined : year
  for (const [index, heading] of headings.entries()) {
    const measure = measures?.get(index)
    if (measure !== undefined) candidates.push({ index, partial: false, values: measure })
    if (measures !== undefined) continue
    const said = word?.of.get(index)
    const values: Partial<Record<string, string>> = said === undefined ? {} : { [word!.field]: said }
    if (said === undefined && (heading?.summary === 'total' || !free.includes(index))) continue
    if (heading === undefined) {
      if (said !== undefined) candidates.push({ index, partial: false, values })
      continue
    }
    const partial = heading.partial !== undefined
    const whole = heading.period ?? (partial && one !== undefined ? `${heading.partial} ${one}` : undefined)
    if (whole !== undefined) lastYear = yearOf(whole)
    const summed = heading.summary === 'year' ? (heading.year ?? lastYear) : undefined
    if (heading.summary === 'year' && !readsYear(kind, summed, context)) continue
    const period = summed ?? whole ?? heading.partial ?? heading.year
    if (open('period') && period !== undefined && (dated || heading.place === undefined))
      values['period'] = period
    if (open('title') && heading.title !== undefined) values['title'] = heading.title
    if (open(placeField) && heading.place !== undefined && !(dated && heading.period !== undefined))
      values[placeField] = heading.place
    if (Object.keys(values).length > 0) candidates.push({ index, partial, values })
  }
  const having = (field: string) => candidates.filter(({ values }) => values[field] !== undefined)
  const fields = [
    'period',
    'title',
    placeField,
    'measure',
    ...(word === undefined ? [] : [word.field]),
  ].filter(field => having(field).length > 0)
  const titled = new Set(having('title').map(({ values }) => values['title']))
  const isSum = ({ values }: (typeof candidates)[number]) =>
    (values['title'] === 'cni-passport' && titled.has('cni') && titled.has('passport')) ||
    (values['period'] !== undefined && isSumOfMonths(values['period']))
  const dates = new Set(candidates.flatMap(({ values }) => parsePeriod(values['period'] ?? '')?.period ?? []))
  // A quarter or a year among its months, where only months are read.
  const isSumOfMonths = (period: string) =>
    !readsYear(kind, period, context) && monthsOf(period).every(month => dates.has(month))
  // A column whose heading says less than the others is no figure of the table, nor is their sum.
  const full = candidates
    .filter(one => !isSum(one))
    .filter(({ values }) => fields.every(field => values[field] !== undefined))
  const [most] = fields.toSorted((a, b) => having(b).length - having(a).length)
  const agreed = full.length >= 2 || most === undefined ? full : having(most)
  const kept = fields.filter(field => agreed.every(({ values }) => values[field] !== undefined))
  const isSure =
    measures !== undefined ||
    figureAt !== undefined ||
    agreed.some(({ values }) => values['period'] !== undefined)
  if (agreed.length < (isSure ? 1 : 2) || kept.length === 0) return undefined
  if (figureAt !== undefined && !agreed.some(({ index }) => index === figureAt)) return undefined
  return {
    columns: agreed.map(({ index, values }) => ({
      index,
      from: from(index),
      values: Object.fromEntries(kept.map(field => [field, values[field]!])),
    })),
    fields: [...kept, figure],
    yearColumn: agreed.some(({ partial }) => partial) && one === undefined ? yearColumn : undefined,
  }
}

/** The months that head the columns of a kind of facts which hold from a day on: each is such a day. */
export function spreadDays(
  kind: AnyKind,
  positions: ReadonlyMap<string, number>,
  spreadAs: (kind: AnyKind) => Spread | undefined,
): Spread | undefined {
  const { wide, columns } = kind
  if (wide === undefined || positions.has(wide.from) || positions.has(wide.value)) return undefined
  const spread = spreadAs({
    ...kind,
    figure: wide.value,
    columns: { ...columns, period: columns[wide.from]! },
  })
  if (!spread?.fields.includes('period')) return undefined
  const own = (field: string) => (field === 'period' ? wide.from : field)
  return {
    ...spread,
    fields: spread.fields.map(own),
    columns: spread.columns.map(({ values, ...column }) => ({
      ...column,
      values: Object.fromEntries(Object.entries(values).map(([field, text]) => [own(field), text])),
    })),
  }
}

interface Named {
  kind: AnyKind
  positions: ReadonlyMap<string, number>
  headings: FoundHeader['headings']
  named: (index: number) => string
  context: Context
}

/** The words that head columns besides periods, titles and places, where two of a field do: « Moyenne », « 8 à 14 jours », « Réfugié ». */
function wordsNamed({ kind, positions, headings, named, context }: Named, indexes: readonly number[]) {
  for (const field of ['statistic', 'age', 'kind'] as const) {
    const column = kind.columns[field]
    if (column === undefined || positions.has(field)) continue
    const textOf = (index: number) => {
      if (field !== 'statistic') return named(index)
      // Behind a month or a title, the last words say it; before a title, the first.
      const words = named(index).split(' ')
      const heading = headings[index]
      const isTitled = heading?.title !== undefined
      const parts =
        heading === undefined
          ? [words]
          : words.flatMap((_, i) => [words.slice(i), ...(isTitled ? [words.slice(0, words.length - i)] : [])])
      return parts.map(part => ownStatistic(part.join(' '))).find(said => said !== undefined)
    }
    const isOwn = (index: number, text = '') =>
      text === '' ? index === positions.get(kind.figure!) : valueIn(column, text, context) !== undefined
    const of = new Map(
      indexes.map(i => [i, textOf(i)] as const).filter(([i, text]) => text !== undefined && isOwn(i, text)),
    )
    if (new Set(of.values()).size >= 2) return { field, of }
  }
  return undefined
}

/** Measures that head columns, with the year that each may say; one alone is not enough of those that have kinds of files of their own. */
function measuresNamed(
  kind: AnyKind,
  free: readonly number[],
  nameOf: (index: number) => string,
  isOpen: boolean,
  context: Context,
): ReadonlyMap<number, { measure: string; period?: string }> | undefined {
  const found = new Map<number, { measure: string; period?: string }>()
  for (const index of free) {
    const [, name = '', period] = /^(.*?)(?:\s((?:19|20)\d{2}))?$/.exec(nameOf(index)) ?? []
    for (const key of nameKeys(name)) {
      const measure = valueIn(kind.columns['measure']!, key, context) as string | undefined
      const isTold = [...found.values()].some(one => one.measure === measure && one.period === period)
      if (measure !== undefined && !isTold) found.set(index, { measure, ...(period && isOpen && { period }) })
    }
  }
  const measures = [...new Set([...found.values()].map(({ measure }) => measure))]
  const own = ['applications', 'titles-issued', 'issuance-delay', 'appointment-wait', 'grant']
  return measures.length === 0 || (measures.length === 1 && own.includes(measures[0]!)) ? undefined : found
}

/** A column of cards and passports together that is not the sum of the two beside it: to leave it aside would lose what it counts. */
export function unequalSum(
  { columns, fields }: Spread,
  { headings }: FoundHeader,
  aside: readonly number[],
  body: readonly TableRow[],
  column: Column,
  context: Context,
): number | undefined {
  const parts = ['cni', 'passport'].map(title => columns.find(({ values }) => values.title === title)?.index)
  if (fields.length > 2 || parts.includes(undefined)) return undefined
  return aside.find(
    i =>
      headings[i]?.title === 'cni-passport' &&
      body.some(({ cells }) => {
        const told = [i, ...parts].map(at => valueIn(column, (cells[at!] ?? '').trim(), context))
        const [sum, card, passport] = told.map(one => (typeof one === 'number' ? one : Number.NaN))
        return !Number.isNaN(sum! + card! + passport!) && card! + passport! !== sum
      }),
  )
}

/** Whether a year is a period of a kind. */
export function readsYear(kind: AnyKind, year: string | undefined, context: Context): boolean {
  return year !== undefined && valueIn(kind.columns['period']!, year, context) !== undefined
}

/** The months of a longer period. */
function monthsOf(text: string): readonly string[] {
  const { period = '', granularity } = parsePeriod(text) ?? {}
  if (granularity !== 'quarter' && granularity !== 'year') return ['']
  const first = monthNumber(monthOf(firstDay(granularity === 'year' ? `${period}-01` : period)))
  return Array.from({ length: granularity === 'year' ? 12 : 3 }, (_, i) => monthOfNumber(first + i))
}

function yearOf(period: string): string | undefined {
  const whole = /(?:^|\D)((?:19|20)\d{2})(?:\D|$)/.exec(period)?.[1]
  const short = /\D(\d{2})$/.exec(period)?.[1]
  return whole ?? (short === undefined ? undefined : `20${short}`)
}
