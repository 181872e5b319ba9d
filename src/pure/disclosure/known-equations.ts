import type { Row } from './elimination.ts'
import type { Vintage } from './volume-table.ts'

/** An unknown of the reader: a volume over the run of vintages in which it did not change. */
export interface Unknown {
  key: string
  value: number
  /** Whether one of these vintages showed it. */
  shown: boolean
}

/** Everything that a reader of all the vintages may compute with. */
export interface KnownEquations {
  unknowns: readonly Unknown[]
  /** One equation for each sum of each vintage, said once. */
  rows: readonly Row[]
  /** Number of the unknown behind each key, vintage by vintage. */
  numberOf: readonly ReadonlyMap<string, number>[]
}

/**
 * Stacks the sums of every vintage. A volume that did not change between a vintage and the next is one unknown: the
 * reader is supposed to know that it did not, which can only help him.
 */
export function knownEquations(vintages: readonly Vintage[]): KnownEquations {
  const unknowns: Unknown[] = []
  const numberOf: Map<string, number>[] = []
  const rows = new Map<string, Row>()
  for (const { table, hidden } of vintages) {
    const before = numberOf.at(-1)
    const now = new Map<string, number>()
    for (const { key, value } of table.volumes) {
      const last = before?.get(key)
      const same = last !== undefined && unknowns[last]?.value === value ? last : undefined
      const number = same ?? unknowns.push({ key, value, shown: false }) - 1
      const unknown = unknowns[number]
      if (unknown !== undefined && !hidden.has(key)) unknown.shown = true
      now.set(key, number)
    }
    for (const { total, parts } of table.sums) {
      const row = new Map<number, number>()
      const add = (key: string, coefficient: number) => {
        const number = now.get(key)
        if (number === undefined) throw new TypeError(`a sum speaks of ${key}, which the table does not hold`)
        const sum = (row.get(number) ?? 0) + coefficient
        if (sum === 0) row.delete(number)
        else row.set(number, sum)
      }
      add(total, 1)
      for (const part of parts) add(part, -1)
      rows.set(
        [...row]
          .map(([number, coefficient]) => `${coefficient}x${number}`)
          .sort()
          .join(),
        row,
      )
    }
    numberOf.push(now)
  }
  return { unknowns, rows: [...rows.values()], numberOf }
}
