import { sampleVariance } from 'simple-statistics'
import type { Day } from '../pure/calendar/day.ts'
import { type Month, monthOf, monthsOfQuarter } from '../pure/calendar/period.ts'
import { startOf } from '../pure/figures/grained-series.ts'
import { groupBy } from '../pure/figures/group-by.ts'
import type { Clock, Status, Unit } from '../pure/figures/measure.ts'
import { largest, smallest } from '../pure/numerics/extremes.ts'

/** One published value of a wait, of any grain. */
export interface WaitFact {
  place: string
  period: string
  granularity: 'day' | 'month' | 'quarter' | 'year'
  days: number
  clock: Clock
  unit: Unit
  status: Status
  source: string
  document: string
  publishedOn: Day
  /** Month of the day told, for the newest value of a day of the week before it: it speaks of that day beside its month. */
  today?: Month
  /** Days of which a month is the mean. */
  meanOf?: number | undefined
}

/** Days during which a value read on one of them is told as that of the present. */
export const RECENT_DAYS = 7

/** How far a published value may lie from the wait it tells, on the log scale: rounding, unit and definition left open. */
export const FACT_ERRORS = {
  observed: 0.08,
  derived: 0.12,
  estimated: 0.12,
  bound: 0.1,
  year: 0.2,
  /** How far one day lies from its month: a slot given back shows at once, a mean of waits hardly moves. */
  dayOfFirstSlot: 0.3,
  dayOfWait: 0.1,
  origin:
    'Hypothèse : les valeurs publiées d’un même mois s’écartent de 10 à 20 % entre elles (mai 2022 : 73, 77, 90 jours)',
} as const

/**
 * Month that a period stands for. A quarter’s wait is printed as it stands at its end: on eleven dated pairs of Charente and
 * Charente-Maritime the state misses by .16 at the end of quarters, by .37 in their middle. A year stands for its middle;
 * a period told before its end, for the month in which it was told.
 */
export function factMonth({ period, granularity, publishedOn }: WaitFact): Month {
  const month =
    granularity === 'quarter'
      ? monthsOfQuarter(period)[2]
      : granularity === 'year'
        ? `${period}-07`
        : period.slice(0, 7)
  const told = monthOf(publishedOn)
  return told < month && startOf(period) <= publishedOn ? told : month
}

/** How far the days that a fact tells may lie from their month, in log; 0 for a fact of a whole month. */
export function daySpread(fact: WaitFact): number {
  const days = fact.today === undefined ? fact.meanOf : 1
  if (days === undefined) return 0
  return (isFirstSlot(fact) ? FACT_ERRORS.dayOfFirstSlot : FACT_ERRORS.dayOfWait) / Math.sqrt(days)
}

/** Whether a value is one, or the bound of one: 0 days says « less than a day ». */
export function factKind({ status, days }: Pick<WaitFact, 'status' | 'days'>): 'value' | 'below' | 'above' {
  return status === 'at-most' || days < 1 ? 'below' : status === 'censored' ? 'above' : 'value'
}

/** Log of a value, or of the bound that it is; nothing is told under a day. */
export function factLog({ days }: Pick<WaitFact, 'days'>): number {
  return Math.log(Math.max(1, days))
}

/** Log error of a bound that another one of its month says better. */
const SAYS_NOTHING = 1e6

/**
 * Log errors of some values, in their order. Those of one month under one key are one thing told several times: together
 * they weigh as one value whose variance is `e² + s² ÷ n`, `s²` that of the values among themselves (after Birge 1932), so
 * that readings of each week do not count what they all share four times, nor two that contradict each other as certain.
 * Of the bounds of one month on one side the tightest speaks: « more than 90 » said each day is said once; « less than 7 »
 * and « more than 60 » cannot both hold, and each errs by what parts them, whichever comes first.
 *
 * Example: 20 days alone has an error of .08; 10 and 100 days in one month each √(2 × .08² + 1.63²) = 1.63.
 */
export function factErrors<Fact extends WaitFact>(
  facts: readonly Fact[],
  key: (fact: Fact) => string = fact => `${fact.place} ${isFirstSlot(fact)} ${fact.today !== undefined}`,
): number[] {
  const together = groupBy(
    facts.filter(fact => fact.granularity !== 'year'),
    fact => `${key(fact)} ${factMonth(fact)} ${factKind(fact)}`,
  )
  const spreads = new Map<Fact, number>()
  for (const same of together.values()) {
    const kind = factKind(same[0]!)
    if (kind !== 'value') {
      const days = same.map(fact => fact.days)
      const tightest = same[days.indexOf(kind === 'below' ? smallest(days) : largest(days))]
      for (const fact of same) spreads.set(fact, fact === tightest ? FACT_ERRORS.bound : SAYS_NOTHING)
      continue
    }
    const logs = same.map(factLog)
    const square = logs.length > 1 ? sampleVariance(logs) : 0
    for (const fact of same) spreads.set(fact, Math.sqrt(same.length * ownError(fact) ** 2 + square))
  }
  for (const month of groupBy([...spreads.keys()], fact => `${key(fact)} ${factMonth(fact)}`).values()) {
    const bounds = month.filter(fact => factKind(fact) !== 'value')
    const logsOf = (kind: 'below' | 'above') => bounds.filter(fact => factKind(fact) === kind).map(factLog)
    const [below, above] = [smallest(logsOf('below')), largest(logsOf('above'))]
    if (above > below)
      for (const fact of bounds) spreads.set(fact, Math.hypot(spreads.get(fact)!, above - below))
  }
  return facts.map(fact => spreads.get(fact) ?? ownError(fact))
}

function ownError(fact: WaitFact): number {
  if (factKind(fact) !== 'value') return FACT_ERRORS.bound
  if (fact.granularity === 'year') return FACT_ERRORS.year
  return fact.status === 'observed'
    ? FACT_ERRORS.observed
    : FACT_ERRORS[fact.status === 'derived' ? 'derived' : 'estimated']
}

/** Whether a clock counts to the first slot anybody could take, which is not the wait of those who were seen. */
export function isFirstSlot({ clock }: Pick<WaitFact, 'clock'>): boolean {
  return clock === 'first-free-slot'
}

/** One value of one month, by the rule that the track record states. */
export interface MonthValue {
  month: Month
  days: number
  kind: 'value' | 'below' | 'above'
  facts: WaitFact[]
}

/** Geometric mean of some values; one alone is told as it was published, to the last bit. */
export function meanDays(facts: readonly WaitFact[]): number {
  if (facts.length === 1) return facts[0]!.days
  return Math.exp(facts.reduce((sum, fact) => sum + factLog(fact), 0) / facts.length)
}

/** One value a month: the geometric mean of the values published for it; its bounds only where there is nothing else. */
export function monthValues(facts: readonly WaitFact[]): MonthValue[] {
  const months = new Map<Month, WaitFact[]>()
  for (const fact of facts) {
    const month = factMonth(fact)
    months.set(month, [...(months.get(month) ?? []), fact])
  }
  return [...months]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([month, all]) => {
      const values = all.filter(fact => factKind(fact) === 'value')
      const used = values.length > 0 ? values : all
      return {
        month,
        days: Math.max(1, meanDays(used)),
        kind: values.length > 0 ? 'value' : factKind(all[0]!),
        facts: used,
      }
    })
}
