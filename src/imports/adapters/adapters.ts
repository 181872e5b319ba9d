import { nameKey } from '../cells/name.ts'
import type { Kind } from '../kinds.ts'
import type { TableRow } from '../table/row.ts'
import type { Adapter, ForeignRow } from './adapter.ts'
import { directory } from './directory.ts'
import { hubCertified, hubPoints } from './hub-halls.ts'
import { inseePopulations } from './insee-populations.ts'
import { barometer, pilote } from './pilote.ts'
import { rdvServicePublic } from './rdv-service-public.ts'

const ADAPTERS: readonly Adapter[] = [
  rdvServicePublic,
  pilote,
  barometer,
  hubCertified,
  hubPoints,
  directory,
  inseePopulations,
]

/** A foreign file among whose first rows its header was found. */
export interface ForeignHeader {
  adapter: Adapter
  line: number
  names: string[]
  /** Rows down to its header. */
  rows: number
}

const ROWS_LOOKED_AT = 30

/** Finds the header of a file of another service; `said` is the kind that its sender chose. */
export function foreignHeader(head: readonly TableRow[], said: Kind | undefined): ForeignHeader | undefined {
  for (const [i, { cells, line }] of head.slice(0, ROWS_LOOKED_AT).entries()) {
    const names = cells.map(cell => cell.trim())
    const keys = new Set(names.map(nameKey))
    const adapter = ADAPTERS.find(
      ({ signs, kind }) =>
        (said === undefined || said === kind) &&
        signs.every(sign => [sign].flat().some(name => keys.has(nameKey(name)))),
    )
    if (adapter !== undefined) return { adapter, line, names, rows: i + 1 }
  }
  return undefined
}

/** Reads the cells of a row under a foreign header by the names of their columns. */
export function foreignRows(names: readonly string[]): (cells: readonly string[]) => ForeignRow {
  const at = new Map(names.map((name, i) => [nameKey(name), i] as const).toReversed())
  const keys = new Map<string, string>()
  return cells => column => {
    let key = keys.get(column)
    if (key === undefined) {
      key = nameKey(column)
      keys.set(column, key)
    }
    const index = at.get(key)
    return index === undefined ? '' : (cells[index] ?? '').trim()
  }
}
