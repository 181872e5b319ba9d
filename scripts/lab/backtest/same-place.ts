import type { Day } from '../../../src/pure/calendar/day.ts'
import type { Month } from '../../../src/pure/calendar/period.ts'
import { groupBy } from '../../../src/pure/figures/group-by.ts'
import { isFirstSlot, monthValues, type WaitFact } from '../../../src/waits/wait-fact.ts'
import type { DemandGrowth } from '../../../src/waits/wait-futures.ts'
import { hindcastAt, hindcastDays, type WaitPair } from '../../../src/waits/wait-hindcast.ts'
import { monthBand, waitNow } from '../../../src/waits/wait-now.ts'
import type { WaitPlace } from '../../../src/waits/wait-state.ts'

/** What the model says on each day on which a newer month became known, beside what came. */
export function waitHindcast(
  place: WaitPlace,
  facts: readonly WaitFact[],
  growthAt: (asOf: Day) => DemandGrowth | undefined,
): WaitPair[] {
  return hindcastDays(place, facts).flatMap(day => hindcastAt(place, facts, day, growthAt(day.asOf)))
}

/** Two dated waits of one place, the later one told from the earlier and from what happened to the nation. */
export interface SamePlacePair {
  place: string
  from: Month
  to: Month
  old: number
  said: number
  came: number
}

/**
 * Dated pairs of waits of one place: the later wait told from the earlier one alone and from the nation's values, as the
 * state of the place makes it. What it must beat is the old wait carried.
 */
export function samePlacePairs(facts: readonly WaitFact[]): SamePlacePair[] {
  const nation = facts.filter(fact => fact.place === 'FR')
  const places = groupBy(
    facts.filter(fact => fact.place !== 'FR' && !isFirstSlot(fact)),
    fact => fact.place,
  )
  return [...places].flatMap(([code, own]) => {
    const months = monthValues(own).filter(one => one.kind === 'value')
    return months.flatMap((old, i) =>
      months.slice(i + 1).flatMap((later): SamePlacePair[] => {
        const kind = code.length === 5 ? 'hall' : 'department'
        const place: WaitPlace = { code, kind, department: kind === 'hall' ? '' : code, halls: [] }
        const now = waitNow({
          place,
          facts: [...nation, ...old.facts],
          growth: undefined,
          asOf: '9999-12-31',
          to: '2025-Q4',
        })
        if (now === undefined) return []
        return [
          {
            place: code,
            from: old.month,
            to: later.month,
            old: old.days,
            said: monthBand(now, later.month, 30).median ?? Number.NaN,
            came: later.days,
          },
        ]
      }),
    )
  })
}

/** Mean absolute log errors of pairs of one place: said, and the old wait carried. */
export function samePlaceScore(pairs: readonly SamePlacePair[]) {
  const mean = (of: (pair: SamePlacePair) => number) =>
    pairs.reduce((sum, pair) => sum + of(pair), 0) / Math.max(1, pairs.length)
  return {
    pairs: pairs.length,
    logError: mean(pair => Math.abs(Math.log(pair.said / pair.came))),
    carriedLogError: mean(pair => Math.abs(Math.log(pair.old / pair.came))),
  }
}
