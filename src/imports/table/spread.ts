import { firstDay, monthNumber, monthOf, monthOfNumber } from '../../pure/calendar/period.ts'
import type { Context } from '../cells/column.ts'
import { nameKey } from '../cells/name.ts'
import { parsePeriod } from '../cells/period-cell.ts'
import type { FileKind, Row } from '../file-kind.ts'
import { nameKeys } from '../header.ts'
import type { FoundHeader } from './header-row.ts'
import type { Dimension } from './heading.ts'
import type { SourceColumn } from './row.ts'

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
  const isSure = measures !== undefined || agreed.some(({ values }) => values['period'] !== undefined)
  if (agreed.length < (isSure ? 1 : 2) || kept.length === 0) return undefined
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

/** Whether a year is a period of a kind. */
export function readsYear(kind: AnyKind, year: string | undefined, context: Context): boolean {
  return year !== undefined && 'value' in kind.columns['period']!.read(year, context)
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
