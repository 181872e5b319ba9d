import type { Basis } from '../figures/band-answer.ts'
import type { Day } from '../pure/calendar/day.ts'
import { addQuarters, type Quarter, quarterOf } from '../pure/calendar/period.ts'
import type { ExplanationLine } from '../pure/figures/explanation.ts'
import { groupBy } from '../pure/figures/group-by.ts'
import type { Status } from '../pure/figures/measure.ts'
import type { StatedParameter } from '../pure/figures/stated-parameter.ts'
import type { PathBand } from '../pure/numerics/series/path-band.ts'
import { explainNow, type NameOf, nowParameters, todaySentence } from './explain-now.ts'
import type { Narrowing } from './narrowing.ts'
import { factMonth, isFirstSlot, meanDays, type WaitFact } from './wait-fact.ts'
import {
  basisOf,
  monthBand,
  readLately,
  TOLD_QUARTERS,
  unchangedQuarters,
  type WaitNow,
  type WaitQuarter,
  waitQuarters,
} from './wait-now.ts'

/** Wait asked of prefects for early 2023, drawn as the aim. */
export const WAIT_LIMIT_DAYS = 30
/** Quarters of the past told where nothing older was published of the place. */
const PAST_QUARTERS = 4

/** A quarter in which something was published of the place. */
export interface SeenQuarter {
  quarter: Quarter
  days: number
  status: Status
}

/** The wait of a place as a page shows it: today, in a year, what it rests on, what would narrow it. */
export interface WaitNowView {
  place: { code: string; name: string }
  asOf: Day
  /** The day replayed; absent for the present one. */
  replayed: Day | undefined
  sentence: string
  today: PathBand
  nextYear: WaitQuarter
  firstSlot: PathBand | undefined
  quarters: readonly WaitQuarter[]
  seen: readonly SeenQuarter[]
  /** The value of a day of the last week, of the place itself. */
  read: WaitFact | undefined
  /** The newest value published of the place itself. */
  lastOwn: WaitFact | undefined
  basis: readonly Basis[]
  narrows: readonly Narrowing[]
  nameOf: NameOf
  unchanged: readonly { quarter: Quarter; wait: PathBand }[]
  parameters: readonly StatedParameter[]
  explanation: readonly ExplanationLine[]
}

/** Tells the wait of a place for a page. */
export function waitNowView(
  now: WaitNow,
  nameOf: NameOf,
  narrows: readonly Narrowing[],
  replayed?: Day,
): WaitNowView {
  const present = quarterOf(now.asOf)
  const name = nameOf(now.place.code)
  const own = now.state.facts.filter(fact => fact.place === now.place.code)
  const seen = seenQuarters(own.filter(fact => !isFirstSlot(fact) && fact.granularity !== 'year'))
  const from = seen[0]?.quarter ?? addQuarters(present, -PAST_QUARTERS)
  const first = from < present ? from : present
  const quarters = waitQuarters(now, first, between(first, present) + TOLD_QUARTERS, WAIT_LIMIT_DAYS)
  const month = now.asOf.slice(0, 7)
  return {
    place: { code: now.place.code, name },
    asOf: now.asOf,
    replayed,
    sentence: todaySentence(now, name, replayed),
    today: monthBand(now, month, WAIT_LIMIT_DAYS),
    nextYear: waitQuarters(now, addQuarters(present, 4), 1, WAIT_LIMIT_DAYS)[0]!,
    firstSlot: now.place.kind === 'hall' ? monthBand(now, month, WAIT_LIMIT_DAYS, 'firstSlot') : undefined,
    quarters,
    seen,
    read: readLately(now),
    lastOwn: own.reduce<WaitFact | undefined>(
      (last, fact) => (last === undefined || factMonth(fact) >= factMonth(last) ? fact : last),
      undefined,
    ),
    basis: basisOf(now),
    narrows,
    nameOf,
    unchanged: unchangedQuarters(now, WAIT_LIMIT_DAYS),
    parameters: nowParameters(now),
    explanation: explainNow(now, nameOf),
  }
}

/** What was published of a place by quarter: the geometric mean of its values, a bound where there is nothing else. */
export function seenQuarters(facts: readonly WaitFact[]): SeenQuarter[] {
  return [...groupBy(facts, fact => quarterOf(factMonth(fact)))]
    .map(([quarter, all]): SeenQuarter => {
      const values = all.filter(fact => fact.status !== 'at-most' && fact.status !== 'censored')
      const used = values.length > 0 ? values : all
      const status = used.length === 1 || values.length === 0 ? used[0]!.status : 'derived'
      return { quarter, days: meanDays(used), status }
    })
    .sort((a, b) => (a.quarter < b.quarter ? -1 : 1))
}

function between(from: Quarter, to: Quarter): number {
  let count = 0
  for (let quarter = from; quarter < to; quarter = addQuarters(quarter, 1)) count++
  return count
}
