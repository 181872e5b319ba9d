import { type Column, type Context, valueIn } from '../cells/column.ts'
import { readMark } from '../cells/mark.ts'
import { isPartialPeriod } from '../cells/period-cell.ts'
import { isTotal } from './heading.ts'
import type { TableRow } from './row.ts'

/** Whether a column holds months or quarters without their year: `3`, `mars`, `T1`. */
export function isPartial(index: number, body: readonly TableRow[]): boolean {
  return holdsOnly(index, body, text => /^(0?[1-9]|1[0-2])$/.test(text) || isPartialPeriod(text))
}

/** Whether a column holds anything. */
export function holdsText(index: number, body: readonly TableRow[]): boolean {
  return body.some(({ cells }) => (cells[index] ?? '').trim() !== '')
}

/** Whether a column holds years. */
export function isYears(index: number, body: readonly TableRow[]): boolean {
  return holdsOnly(index, body, text => /^(19|20)\d{2}$/.test(text))
}

/** Whether a column holds words. */
export function isWords(index: number, body: readonly TableRow[]): boolean {
  return holdsOnly(index, body, text => /\p{L}{2}/u.test(text) && readMark(text) === undefined)
}

/** Whether the cells of a column fit, but those of totals and notes. */
export function holdsOnly(
  index: number,
  body: readonly TableRow[],
  fits: (text: string) => boolean,
): boolean {
  const texts = body.flatMap(({ cells }) => (cells[index] ?? '').trim() || []).filter(text => !isTotal(text))
  const fitting = texts.filter(fits).length
  // Notes stand under the rows.
  return fitting > 0 && texts.length - fitting <= Math.max(texts.length / 10, texts.length > 2 ? 1 : 0)
}

/** Whether two columns say the same on every row where both say something that their reader reads. */
export function agree(
  column: Column,
  [first, second]: [number, number],
  body: readonly TableRow[],
  context: Context,
): boolean {
  return body.every(({ cells }) => {
    const [a, b] = [first, second].map(index => (cells[index] ?? '').trim())
    if (a === b || !a || !b) return true
    const [one, other] = [valueIn(column, a, context), valueIn(column, b, context)]
    if (one === undefined || other === undefined) return one !== other
    return JSON.stringify(one) === JSON.stringify(other)
  })
}

/** How many cells of a column its reader reads. */
export function readable(column: Column, index: number, body: readonly TableRow[], context: Context): number {
  return body.filter(({ cells }) => valueIn(column, (cells[index] ?? '').trim(), context) !== undefined)
    .length
}

/** Whether a column holds codes of places. */
export function holdsCodes(index: number, body: readonly TableRow[]): boolean {
  const texts = body.map(({ cells }) => (cells[index] ?? '').trim())
  return (
    texts.some(text => text !== '') &&
    texts.every(text => /^$|^(FR|France|\d{1,2}|2[AB]|97\d|\d{4,5}|2[AB]\d{3})$/i.test(text))
  )
}

/** Whether a column holds what another would: every cell that says something is read, and one does. */
export function reads(column: Column, index: number, sample: readonly TableRow[], context: Context): boolean {
  let read = 0
  let failed = 0
  for (const { cells } of sample) {
    const text = (cells[index] ?? '').trim()
    if (readMark(text) !== undefined || isTotal(text) || /^source|^note/i.test(text)) continue
    const reading = column.read(text, { ...context, suggesting: false })
    // What would be read once somebody says which of two it is belongs there.
    if ('value' in reading || reading.flaw.once) read += 1
    else failed += 1
    // However the others read, too many do not.
    if (failed > sample.length / 10) return false
  }
  return read > 0 && failed <= read / 10
}
