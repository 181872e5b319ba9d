import type { ExportColumn } from '../../pure/figures/table-export.ts'
import { xmlCharacters } from '../../pure/figures/xml-text.ts'

/** Instant of everything in a workbook: the same table gives the same bytes. 1980 is the first year a ZIP can write. */
export const STAMP = new Date(1980, 0, 1)

/** Width of a column in characters, by what it holds. */
export const WIDTHS: Record<ExportColumn['type'], number> = { text: 24, integer: 14, number: 14, day: 14 }

const LONGEST_CELL = 32_767
const DIRECTION_MARKS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g

/** A text that a cell may hold: no tab nor control character, no mark that turns the line, not too long. */
export function spreadsheetText(text: string): string {
  return xmlCharacters(text)
    .replace(/\r\n?/g, '\n')
    .replaceAll('\t', ' ')
    .replace(DIRECTION_MARKS, '')
    .slice(0, LONGEST_CELL)
}

/** A sheet name that every program accepts: 31 characters, none of `[]:*?/\`, each used once. */
export function sheetName(title: string, used: Set<string>): string {
  const plain =
    spreadsheetText(title)
      .replace(/[[\]:*?/\\']/g, ' ')
      .trim()
      .slice(0, 28) || 'Feuille'
  let name = plain
  for (let n = 2; used.has(name.toLowerCase()); n++) name = `${plain} ${n}`
  used.add(name.toLowerCase())
  return name
}
