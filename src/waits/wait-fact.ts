import type { Day } from '../pure/calendar/day.ts'
import { type Month, monthsOfQuarter } from '../pure/calendar/period.ts'
import type { Clock, Status, Unit } from '../pure/figures/measure.ts'

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
}

/** How far a published value may lie from the wait it tells, on the log scale: rounding, unit and definition left open. */
export const FACT_ERRORS = {
  observed: 0.08,
  derived: 0.12,
  estimated: 0.12,
  bound: 0.22,
  year: 0.2,
  origin:
    'Hypothèse : les valeurs publiées d’un même mois s’écartent de 10 à 20 % entre elles (mai 2022 : 73, 77, 90 jours)',
} as const

/**
 * Month that a period stands for. A quarter’s wait is printed as it stands at its end: on eleven dated pairs of Charente and
 * Charente-Maritime the state misses by .16 at the end of quarters, by .37 in their middle. A year stands for its middle.
 */
export function factMonth({ period, granularity }: Pick<WaitFact, 'period' | 'granularity'>): Month {
  if (granularity === 'quarter') return monthsOfQuarter(period)[2]
  return granularity === 'year' ? `${period}-07` : period.slice(0, 7)
}

/** Whether a value is one, or the bound of one. */
export function factKind({ status }: Pick<WaitFact, 'status'>): 'value' | 'below' | 'above' {
  return status === 'at-most' ? 'below' : status === 'censored' ? 'above' : 'value'
}

/** Log error of a value. */
export function factError({ status, granularity }: Pick<WaitFact, 'status' | 'granularity'>): number {
  if (factKind({ status }) !== 'value') return FACT_ERRORS.bound
  if (granularity === 'year') return FACT_ERRORS.year
  return status === 'observed'
    ? FACT_ERRORS.observed
    : FACT_ERRORS[status === 'derived' ? 'derived' : 'estimated']
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
      const log = used.reduce((sum, { days }) => sum + Math.log(Math.max(1, days)), 0) / used.length
      return {
        month,
        // One value is told as it was published, to the last bit.
        days: used.length === 1 ? Math.max(1, used[0]!.days) : Math.exp(log),
        kind: values.length > 0 ? 'value' : factKind(all[0]!),
        facts: used,
      }
    })
}
