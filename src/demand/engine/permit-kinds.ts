import { type Month, monthNumber, monthOfNumber } from '../../pure/calendar/period.ts'
import { PERMIT_TERMS, PERMITS, type Permit } from '../../pure/law/residence-permit.ts'
import type { LagKernel } from '../../pure/numerics/series/lag-kernel.ts'
import type { Random } from '../../pure/numerics/series/random.ts'
import { sum } from '../../pure/numerics/sum.ts'
import { bridgedCounts } from './renewal.ts'

/** Residence permits of one kind issued in a month, first ones and renewals together. */
export interface PermitsIssued {
  kind: Permit
  month: Month
  permits: number
}

/** Renewals asked on one path, by kind of the permit that ends, in each month from the first issue known on. */
export interface PermitPath {
  from: number
  renewals: Partial<Record<Permit, Float64Array>>
}

interface KindAssumption {
  /** Range of the share of holders who ask for another permit when one ends, drawn evenly on each path. */
  staying: readonly [low: number, high: number]
  /** Kinds of the permits that they receive then, by share; the same kind when absent. */
  next?: Partial<Record<Permit, number>>
  /** Terms given, in years, by share, where the law fixes only the longest; the whole term when absent. */
  terms?: readonly (readonly [years: number, share: number])[]
}

/** What nobody publishes by kind: assumptions without a source, wide on purpose; counts of permits by kind replace none. */
export const PERMIT_ASSUMPTIONS: Record<Permit, KindAssumption> = {
  temporary: { staying: [0.6, 0.9], next: { temporary: 0.5, pluriannual: 0.45, resident: 0.05 } },
  pluriannual: {
    staying: [0.7, 0.95],
    next: { pluriannual: 0.6, resident: 0.4 },
    terms: [
      [4, 0.7],
      [2, 0.3],
    ],
  },
  student: {
    staying: [0.4, 0.8],
    next: { student: 0.3, temporary: 0.3, pluriannual: 0.4 },
    terms: [
      [1, 0.2],
      [2, 0.4],
      [3, 0.4],
    ],
  },
  'intra-company': { staying: [0.2, 0.6] },
  seasonal: { staying: [0.4, 0.8] },
  resident: { staying: [0.75, 0.95] },
  algerian: { staying: [0.75, 0.95] },
  refugee: { staying: [0.8, 0.97] },
  subsidiary: { staying: [0.75, 0.95], next: { subsidiary: 0.7, resident: 0.3 } },
  retired: { staying: [0.3, 0.7] },
  'withdrawal-agreement': { staying: [0.8, 0.97], next: { 'withdrawal-agreement-permanent': 1 } },
  'withdrawal-agreement-permanent': { staying: [0.7, 0.9] },
}

/**
 * A renewal is asked between the hundred and twentieth and the sixtieth day before the end (CESEDA, art. R. 431-5); some
 * come later, and by practice a little after.
 */
const ASKED: LagKernel = { first: -4, probabilities: [0.2, 0.3, 0.25, 0.12, 0.08, 0.05] }
const YEAR = 12

/**
 * Renewals by kind on one path, to `last`: the permits known end after the term that the law gives their kind, some of
 * their holders stay, and what they receive ends in its turn; first permits keep the pace of the last year known.
 *
 * Example: 120 cards of ten years issued in June 2021 and none in the year after, holders staying at 90 %: 108 renewals from
 * February to July 2031.
 */
export function permitPath(issued: readonly PermitsIssued[], last: Month, random: Random): PermitPath {
  const numbers = issued.map(({ month }) => monthNumber(month))
  const from = numbers.reduce((least, one) => Math.min(least, one), Number.POSITIVE_INFINITY)
  const known = numbers.reduce((most, one) => Math.max(most, one), Number.NEGATIVE_INFINITY) - from + 1
  const months = Math.max(known, monthNumber(last) - from + 1)
  const kinds = PERMITS.map(kind => {
    const { staying, next = { [kind]: 1 }, terms } = PERMIT_ASSUMPTIONS[kind]
    const [low, high] = staying
    return {
      kind,
      next,
      stays: low + (high - low) * random(),
      terms: terms ?? [[PERMIT_TERMS[kind].values[0].value.years, 1] as const],
      made: new Float64Array(months),
      renewals: new Float64Array(months),
      first: 0,
    }
  })
  const told = new Map<Permit, (number | undefined)[]>()
  issued.forEach(({ kind, permits }, i) => {
    const counts = told.get(kind) ?? new Array<number | undefined>(known).fill(undefined)
    counts[numbers[i]! - from] = (counts[numbers[i]! - from] ?? 0) + permits
    told.set(kind, counts)
  })
  for (const { kind, made } of kinds) {
    bridgedCounts(told.get(kind) ?? [], YEAR).forEach((permits, m) => {
      made[m] = permits ?? 0
    })
  }
  for (let m = 0; m < months; m++) {
    for (const one of kinds) one.renewals[m] = one.stays * dueIn(one.made, one.terms, m)
    if (m < known - 1) continue
    if (m === known - 1) for (const one of kinds) one.first = firstPermits(one.kind, kinds, known)
    else for (const one of kinds) one.made[m] = one.first + renewedInto(one.kind, kinds, m)
  }
  return {
    from,
    renewals: Object.fromEntries(kinds.map(({ kind, renewals }) => [kind, renewals])),
  }
}

type Running = {
  kind: Permit
  next: Partial<Record<Permit, number>>
  made: Float64Array
  renewals: Float64Array
}

function dueIn(
  made: Float64Array,
  terms: readonly (readonly [years: number, share: number])[],
  month: number,
): number {
  let due = 0
  for (const [years, share] of terms) {
    ASKED.probabilities.forEach((chance, i) => {
      due += share * chance * (made[month - ASKED.first - i - YEAR * years] ?? 0)
    })
  }
  return due
}

function renewedInto(kind: Permit, kinds: readonly Running[], month: number): number {
  return kinds.reduce((sum, { next, renewals }) => sum + (next[kind] ?? 0) * renewals[month]!, 0)
}

/** Permits of a kind a month that no renewal explains, over the last year known. */
function firstPermits(kind: Permit, kinds: readonly Running[], known: number): number {
  const made = kinds.find(one => one.kind === kind)!.made
  const length = Math.min(YEAR, known)
  let first = 0
  for (let m = known - length; m < known; m++) first += made[m]! - renewedInto(kind, kinds, m)
  return Math.max(0, first / length)
}

/** Renewals of all kinds asked in some months on a path; 0 before the first permits known could end. */
export function renewalsIn({ from, renewals }: PermitPath, months: readonly Month[]): number {
  const at = months.map(month => monthNumber(month) - from)
  return sum(Object.values(renewals).flatMap(list => at.map(month => list[month] ?? 0)))
}

/** Permits counted by the year, spread evenly over its months. Example: 1,200 in 2024: 100 each month. */
export function byMonth(kind: Permit, year: number, permits: number): PermitsIssued[] {
  const first = monthNumber(`${year}-01`)
  return Array.from({ length: YEAR }, (_, m) => ({
    kind,
    month: monthOfNumber(first + m),
    permits: permits / YEAR,
  }))
}
