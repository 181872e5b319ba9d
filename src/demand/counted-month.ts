import { groupBy } from '../pure/figures/group-by.ts'
import { sum } from '../pure/numerics/sum.ts'
import type { CountedMonth } from './engine/demand.ts'
import { COUNTER_TITLES, type CounterTitle } from './engine/national-issues.ts'
import { monthIndex } from './engine/simulated-month.ts'

/** Requests counted in one month at one hall, for a title or for both together. */
export interface ObservedMonth extends Omit<CountedMonth, 'title'> {
  title: CounterTitle | 'cni-passport'
}

/** What was counted, each request once: what both together and one of them tell is told apart; what both tell apart is no sum. */
export function countedOnce(rows: readonly ObservedMonth[]): ObservedMonth[] {
  return [...groupBy(rows, row => `${row.insee} ${row.month}`).values()].flatMap(told => {
    const joint = told.find(row => row.title === 'cni-passport')
    const [one, other] = told.filter(row => row !== joint)
    if (joint === undefined || other !== undefined) return told.filter(row => row !== joint)
    if (one === undefined) return [joint]
    const title = one.title === 'cni' ? 'passport' : 'cni'
    return [one, { ...joint, title, requests: Math.max(0, joint.requests - one.requests) }]
  })
}

/**
 * Counts of both titles together, shared between them as the nation shares the requests of the month.
 *
 * Example: 90 in a month in which the nation asks for 60 cards and 40 passports are 54 and 36.
 */
export function sharedBetweenTitles(
  rows: readonly ObservedMonth[],
  national: Readonly<Record<CounterTitle, Float64Array>>,
): CountedMonth[] {
  return rows.flatMap(({ title, ...row }) => {
    if (title !== 'cni-passport') return { ...row, title }
    const asked = COUNTER_TITLES.map(one => national[one][monthIndex(row.month)] ?? 0)
    const whole = sum(asked)
    return COUNTER_TITLES.map((one, t) => {
      const share = whole > 0 ? asked[t]! / whole : 1 / COUNTER_TITLES.length
      return { ...row, title: one, requests: row.requests * share }
    })
  })
}
