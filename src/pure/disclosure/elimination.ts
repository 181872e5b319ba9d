/** A linear equation over numbered unknowns: whole coefficients, none of them 0; its constant is not needed here. */
export type Row = ReadonlyMap<number, number>

/**
 * Gauss-Jordan elimination in whole numbers, exact: rows are combined without division, then divided by their greatest
 * common divisor. Unknowns that are not listed count as known and leave the equations.
 *
 * @param order unknowns, those to be expressed by the others first
 * @returns under each unknown that could be expressed, its row: itself, and unknowns that stay free
 * @throws RangeError when a coefficient leaves the whole numbers that are exact (2^53): never a rounded answer
 */
export function eliminate(rows: readonly Row[], order: readonly number[]): Map<number, Row> {
  const wanted = new Set(order)
  const work = rows
    .map(row => new Map([...row].filter(([unknown]) => wanted.has(unknown))))
    .filter(row => row.size > 0)
  const holders = new Map<number, Set<Map<number, number>>>()
  for (const row of work) for (const unknown of row.keys()) holderSet(holders, unknown).add(row)
  const used = new Set<Map<number, number>>()
  const pivots = new Map<number, Row>()
  for (const unknown of order) {
    const holding = [...(holders.get(unknown) ?? [])]
    const pivot = holding.filter(row => !used.has(row)).sort((a, b) => a.size - b.size)[0]
    if (pivot === undefined) continue
    used.add(pivot)
    pivots.set(unknown, pivot)
    for (const row of holding) if (row !== pivot) cancel(row, pivot, unknown, holders)
  }
  return pivots
}

function cancel(
  row: Map<number, number>,
  pivot: ReadonlyMap<number, number>,
  unknown: number,
  holders: Map<number, Set<Map<number, number>>>,
): void {
  const scale = pivot.get(unknown)!
  const times = row.get(unknown)!
  let divisor = 0
  for (const key of new Set([...row.keys(), ...pivot.keys()])) {
    const value = exact((row.get(key) ?? 0) * scale) - exact((pivot.get(key) ?? 0) * times)
    if (value === 0) {
      row.delete(key)
      holders.get(key)?.delete(row)
    } else {
      row.set(key, exact(value))
      holderSet(holders, key).add(row)
      divisor = greatestDivisor(divisor, Math.abs(value))
    }
  }
  if (divisor > 1) for (const [key, value] of row) row.set(key, value / divisor)
}

function holderSet<Holder>(holders: Map<number, Set<Holder>>, unknown: number): Set<Holder> {
  const known = holders.get(unknown)
  if (known !== undefined) return known
  const made = new Set<Holder>()
  holders.set(unknown, made)
  return made
}

function exact(value: number): number {
  if (!Number.isSafeInteger(value)) throw new RangeError('a coefficient is too large to stay exact')
  return value
}

function greatestDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestDivisor(b, a % b)
}
