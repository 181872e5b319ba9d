import type { Day } from '../pure/calendar/day.ts'
import { addQuarters, type Month, monthNumber, quarterOf } from '../pure/calendar/period.ts'
import { factMonth, isFirstSlot, type MonthValue, monthValues, type WaitFact } from './wait-fact.ts'
import type { DemandGrowth } from './wait-futures.ts'
import { monthBand, waitNow } from './wait-now.ts'
import type { WaitPlace } from './wait-state.ts'

/** Leads in months, as they are told. */
export const LEADS = [
  { lead: '1-3', from: 1, to: 3 },
  { lead: '4-8', from: 4, to: 8 },
  { lead: '9-15', from: 9, to: 15 },
  { lead: '16-27', from: 16, to: 27 },
  { lead: '28-60', from: 28, to: 60 },
] as const
const LONGEST = 27
/** Published values are rounded and disagree by a tenth: a band holds a value within that of its edge. */
const TOLERANCE = 0.1

/** What was said on a day of a later month, and what came. */
export interface WaitPair {
  place: string
  /** The kept run that said it; absent where it is put back. */
  run: string | undefined
  clock: 'wait' | 'firstSlot'
  /** Day as of which it was said, knowing only what was published by then. */
  asOf: Day
  /** Last month known that day, from which the lead counts. */
  lastKnown: Month
  month: Month
  leadMonths: number
  said: number
  low90: number
  high90: number
  came: number
  bound: boolean
  lastValue: number
  /** Geometric mean of the waits known that day. */
  usualValue: number
  within: boolean
}

/** Errors of the pairs of one span of leads. */
export interface LeadScore {
  lead: string
  pairs: number
  /** Mean absolute error of the log wait. */
  logError: number
  coverage90: number
  lastValueLogError: number
  usualLogError: number
}

/** The rule that makes the pairs, in words. */
export const PAIR_RULE =
  'Chaque jour où un mois nouveau devient connu, on prévoit tous les mois publiés ensuite, jusqu’à 27 mois ; une valeur par mois, la moyenne géométrique de celles publiées pour lui hors bornes ; une borne compte pour sa valeur là où rien d’autre n’est publié. L’avance compte depuis le dernier mois connu ce jour-là.'

/** Days on which a newer month of a place became known, each with the last month known that day. */
export function hindcastDays(
  place: WaitPlace,
  facts: readonly WaitFact[],
): { asOf: Day; last: MonthValue }[] {
  const own = ownFacts(place, facts)
  const told = new Set<Month>()
  return [...new Set(own.map(fact => fact.publishedOn))].sort().flatMap(asOf => {
    const last = monthValues(own.filter(fact => fact.publishedOn <= asOf)).at(-1)
    if (last === undefined || told.has(last.month)) return []
    told.add(last.month)
    return [{ asOf, last }]
  })
}

/** What the model says on a day, with what was published by then and nothing else, of every later month of which a value came. */
export function hindcastAt(
  place: WaitPlace,
  facts: readonly WaitFact[],
  { asOf, last }: { asOf: Day; last: MonthValue },
  growth: DemandGrowth | undefined,
): WaitPair[] {
  const own = ownFacts(place, facts)
  const known = own.filter(fact => fact.publishedOn <= asOf)
  const later = monthValues(own).filter(({ month }) => {
    const lead = monthNumber(month) - monthNumber(last.month)
    return lead >= 1 && lead <= LONGEST && known.every(fact => factMonth(fact) !== month)
  })
  if (later.length === 0) return []
  const now = waitNow({ place, facts, growth, asOf, to: addQuarters(quarterOf(last.month), LONGEST / 3 + 1) })
  if (now === undefined) return []
  const usual = usualOf(monthValues(known))
  return later.map(value => {
    const { low90 = NaN, median = NaN, high90 = NaN } = monthBand(now, value.month, 30)
    return pairOf(value, {
      place: place.code,
      run: undefined,
      clock: 'wait',
      asOf,
      lastKnown: last.month,
      low90,
      median,
      high90,
      lastValue: last.days,
      usualValue: usual,
    })
  })
}

/** Geometric mean of the waits of some months. */
export function usualOf(values: readonly MonthValue[]): number {
  return Math.exp(values.reduce((sum, { days }) => sum + Math.log(days), 0) / values.length)
}

/** What was said of a month beside the value that came. */
export function pairOf(
  { month, days, kind }: MonthValue,
  {
    median,
    ...said
  }: Pick<
    WaitPair,
    'place' | 'run' | 'clock' | 'asOf' | 'lastKnown' | 'low90' | 'high90' | 'lastValue' | 'usualValue'
  > & { median: number },
): WaitPair {
  return {
    ...said,
    month,
    leadMonths: monthNumber(month) - monthNumber(said.lastKnown),
    said: median,
    came: days,
    bound: kind !== 'value',
    within: days * (1 + TOLERANCE) >= said.low90 && days * (1 - TOLERANCE) <= said.high90,
  }
}

/** Errors and coverage by span of leads; a span without a pair is absent. */
export function leadScores(pairs: readonly WaitPair[]): LeadScore[] {
  return LEADS.flatMap(({ lead, from, to }) => {
    const own = pairs.filter(pair => pair.leadMonths >= from && pair.leadMonths <= to)
    if (own.length === 0) return []
    const mean = (of: (pair: WaitPair) => number) => own.reduce((sum, pair) => sum + of(pair), 0) / own.length
    return [
      {
        lead,
        pairs: own.length,
        logError: mean(pair => Math.abs(Math.log(pair.said / pair.came))),
        coverage90: mean(pair => Number(pair.within)),
        lastValueLogError: mean(pair => Math.abs(Math.log(pair.lastValue / pair.came))),
        usualLogError: mean(pair => Math.abs(Math.log(pair.usualValue / pair.came))),
      },
    ]
  })
}

function ownFacts(place: WaitPlace, facts: readonly WaitFact[]): WaitFact[] {
  return facts.filter(fact => fact.place === place.code && !isFirstSlot(fact))
}
