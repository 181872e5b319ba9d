import { expect, test } from 'vitest'
import { suppress } from '../../../src/pure/disclosure/suppress.ts'
import {
  isSmall,
  type Sum,
  type Vintage,
  type Volume,
  type VolumeTable,
} from '../../../src/pure/disclosure/volume-table.ts'
import { seededRandom } from '../../../src/pure/numerics/series/random.ts'
import {
  determinedByChance,
  determinedByRank,
  type HidingRule,
  naiveSystem,
  publishUnder,
  randomVintages,
} from '../../tables.ts'

const byTheRule: HidingRule = (table, past) => new Set(suppress(table, past).hidden.keys())

/** What is wrong with tables published under a rule, in words; nothing when they keep the secret at the least cost. */
function complaints(rule: HidingRule, tables: readonly VolumeTable[]): string[] {
  const vintages = publishUnder(rule, tables)
  const random = seededRandom(7)
  const before = new Set<string>()
  const found = determinedByChance(naiveSystem(vintages), random).map(name => `${name} is computed`)
  vintages.forEach(({ table, hidden }, v) => {
    const past = vintages.slice(0, v)
    for (const volume of table.volumes) {
      if (isSmall(volume) && !hidden.has(volume.key)) found.push(`${volume.key} is small and shown`)
      if (before.has(volume.key) && !hidden.has(volume.key)) found.push(`${volume.key} was hidden before`)
    }
    const needed = table.volumes.some(volume => isSmall(volume) || before.has(volume.key))
    if (!needed && hidden.size > 0) found.push('nothing had to be hidden')
    found.push(...thinSums(table, hidden))
    for (const volume of table.volumes) {
      const { key, value } = volume
      if (!hidden.has(key) || isSmall(volume) || before.has(key)) continue
      const without = { table, hidden: new Set([...hidden].filter(other => other !== key)) }
      const harm =
        determinedByChance(naiveSystem([...past, without]), random).length > 0 ||
        thinSums(table, without.hidden).length > 0
      if (!harm && value > 0) found.push(`${key} could be shown`)
    }
    for (const key of hidden) before.add(key)
  })
  return found
}

function thinSums({ volumes, sums }: VolumeTable, hidden: ReadonlySet<string>): string[] {
  const of = new Map(volumes.map(volume => [volume.key, volume]))
  return sums
    .filter(({ total, parts }) => {
      const left = parts
        .filter(key => hidden.has(key))
        .reduce((sum, key) => sum + (of.get(key)?.value ?? 0), 0)
      return !hidden.has(total) && left > 0 && left < (of.get(total)?.threshold ?? 0)
    })
    .map(({ total }) => `what is hidden of ${total} is small`)
}

/** Tables drawn: 2,000 by default, 10,000 when asked for by `TABLES=10000`. */
const TABLES = Number(process.env['TABLES'] ?? 2_000)

test(`no hidden volume is computed from ${TABLES} random tables of 3 vintages each`, () => {
  const random = seededRandom(20_261_126)
  const recovered: string[] = []
  let hidden = 0
  for (let seed = 1; seed <= TABLES; seed += 1) {
    const vintages = publishUnder(byTheRule, randomVintages(seed, { wide: seed % 50 === 0 }))
    hidden += vintages.reduce((sum, vintage) => sum + vintage.hidden.size, 0)
    recovered.push(...determinedByChance(naiveSystem(vintages), random).map(name => `${seed}: ${name}`))
  }
  expect(recovered).toEqual([])
  expect(hidden).toBeGreaterThan(10 * TABLES)
})

test('what is found by chance in a field is what an exact rank finds', () => {
  const random = seededRandom(5)
  for (let seed = 1; seed <= 40; seed += 1) {
    for (const rule of [byTheRule, (table: VolumeTable) => new Set(small(table))]) {
      const system = naiveSystem(publishUnder(rule, randomVintages(seed)))
      expect(determinedByChance(system, random)).toEqual(determinedByRank(system))
    }
  }
})

test('nothing is hidden, shown or given back that should not be', () => {
  for (let seed = 20_001; seed <= 20_150; seed += 1) {
    expect(complaints(byTheRule, randomVintages(seed)).map(text => `${seed}: ${text}`)).toEqual([])
  }
})

test('a table without small volumes is shown whole, and the same table again stays as it was', () => {
  for (let seed = 1; seed <= 100; seed += 1) {
    const [table = { volumes: [], sums: [] }] = randomVintages(seed)
    const rich = {
      ...table,
      volumes: table.volumes.map(volume => ({ ...volume, threshold: 0 })),
    }
    expect(suppress(rich).hidden.size).toBe(0)
    const hidden = byTheRule(table, [])
    expect(byTheRule(table, [{ table, hidden }])).toEqual(hidden)
  }
})

test('each hidden volume above 0 may be at least two numbers for a reader who tries every table', () => {
  for (let seed = 1; seed <= 20; seed += 1) {
    const random = seededRandom(seed)
    const leaves = Array.from({ length: 6 }, () => Math.floor(random() * 6))
    const table = twoByThree(leaves, 4)
    const { hidden } = suppress(table)
    if (hidden.size === 0) continue
    const seen = new Map<string, Set<number>>()
    const most = Math.max(...leaves) + 2
    for (const guess of tuples(
      leaves.map((value, i) => (hidden.has(table.volumes[i]?.key ?? '') ? upTo(most) : [value])),
    )) {
      const tried = twoByThree(guess, 4)
      if (tried.volumes.some(({ key, value }, i) => !hidden.has(key) && value !== table.volumes[i]?.value))
        continue
      for (const { key, value } of tried.volumes) seen.set(key, (seen.get(key) ?? new Set()).add(value))
    }
    for (const { key, value } of table.volumes) {
      if (hidden.has(key) && value > 0) expect(seen.get(key)?.size).toBeGreaterThan(1)
    }
  }
})

test('two halls of 3 and 40 requests, and their total: both are hidden, and a later change of one tells nothing', () => {
  const of = (a: number, b: number): VolumeTable => ({
    volumes: [volume('a', a), volume('b', b), volume('c', 50), volume('all', a + b + 50)],
    sums: [{ total: 'all', parts: ['a', 'b', 'c'] }],
  })
  const first = suppress(of(3, 40))
  expect(Object.fromEntries(first.hidden)).toEqual({ a: 'small', b: 'complementary' })
  const past = [{ table: of(3, 40), hidden: new Set(first.hidden.keys()) }]
  expect(Object.fromEntries(suppress(of(15, 40), past).hidden)).toEqual({
    a: 'hidden-before',
    b: 'hidden-before',
  })
})

test('what an earlier vintage told cannot be kept: it is said', () => {
  const table: VolumeTable = {
    volumes: [volume('a', 3), volume('all', 3)],
    sums: [{ total: 'all', parts: ['a'] }],
  }
  const told = { table: { ...table, volumes: table.volumes }, hidden: new Set(['a']) }
  expect(suppress(table, [told]).lost).toEqual(['a in 0', 'all less '])
})

/** Rules with one fault each. The same complaints must be heard of every one of them. */
const RULES_TO_CATCH: Record<string, HidingRule> = {
  'hides the small ones only': table => new Set(small(table)),
  'lets the last number under the threshold through': (table, past) =>
    without(
      byTheRule(table, past),
      table.volumes.filter(one => one.value === one.threshold - 1),
    ),
  'hides the threshold itself': (table, past) => byTheRule(atThreshold(table, 1), past),
  'hides zeros': table =>
    new Set([...byTheRule(table, []), ...table.volumes.filter(one => one.value === 0).map(one => one.key)]),
  'forgets the vintages before': table => byTheRule(table, []),
  'forgets what was hidden before': (table, past) =>
    byTheRule(
      table,
      past.map(vintage => ({ ...vintage, hidden: new Set(small(vintage.table)) })),
    ),
  'remembers the last vintage only': (table, past) => byTheRule(table, past.slice(0, 1)),
  'keeps the pattern and audits nothing again': (table, past) =>
    new Set([
      ...(past.length === 0 ? byTheRule(table, []) : small(table)),
      ...past.flatMap(one => [...one.hidden]),
    ]),
  'audits one direction of the table': (table, past) =>
    byTheRule({ ...table, sums: table.sums.filter(({ total }) => !total.startsWith('h*')) }, past),
  'audits the first sum only': (table, past) => byTheRule({ ...table, sums: table.sums.slice(0, 1) }, past),
  'shows one complementary volume again': (table, past) =>
    without(byTheRule(table, past), complementary(table, past).slice(0, 1)),
  'hides one volume too many': (table, past) =>
    new Set([...byTheRule(table, past), ...(small(table).length > 0 ? big(table).slice(-1) : [])]),
  'hides everything at the first small volume': table =>
    new Set(small(table).length > 0 ? table.volumes.map(({ key }) => key) : []),
  'hides a second volume of each sum, and looks no further': table => secondOfEach(table),
  'hides all totals': table => new Set([...small(table), ...table.sums.map(({ total }) => total)]),
  'never hides a total': (table, past) => without(byTheRule(table, past), totals(table)),
}

test.each(Object.entries(RULES_TO_CATCH))('a rule that %s is caught', (_, rule) => {
  const heard = (seed: number) => complaints(rule, randomVintages(seed)).length > 0
  expect(Array.from({ length: 60 }, (_, i) => 20_001 + i).some(heard)).toBe(true)
})

function volume(key: string, value: number): Volume {
  return { key, value, threshold: 11 }
}

function small(table: VolumeTable): string[] {
  return table.volumes.filter(isSmall).map(({ key }) => key)
}

function big(table: VolumeTable): string[] {
  return table.volumes.filter(one => one.value >= one.threshold).map(({ key }) => key)
}

function totals({ volumes, sums }: VolumeTable): Volume[] {
  const names = new Set(sums.map(({ total }: Sum) => total))
  return volumes.filter(one => names.has(one.key) && !isSmall(one))
}

function complementary(table: VolumeTable, past: readonly Vintage[]): Volume[] {
  const { hidden } = suppress(table, past)
  return table.volumes.filter(({ key }) => hidden.get(key) === 'complementary')
}

function without(hidden: ReadonlySet<string>, shown: readonly Volume[]): Set<string> {
  return new Set([...hidden].filter(key => !shown.some(one => one.key === key)))
}

function atThreshold(table: VolumeTable, more: number): VolumeTable {
  return { ...table, volumes: table.volumes.map(one => ({ ...one, threshold: one.threshold + more })) }
}

function secondOfEach(table: VolumeTable): Set<string> {
  const hidden = new Set(small(table))
  for (const { parts } of table.sums) {
    const inIt = parts.filter(key => hidden.has(key))
    const other = parts.find(key => !hidden.has(key))
    if (inIt.length === 1 && other !== undefined) hidden.add(other)
  }
  return hidden
}

function twoByThree(leaves: readonly number[], threshold: number): VolumeTable {
  const at = (row: number, column: number) => leaves[3 * row + column] ?? 0
  const rows = [0, 1]
  const columns = [0, 1, 2]
  const key = (row: number | '*', column: number | '*') => `${row}.${column}`
  const sum = (values: number[]) => values.reduce((all, value) => all + value, 0)
  const volumes = [
    ...rows.flatMap(row => columns.map(column => [key(row, column), at(row, column)] as const)),
    ...rows.map(row => [key(row, '*'), sum(columns.map(column => at(row, column)))] as const),
    ...columns.map(column => [key('*', column), sum(rows.map(row => at(row, column)))] as const),
    [key('*', '*'), sum([...leaves])] as const,
  ]
  return {
    volumes: volumes.map(([name, value]) => ({ key: name, value, threshold })),
    sums: [
      ...[...rows, '*' as const].map(row => ({
        total: key(row, '*'),
        parts: columns.map(column => key(row, column)),
      })),
      ...[...columns, '*' as const].map(column => ({
        total: key('*', column),
        parts: rows.map(row => key(row, column)),
      })),
    ],
  }
}

function upTo(most: number): number[] {
  return Array.from({ length: most + 1 }, (_, value) => value)
}

function* tuples(choices: readonly (readonly number[])[]): Generator<number[]> {
  const last = choices.at(-1)
  if (last === undefined) return yield []
  for (const rest of tuples(choices.slice(0, -1))) for (const value of last) yield [...rest, value]
}
