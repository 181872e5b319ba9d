import { type Flaw, flawed, quoted } from '../cells/fault.ts'
import type { RemarkLog } from '../cells/remark.ts'
import { isTotal } from './heading.ts'
import { loneText } from './label-shape.ts'
import type { TableRow } from './row.ts'

/** A year told from another: « Janvier N-1 », « N », « Délai (N - 1) »; what sets one against the other is neither. */
const RELATIVE = /(?<=^|[\s(])N(?:\s?[-–]\s?(\d))?(?=\)?$)/
const YEAR = /(?<!\d)(?:19|20)\d{2}(?!\d)/g

/** The first rows of a table with the years that its header tells from another, which its titles must say; those rows as they are when it tells none. */
export function withYears(
  head: readonly TableRow[],
  remarks: RemarkLog,
): TableRow[] | { line: number; flaw: Flaw } {
  const isBefore = (cell: string) => !isTotal(cell) && RELATIVE.exec(cell.trim())?.[1] !== undefined
  const at = head.findIndex(row => loneText(row) === undefined && row.cells.some(isBefore))
  if (at < 0) return [...head]
  const { cells, line } = head[at]!
  const years = new Set(head.slice(0, at).flatMap(row => row.cells.flatMap(cell => cell.match(YEAR) ?? [])))
  const [year] = years
  if (years.size !== 1)
    return {
      line,
      ...flawed(
        'invalid-period',
        `${quoted(cells.find(isBefore)!.trim())} : de quelle année ?`,
        'Écrivez les années en chiffres, ou donnez celle de N dans une ligne au-dessus du tableau : « Année 2022 ».',
      ),
    }
  remarks.add('given-beside', `${quoted('N')} lu comme ${year}, que dit le titre du tableau`, line)
  const inFull = (_: string, less = '0') => String(Number(year) - Number(less))
  const dated = cells.map(cell => (isTotal(cell) ? cell : cell.trim().replace(RELATIVE, inFull)))
  return head.with(at, { ...head[at]!, cells: dated })
}
