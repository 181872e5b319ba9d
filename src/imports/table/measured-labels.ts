import type { Context } from '../cells/column.ts'
import { type Flaw, flawed, quoted } from '../cells/fault.ts'
import type { RemarkLog } from '../cells/remark.ts'
import { readTitle } from '../cells/word-cell.ts'
import { type Kind, kindChoice } from '../kinds.ts'
import { saidStatistic } from './figure-terms.ts'
import { type FoundHeader, ROWS_LOOKED_AT } from './header-row.ts'
import { type Heading, isTotal, readHeading } from './heading.ts'
import { levelOf } from './label-shape.ts'
import type { TableRow } from './row.ts'
import { kindInWords } from './titles.ts'

/** Words of the longest name of a town, and of what stands before it. */
const MOST_WORDS = 10

interface Labelled {
  row: TableRow
  label: string
  kind: Kind | undefined
  title: string | undefined
}

/**
 * The rows of a table of periods whose labels say what each row counts, « Délai moyen CNI (jours) », as those of the titles
 * that they name: of one kind of file only, the one that is asked for when they are of several.
 * @returns the rows, with the labels that say what they are; or the flaw of labels of several kinds.
 */
export function withTitledRows(
  head: readonly TableRow[],
  asked: Kind | undefined,
  context: Context,
  remarks: RemarkLog,
): { rows: readonly TableRow[]; labels: string[] } | { line: number; flaw: Flaw } {
  const asWritten = { rows: head, labels: [] }
  const at = head.slice(0, ROWS_LOOKED_AT).findIndex(row => headsPeriods(row, context))
  if (at < 0) return asWritten
  const labelled = head.slice(at + 1).flatMap(row => labelOf(row, context))
  const kinds = [...new Set(labelled.flatMap(({ kind }) => kind ?? []))]
  const isPlain = ({ label, kind }: Labelled) => kind === undefined && levelOf(label, context) !== undefined
  if (kinds.length === 0 || labelled.some(isPlain)) return asWritten
  if (labelled.every(({ label }) => 'value' in readTitle(label, context))) return asWritten
  if (labelled.some(({ label }) => namesTown(label, context))) return asWritten
  if (kinds.length > 1 && asked === undefined) return { line: head[at]!.line, flaw: mixedKinds(kinds) }
  const own = labelled.filter(({ kind }) => kind === (asked ?? kinds[0]))
  if (!areApart(own)) return asWritten
  const kept = new Map(own.map(one => [one.row, one]))
  const others = new Map(labelled.filter(one => !kept.has(one.row)).map(one => [one.row, one.label]))
  for (const [{ line }, label] of others)
    remarks.add('row-left-aside', `Ligne ${quoted(label)} laissée de côté : elle compte autre chose`, line)
  const rows = head
    .filter(row => !others.has(row))
    .map(row => {
      const one = kept.get(row)
      if (row === head[at]) return relabelled(row, own[0]!.title === undefined ? '' : 'titre')
      return one === undefined ? row : relabelled(row, one.title ?? '')
    })
  return { rows, labels: own.map(({ label }) => label) }
}

/** A header under the labels that its rows had, as under titles. */
export function withSpoken(labels: readonly string[], found: FoundHeader): FoundHeader {
  const spoken = labels.map(text => ({ line: found.line, text, cells: 1, row: [text] }))
  return { ...found, titles: [...found.titles, ...spoken] }
}

const relabelled = (row: TableRow, label: string) => ({ ...row, cells: [label, ...row.cells.slice(1)] })

const isPeriod = (heading: Heading | undefined) =>
  (heading?.period ?? heading?.partial ?? heading?.year) !== undefined && heading?.place === undefined

/** Whether a row names nothing but periods behind what heads its labels. */
function headsPeriods({ cells }: TableRow, context: Context): boolean {
  const [label = '', ...others] = cells.map(cell => cell.trim())
  const filled = others.filter(cell => cell !== '' && !isTotal(cell))
  return (
    filled.length >= 2 &&
    !isPeriod(readHeading(label, context)) &&
    filled.every(cell => isPeriod(readHeading(cell, context)))
  )
}

function labelOf(row: TableRow, context: Context): Labelled[] {
  const label = (row.cells[0] ?? '').trim()
  const isFilled = row.cells.slice(1).some(cell => /\d/.test(cell))
  if (label === '' || !isFilled || isTotal(label)) return []
  // « CNI : délai moyen » and « Demandes : CNI » say what « délai moyen CNI » and « Demandes CNI » do.
  const [left, right] = label.split(/\s*:\s*|\s+[-–—]\s+/)
  const said = right === undefined ? [label] : [label, `${left} ${right}`, `${right} ${left}`]
  const title = said.map(text => readHeading(text, context)?.title).find(text => text !== undefined)
  return [{ row, label, kind: kindInWords(said), title }]
}

/** Whether a label ends with the name of a town: « Attente RDV Cognac ». */
function namesTown(label: string, context: Context): boolean {
  const words = label.split(/\s+/).slice(-MOST_WORDS)
  return words.some(
    // Moyen is a town, and a delay is « moyen ».
    (word, i) => /^\p{Lu}/u.test(word) && readHeading(words.slice(i).join(' '), context)?.place !== undefined,
  )
}

/** Whether rows are each of a title, drawn the same way; or one alone is of none. */
function areApart(rows: readonly Labelled[]): boolean {
  const titles = rows.map(({ title }) => title)
  const ways = new Set(rows.map(({ label }) => saidStatistic([label])))
  const isOne = rows.length === 1 || !titles.includes(undefined)
  return rows.length > 0 && isOne && new Set(titles).size === titles.length && ways.size === 1
}

function mixedKinds(kinds: readonly Kind[]): Flaw {
  return flawed(
    'ambiguous-kind',
    `Les lignes de ce tableau comptent plusieurs choses : ${kindChoice(kinds)}.`,
    'Choisissez le type : ses lignes seront lues, les autres laissées de côté. Renvoyez ensuite le fichier sous l’autre type.',
  ).flaw
}
