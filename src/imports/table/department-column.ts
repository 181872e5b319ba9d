import type { Context } from '../cells/column.ts'
import { headsDepartments } from '../cells/department-name.ts'
import { nameKey } from '../cells/name.ts'
import { departmentCode, departmentOf, isDepartment } from '../cells/place-cell.ts'
import { holdsOnly, isWords } from './column-content.ts'
import type { TableRow } from './row.ts'

/** A column that says of communes told by their names where they are, and how: the code of a department, or a postcode, which tells it. */
export interface DepartmentColumn {
  index: number
  codeOf: (text: string) => string | undefined
}

/** The column, among those that nothing else takes, of the departments of communes, or of their postcodes. */
export function departmentColumn(
  names: readonly string[],
  free: readonly number[],
  placeAt: number | undefined,
  body: readonly TableRow[],
  context: Context,
): DepartmentColumn | undefined {
  if (placeAt === undefined || headsDepartments(names[placeAt]!)) return undefined
  const held = (heads: (name: string) => boolean, codeOf: DepartmentColumn['codeOf']) => {
    const index = free.find(i => heads(names[i]!) && holdsOnly(i, body, text => codeOf(text) !== undefined))
    return index === undefined ? undefined : { index, codeOf }
  }
  return (
    held(headsDepartments, text => departmentCode(text, context)) ??
    (isWords(placeAt, body) ? held(headsPostcodes, departmentOfPostcode) : undefined)
  )
}

/** Whether a header names postcodes. */
export const headsPostcodes = (name: string) => /postal|^cp$/.test(nameKey(name))

/** The department of a postcode, whose first digits are its code but in Corsica. */
function departmentOfPostcode(text: string): string | undefined {
  if (!/^\d{4,5}$/.test(text)) return undefined
  const code = text.padStart(5, '0')
  if (code.startsWith('20')) return /^20[01]/.test(code) ? '2A' : '2B'
  const department = departmentOf(code)!
  return isDepartment(department) ? department : undefined
}
