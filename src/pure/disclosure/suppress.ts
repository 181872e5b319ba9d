import { largest } from '../numerics/extremes.ts'
import { eliminate, type Row } from './elimination.ts'
import { type KnownEquations, knownEquations } from './known-equations.ts'
import { determinedUnknowns, guessedZeros, recoverableUnknowns } from './recoverable.ts'
import { isSmall, type Vintage, type VolumeTable } from './volume-table.ts'

/** Why the public does not read a volume: it is small, it would give a small one away, or it was hidden before. */
export type HidingReason = 'small' | 'complementary' | 'hidden-before'

/** What the public does not read of a table, and what could not be kept from him. */
export interface Suppression {
  hidden: ReadonlyMap<string, HidingReason>
  /** What earlier vintages already give away, in words for an engineer: nothing that is hidden now can help. */
  lost: readonly string[]
}

/**
 * Chooses what to hide of a table so that no hidden volume, in it or in the vintages before it, can be computed.
 *
 * Small volumes and those hidden before are hidden first. While the audit recovers one, the cheapest set of volumes
 * that frees it is hidden too: a circuit of the equations, made of the nearest and smallest volumes, hidden ones first.
 * A published sum whose hidden parts together stay under the threshold would itself tell of too few people: another of
 * its parts is hidden. At the end each addition that proves useless is given back, the largest first, so that none can
 * be shown alone. Gaussian elimination for secondary suppression: Langsrud, *Secondary Cell Suppression by Gaussian
 * Elimination* (Privacy in Statistical Databases, 2024), R package GaussSuppression.
 */
export function suppress(table: VolumeTable, past: readonly Vintage[] = []): Suppression {
  const before = new Set(past.flatMap(vintage => [...vintage.hidden]))
  const reasons = new Map<string, HidingReason>()
  for (const volume of table.volumes) {
    if (before.has(volume.key)) reasons.set(volume.key, 'hidden-before')
    else if (isSmall(volume)) reasons.set(volume.key, 'small')
  }
  if (reasons.size === 0) return { hidden: reasons, lost: [] }

  const firmlyHidden = reasons.size
  const lost = new Set<string>()
  for (;;) {
    const flaw = flawsOf(table, past, reasons).find(one => !lost.has(one.id))
    if (flaw === undefined) break
    const more = flaw.remedy()
    if (more.length === 0) lost.add(flaw.id)
    for (const key of more) reasons.set(key, 'complementary')
  }
  if (reasons.size > firmlyHidden) giveBack(table, past, reasons, lost)
  return { hidden: reasons, lost: [...lost] }
}

interface Flaw {
  /** What is told: a volume in a vintage (from 0), or what is left of a sum. */
  id: string
  /** Keys to hide as well; none when nothing helps. */
  remedy: () => string[]
}

/** What is wrong with a pattern, the audit first: thin remainders matter only once nothing is computed exactly. */
function flawsOf(
  table: VolumeTable,
  past: readonly Vintage[],
  reasons: ReadonlyMap<string, HidingReason>,
): Flaw[] {
  const equations = knownEquations([...past, { table, hidden: new Set(reasons.keys()) }])
  const ground = { table, equations, candidates: candidatesOf(table, past, equations, reasons) }
  return [...recoveredFlaws(ground), ...thinFlaws(ground, reasons)]
}

interface Ground {
  table: VolumeTable
  equations: KnownEquations
  /** Unknowns that hiding a volume of the new table would take from the reader, with its key. */
  candidates: ReadonlyMap<number, string>
}

/** Volumes of the new table that are shown and that no earlier vintage told. */
function candidatesOf(
  table: VolumeTable,
  past: readonly Vintage[],
  { numberOf }: KnownEquations,
  reasons: ReadonlyMap<string, HidingReason>,
): Map<number, string> {
  const told = new Set(
    past.flatMap(({ table: old, hidden }, vintage) =>
      old.volumes.filter(({ key }) => !hidden.has(key)).map(({ key }) => numberOf[vintage]!.get(key)!),
    ),
  )
  const now = numberOf.at(-1)
  return new Map(
    table.volumes.flatMap(({ key }): [number, string][] => {
      const number = now?.get(key)
      return number === undefined || reasons.has(key) || told.has(number) ? [] : [[number, key]]
    }),
  )
}

/** What is computed from the equations alone, then what is computed by a reader who guesses zeros besides. */
function recoveredFlaws({ equations, candidates }: Ground): Flaw[] {
  const named = (number: number) => {
    const vintage = equations.numberOf.findIndex(numbers => [...numbers.values()].includes(number))
    return `${equations.unknowns[number]?.key} in ${vintage}`
  }
  const determined = new Set(determinedUnknowns(equations))
  const guessed = [...recoverableUnknowns(equations)].filter(number => !determined.has(number))
  const remedy = (number: number, zeros: ReadonlySet<number>) =>
    freeing(number, { equations, candidates, zeros })
  return [
    ...[...determined].map(number => ({
      id: named(number),
      remedy: () => {
        const best = remedy(number, guessedZeros(equations))
        return best.length > 0 ? best : remedy(number, new Set())
      },
    })),
    ...guessed.map(number => ({
      id: `${named(number)}, by its zeros`,
      remedy: () => remedy(number, guessedZeros(equations)),
    })),
  ]
}

/**
 * Keys to hide so that an unknown is no longer determined: the circuit through it in the basis of the hidden unknowns,
 * then of the smallest candidates, among those nearest to it. Zeros, which a reader may guess, come last.
 */
function freeing(
  target: number,
  {
    equations: { unknowns, rows },
    candidates,
    zeros: guessed,
  }: Pick<Ground, 'equations' | 'candidates'> & { zeros: ReadonlySet<number> },
): string[] {
  const value = (number: number) => unknowns[number]!.value
  const hidden = [...unknowns.keys()].filter(number => !unknowns[number]?.shown && !guessed.has(number))
  const positive = (number: number) => value(number) > 0
  const attempts = [
    { firm: hidden.filter(positive), free: [...candidates.keys()].filter(positive) },
    { firm: hidden, free: [...candidates.keys()].filter(positive) },
    { firm: hidden, free: [...candidates.keys()] },
  ]
  for (const { firm, free } of attempts) {
    const base = firm.filter(number => number !== target)
    const bySize = free.sort((a, b) => rank(value(a)) - rank(value(b)) || a - b)
    for (const near of neighbourhoods(target, rows, new Set([target, ...base, ...free]))) {
      const pivots = eliminate(rows, [...base, ...bySize.filter(number => near.has(number)), target])
      if (pivots.has(target)) continue
      return [...pivots].flatMap(([number, row]) => (row.has(target) ? (candidates.get(number) ?? []) : []))
    }
  }
  // Only a guessed zero gives it away: hide the zeros that let a reader guess.
  const telling = new Set(
    rows.flatMap(row => ([...row.keys()].some(number => guessed.has(number)) ? [...row.keys()] : [])),
  )
  return [...candidates].flatMap(([number, key]) => (value(number) === 0 && telling.has(number) ? [key] : []))
}

/** Order in which volumes are given up: the smallest first, zeros last. */
function rank(value: number): number {
  return value === 0 ? Number.MAX_SAFE_INTEGER : value
}

/** Unknowns that share an equation with one, then with these, and so on, until nothing more is reached. */
function* neighbourhoods(from: number, rows: readonly Row[], within: ReadonlySet<number>) {
  let near = new Set([from])
  for (;;) {
    const wider = new Set(near)
    for (const row of rows) {
      if (![...row.keys()].some(number => near.has(number))) continue
      for (const number of row.keys()) if (within.has(number)) wider.add(number)
    }
    if (wider.size === near.size) return
    near = wider
    yield near
  }
}

/** Published sums whose hidden parts together are between 1 and the threshold. */
function thinFlaws(
  { table, equations, candidates }: Ground,
  reasons: ReadonlyMap<string, HidingReason>,
): Flaw[] {
  const volumes = new Map(table.volumes.map(volume => [volume.key, volume]))
  const numbers = equations.numberOf.at(-1)!
  const told = (key: string) => equations.unknowns[numbers.get(key)!]!.shown
  const count = (key: string) => volumes.get(key)!.value
  return table.sums.flatMap(({ total, parts }): Flaw[] => {
    if (!told(total)) return []
    const kept = parts.filter(key => reasons.has(key) && !told(key)).map(key => volumes.get(key)!)
    const remainder = kept.reduce((sum, volume) => sum + volume.value, 0)
    const threshold = largest(
      kept.map(volume => volume.threshold),
      0,
    )
    if (remainder === 0 || remainder >= threshold) return []
    const remedy = () => {
      const free = [total, ...parts]
        .filter(key => candidates.has(numbers.get(key)!) && count(key) > 0)
        .sort((a, b) => count(a) - count(b))
      const enough = free.find(key => remainder + count(key) >= threshold)
      return [enough ?? free.at(-1) ?? []].flat()
    }
    return [{ id: `${total} less ${parts.filter(told).join(' and ')}`, remedy }]
  })
}

/** Shows again the complementary volumes that are not needed, the largest first. */
function giveBack(
  table: VolumeTable,
  past: readonly Vintage[],
  reasons: Map<string, HidingReason>,
  lost: ReadonlySet<string>,
): void {
  const added = table.volumes
    .filter(({ key }) => reasons.get(key) === 'complementary')
    .sort((a, b) => b.value - a.value)
  for (const { key } of added) {
    reasons.delete(key)
    const harm = flawsOf(table, past, reasons).some(flaw => !lost.has(flaw.id))
    if (harm) reasons.set(key, 'complementary')
  }
}
