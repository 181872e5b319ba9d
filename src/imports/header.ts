import type { Columns } from './cells/column.ts'
import { nameKey } from './cells/name.ts'

/** Where each column stands in the file, by the name of its field. */
export type Positions = ReadonlyMap<string, number>

/** Columns that a file must have, and pairs of which it must have one. */
export interface HeaderRule {
  columns: Columns
  oneOf?: readonly [string, string]
}

/** The field that each name of a column stands for, by what identifies the name. */
export function fieldsByName(columns: Columns): Map<string, string> {
  return new Map(
    Object.entries(columns).flatMap(([field, { name, aliases }]) =>
      [name, ...aliases].map((known): [string, string] => [nameKey(known), field]),
    ),
  )
}
