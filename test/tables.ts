import type { Sum, Vintage, VolumeTable } from '../src/pure/disclosure/volume-table.ts'
import { seededRandom } from '../src/pure/numerics/series/random.ts'

/** A rule that chooses what to hide of a table, given how the tables before it were published. */
export type HidingRule = (table: VolumeTable, past: readonly Vintage[]) => ReadonlySet<string>

interface Axis {
  leaves: string[]
  sums: Sum[]
}

/** Halls of a department or its titles (one total), months of half-years and a year (nested); small on purpose. */
function axis(name: string, size: number, nested: boolean): Axis {
  const leaves = Array.from({ length: size }, (_, i) => `${name}${i}`)
  if (!nested || size < 4) return { leaves, sums: [{ total: `${name}*`, parts: leaves }] }
  const half = Math.floor(size / 2)
  const halves = [leaves.slice(0, half), leaves.slice(half)].map((parts, i) => ({
    total: `${name}g${i}`,
    parts,
  }))
  return { leaves, sums: [...halves, { total: `${name}*`, parts: halves.map(({ total }) => total) }] }
}

/** A table over some axes: every member of one with every member of the others, and every sum along each. */
function tableOf(axes: readonly Axis[], base: ReadonlyMap<string, number>, threshold: number): VolumeTable {
  const members = axes.map(({ leaves, sums }) => [...leaves, ...sums.map(({ total }) => total)])
  const under = (axis: Axis, member: string): string[] =>
    axis.sums.find(({ total }) => total === member)?.parts.flatMap(part => under(axis, part)) ?? [member]
  const valueAt = (place: readonly string[]) =>
    product(axes.map((axis, i) => under(axis, place[i] ?? '')))
      .map(leaf => base.get(leaf.join('.')) ?? 0)
      .reduce((sum, value) => sum + value, 0)
  return {
    volumes: product(members).map(place => ({ key: place.join('.'), value: valueAt(place), threshold })),
    sums: axes.flatMap(({ sums }, along) =>
      product(members.with(along, [''])).flatMap(place => {
        const key = (member: string) => place.with(along, member).join('.')
        return sums.map(({ total, parts }) => ({ total: key(total), parts: parts.map(key) }))
      }),
    ),
  }
}

function product(axes: readonly (readonly string[])[]): string[][] {
  return axes.reduce<string[][]>((so, axis) => so.flatMap(one => axis.map(member => [...one, member])), [[]])
}

/** Successive vintages of a random table: some volumes change each time, and the sums with them. */
export function randomVintages(
  seed: number,
  { wide = false, count = 3, threshold = 11 } = {},
): VolumeTable[] {
  const random = seededRandom(seed)
  const upTo = (n: number) => Math.floor(random() * n)
  const deep = random() < (wide ? 0.25 : 0.05)
  const axes = deep
    ? [axis('h', 2 + upTo(2), false), axis('m', 2 + upTo(2), false), axis('t', 2, false)]
    : [axis('h', 2 + upTo(wide ? 6 : 2), false), axis('m', 2 + upTo(wide ? 5 : 2), random() < 0.5)]
  const rich = random()
  const value = () => {
    const draw = random()
    return draw < 0.12 ? 0 : draw < 0.12 + 0.5 * rich ? 1 + upTo(threshold - 1) : threshold + upTo(90)
  }
  const base = new Map(product(axes.map(({ leaves }) => leaves)).map(place => [place.join('.'), value()]))
  return Array.from({ length: count }, (_, i) => {
    if (i > 0) for (const key of base.keys()) if (random() < 0.25) base.set(key, value())
    return tableOf(axes, base, threshold)
  })
}

/** Publishes successive tables under a rule, each knowing those before it. */
export function publishUnder(rule: HidingRule, tables: readonly VolumeTable[]): Vintage[] {
  const vintages: Vintage[] = []
  for (const table of tables) vintages.push({ table, hidden: rule(table, [...vintages]) })
  return vintages
}

/** The equations of the naive auditor, with the name of each column. */
export interface NaiveSystem {
  columns: string[]
  matrix: number[][]
}

/**
 * What a naive auditor writes: every hidden volume of every vintage as a column of its own, every sum as a row, and a
 * row `now = before` for each volume that did not change. `zerosKnown` tells him every hidden zero.
 */
export function naiveSystem(vintages: readonly Vintage[], zerosKnown = false): NaiveSystem {
  const columns = new Map<string, number>()
  const name = (vintage: number, key: string) => `${key} in ${vintage}`
  vintages.forEach(({ table, hidden }, v) => {
    for (const { key, value } of table.volumes) {
      if (hidden.has(key) && !(zerosKnown && value === 0)) columns.set(name(v, key), columns.size)
    }
  })
  const matrix: number[][] = []
  const equation = (terms: readonly (readonly [string, number])[]) => {
    const row = new Array<number>(columns.size).fill(0)
    for (const [term, coefficient] of terms) {
      const column = columns.get(term)
      if (column !== undefined) row[column] = (row[column] ?? 0) + coefficient
    }
    if (row.some(coefficient => coefficient !== 0)) matrix.push(row)
  }
  vintages.forEach(({ table }, v) => {
    for (const { total, parts } of table.sums) {
      equation([[name(v, total), 1], ...parts.map(part => [name(v, part), -1] as const)])
    }
    const before = new Map(vintages[v - 1]?.table.volumes.map(({ key, value }) => [key, value]))
    for (const { key, value } of table.volumes) {
      if (before.get(key) === value)
        equation([
          [name(v, key), 1],
          [name(v - 1, key), -1],
        ])
    }
  })
  return { columns: [...columns.keys()], matrix }
}

/** Columns without which the rank falls by one, in exact arithmetic: they are determined. Slow. */
export function determinedByRank({ columns, matrix }: NaiveSystem): string[] {
  const whole = rankExact(matrix)
  return columns.filter((_, j) => rankExact(matrix.map(row => row.toSpliced(j, 1))) < whole)
}

const PRIME = 67_108_859

/**
 * Columns at which a random solution of the homogeneous equations is 0, over the field of 67,108,859 elements (products
 * stay under 2^53): a free column is 0 there once in 67 million draws, and a determined one always, unless the prime
 * divides a minor of the matrix, which `determinedByRank` excludes on a sample.
 */
export function determinedByChance({ columns, matrix }: NaiveSystem, random: () => number): string[] {
  const rows = matrix.map(row => row.map(value => ((value % PRIME) + PRIME) % PRIME))
  const width = columns.length
  const pivots: { column: number; row: number[] }[] = []
  for (let column = 0; column < width; column += 1) {
    const found = rows.findIndex(row => row[column] !== 0)
    if (found < 0) continue
    const [pivot = []] = rows.splice(found, 1)
    pivots.push({ column, row: pivot })
    for (const row of rows) {
      const times = row[column] ?? 0
      if (times === 0) continue
      const scale = pivot[column] ?? 0
      for (let j = column; j < width; j += 1) {
        row[j] = ((((row[j] ?? 0) * scale - (pivot[j] ?? 0) * times) % PRIME) + PRIME) % PRIME
      }
    }
  }
  const solution = columns.map(() => 1 + Math.floor(random() * (PRIME - 1)))
  for (const { column, row } of pivots.reverse()) {
    let rest = 0
    for (let j = column + 1; j < width; j += 1) rest = (rest + (row[j] ?? 0) * (solution[j] ?? 0)) % PRIME
    solution[column] = ((PRIME - rest) * inverse(row[column] ?? 1)) % PRIME
  }
  return columns.filter((_, j) => solution[j] === 0)
}

/** Inverse in the field, by the small theorem of Fermat. */
function inverse(value: number): number {
  let [result, square] = [1, value]
  for (let power = PRIME - 2; power > 0; power = Math.floor(power / 2)) {
    if (power % 2 === 1) result = (result * square) % PRIME
    square = (square * square) % PRIME
  }
  return result
}

/** Rank of a matrix of whole numbers, exact: the fraction-free elimination of Bareiss (1968) in big integers. */
function rankExact(matrix: readonly (readonly number[])[]): number {
  const rows = matrix.map(row => row.map(BigInt))
  const width = rows[0]?.length ?? 0
  let rank = 0
  let last = 1n
  for (let column = 0; column < width && rank < rows.length; column += 1) {
    const found = rows.findIndex((row, i) => i >= rank && row[column] !== 0n)
    const pivot = rows[found]
    if (pivot === undefined) continue
    rows[found] = rows[rank] ?? []
    rows[rank] = pivot
    const scale = pivot[column] ?? 0n
    for (let i = rank + 1; i < rows.length; i += 1) {
      const row = rows[i] ?? []
      const times = row[column] ?? 0n
      for (let j = column; j < width; j += 1)
        row[j] = ((row[j] ?? 0n) * scale - (pivot[j] ?? 0n) * times) / last
    }
    last = scale
    rank += 1
  }
  return rank
}
