import type { Context } from '../cells/column.ts'
import { nameKey, namesIn } from '../cells/name.ts'
import { type HeaderRule, nameKeys, type Span } from '../header.ts'
import type { SourceColumn, TableRow } from './row.ts'

/** Columns that hold spans, and the fields that each of their cells fills, that of their headings last. */
export interface SpanColumns {
  span: Span
  columns: { index: number; from: SourceColumn; heading: string | undefined }[]
  fields: string[]
}

const CELL_CHARACTERS = 200

const isNamed = (span: Span, name: string) => {
  const known = new Set(namesIn(span.names).map(nameKey))
  return nameKeys(name).some(key => known.has(key))
}

/** The column named as both ends would be, which holds the first of them when another holds the last. */
export function firstOfSpan(
  { span }: HeaderRule,
  names: readonly string[],
  free: readonly number[],
  positions: ReadonlyMap<string, number>,
): number | undefined {
  if (span === undefined || !positions.has(span.fields[1]) || positions.has(span.fields[0])) return undefined
  return free.find(index => isNamed(span, names[index]!))
}

/** The columns of a table that hold spans: by their names, by days that head them, or by what they hold. */
export function spanColumns(
  { span, columns }: HeaderRule,
  names: readonly string[],
  free: readonly number[],
  positions: ReadonlyMap<string, number>,
  holdsOnly: (index: number, fits: (text: string) => boolean) => boolean,
  context: Context,
): SpanColumns | undefined {
  if (span === undefined || positions.has(span.fields[1])) return undefined
  const holdsSpans = (index: number) =>
    holdsOnly(index, text => ends(span, text)?.every(([from, to]) => from !== to) ?? false)
  const first = positions.get(span.fields[0])
  if (first !== undefined && !holdsSpans(first)) return undefined
  const { headed } = span
  const heading = (index: number) =>
    headed !== undefined &&
    !positions.has(headed) &&
    // Numbers may be months.
    (!/^\d+$/.test(names[index]!) || holdsSpans(index)) &&
    'value' in columns[headed]!.read(names[index]!, { ...context, suggesting: false })
      ? names[index]!
      : undefined
  const all = free.map(index => ({ index, heading: heading(index) }))
  const headedOnes = all.filter(one => one.heading !== undefined)
  const found =
    headedOnes.length > 0
      ? headedOnes
      : all.filter(({ index }) => isNamed(span, names[index]!) || holdsSpans(index))
  if (first !== undefined) found.unshift({ index: first, heading: undefined })
  if (found.length === 0) return undefined
  return {
    span,
    columns: found.map(({ index, heading: value }) => ({
      index,
      from: { column: names[index]!.slice(0, 100), columnNumber: index + 1 },
      heading: value,
    })),
    fields: [...span.fields, ...(headed !== undefined && !positions.has(headed) ? [headed] : [])],
  }
}

/** The rows that one row gives, one for each span of its cells; `cells` are its own and the constants of the table. */
export function spanRows(
  { span, columns, fields }: SpanColumns,
  row: TableRow,
  cells: readonly string[],
): TableRow[] {
  return columns.flatMap(({ index, from, heading }) => {
    const text = (cells[index] ?? '').trim()
    // What is no span is read as an end, which says what is wrong with it.
    return (ends(span, text) ?? [[text, text] as const]).map(([first, last, said = '']) => ({
      ...row,
      from,
      cells: [...cells, first, last, ...(fields.length > 2 ? [heading ?? said] : [])],
    }))
  })
}

function ends(span: Span, text: string) {
  return text.length > CELL_CHARACTERS ? undefined : span.split(text)
}
