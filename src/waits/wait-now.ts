import type { Basis } from '../figures/band-answer.ts'
import { type Day, daysBetween } from '../pure/calendar/day.ts'
import {
  addQuarters,
  firstDay,
  type Month,
  monthNumber,
  monthOf,
  monthsOfQuarter,
  type Quarter,
  quarterOf,
} from '../pure/calendar/period.ts'
import { endOf, startOf } from '../pure/figures/grained-series.ts'
import { LONGEST_DAYS, nextMonth, type QueueState } from '../pure/numerics/queues/responsive-queue.ts'
import { logNormalBand, type PathBand, pathBand } from '../pure/numerics/series/path-band.ts'
import type { Closure } from './hall-capacity.ts'
import { isFirstSlot, type WaitFact } from './wait-fact.ts'
import { type DemandGrowth, nationFutures, queueAt, type WaitFutures, waitFutures } from './wait-futures.ts'
import type { PooledFutures } from './wait-pool.ts'
import { factWeights, pastLog, type WaitPlace, type WaitState, waitStates } from './wait-state.ts'

/** Quarters told when nobody asks: beyond, only differences between scenarios are. */
export const TOLD_QUARTERS = 12
/** « Créneaux inchangés » is told no further: nobody lets a queue grow for years. */
export const UNCHANGED_QUARTERS = 2
/** Last quarter that demand, and so a wait, is projected to. */
export const LAST_QUARTER: Quarter = '2033-Q4'
/** Nobody waits less than a day on average, nor more than two years. */
const LIMITS = { shortest: 1, longest: LONGEST_DAYS }
/** Facts told of what an estimate rests on. */
const MOST_FACTS = 12
/** What weighs less is told as 0 %. */
const LEAST_WEIGHT = 0.005

/** A wait in one quarter, of the past, of the present or to come; always an estimate. */
export interface WaitQuarter {
  quarter: Quarter
  tense: 'past' | 'present' | 'future'
  wait: PathBand
  firstSlot: PathBand | undefined
}

/** The wait of a place on a day: what is known of it, and how it may go on. */
export interface WaitNow {
  place: WaitPlace
  /** Day as of which things are known. */
  asOf: Day
  state: WaitState
  futures: WaitFutures
  /** Days to come on which the hall is closed, which the futures already count. */
  closures?: readonly Closure[]
}

/** What is known of the waits around a place, and how far they are told. */
export interface WaitsQuestion {
  place: WaitPlace
  facts: readonly WaitFact[]
  growth: DemandGrowth | undefined
  asOf: Day
  to?: Quarter
  paths?: number | undefined
}

/** The wait of a place as of a day. @returns `undefined` when nothing published by then speaks of it or of the nation. */
export function waitNow(question: WaitsQuestion): WaitNow | undefined {
  return waitsNow(question, [question.place.code]).get(question.place.code)
}

/**
 * The waits of a place and of others of its department, by code: what is published is read once for all of them, and the
 * futures of the nation are drawn once. The wait of each is the one that it would have alone.
 */
export function waitsNow(
  { place, facts, growth, asOf, to = LAST_QUARTER, paths }: WaitsQuestion,
  codes: readonly string[],
): Map<string, WaitNow> {
  const known = facts.filter(fact => fact.publishedOn <= asOf && startOf(fact.period) <= asOf)
  const places = codes.map(code => (code === place.code ? place : { ...place, code, kind: 'hall' as const }))
  const question = { to: monthsOfQuarter(to)[2], growth, paths }
  let drawn: PooledFutures | undefined
  return new Map(
    waitStates(places, known).map(state => {
      const nation = () => {
        drawn ??= nationFutures({ ...question, state })
        return drawn
      }
      const futures = waitFutures({ ...question, state, nation })
      return [state.place.code, { place: state.place, asOf, state, futures }]
    }),
  )
}

/** The band of a month: of the past where something later is known, of the futures after it. */
export function monthBand(
  now: WaitNow,
  month: Month,
  limitDays: number,
  clock: 'wait' | 'firstSlot' = 'wait',
) {
  const { state, futures } = now
  const ahead = monthNumber(month) - monthNumber(futures.first)
  if (ahead < 0) {
    const past = pastLog(state, month, clock, month === monthOf(now.asOf))
    return logNormalBand(past, limitDays, LIMITS)
  }
  const paths = clock === 'wait' ? futures.paths : (futures.firstSlot ?? futures.paths)
  return pathBand(
    Float64Array.from(paths, path => path[Math.min(ahead, path.length - 1)]!),
    limitDays,
  )
}

/** The wait by quarter, each with its tense on the day; a quarter to come is the geometric mean of its months. */
export function waitQuarters(now: WaitNow, from: Quarter, count: number, limitDays: number): WaitQuarter[] {
  const present = quarterOf(now.asOf)
  return Array.from({ length: count }, (_, i): WaitQuarter => {
    const quarter = addQuarters(from, i)
    const hall = now.place.kind === 'hall'
    return {
      quarter,
      tense: quarter < present ? 'past' : quarter === present ? 'present' : 'future',
      wait: quarterBand(now, quarter, limitDays, 'wait'),
      firstSlot: hall ? quarterBand(now, quarter, limitDays, 'firstSlot') : undefined,
    }
  })
}

/** The wait of a quarter on each future: the geometric mean of its months. */
export function quarterValues(paths: readonly Float64Array[], ahead: number): Float64Array {
  return Float64Array.from(paths, path => {
    const at = (m: number) => Math.log(path[Math.min(path.length - 1, ahead + m)]!)
    return Math.exp((at(0) + at(1) + at(2)) / 3)
  })
}

function quarterBand(
  now: WaitNow,
  quarter: Quarter,
  limitDays: number,
  clock: 'wait' | 'firstSlot',
): PathBand {
  const [first, , last] = monthsOfQuarter(quarter)
  const ahead = monthNumber(first) - monthNumber(now.futures.first)
  if (ahead < 0) return monthBand(now, last, limitDays, clock)
  const paths = clock === 'wait' ? now.futures.paths : (now.futures.firstSlot ?? now.futures.paths)
  return pathBand(quarterValues(paths, ahead), limitDays)
}

/** The value of a day of the last week published of the place itself; the first free slot before another clock. */
export function readLately({ state }: Pick<WaitNow, 'state'>): WaitFact | undefined {
  const own = state.facts.filter(fact => fact.today !== undefined && fact.place === state.place.code)
  return own.find(isFirstSlot) ?? own[0]
}

/** What the estimate of the day rests on, the heaviest first. */
export function basisOf({ state, asOf }: Pick<WaitNow, 'state' | 'asOf'>): Basis[] {
  return factWeights(state)
    .filter(
      ({ fact, weight }, i) =>
        (i < MOST_FACTS && weight >= LEAST_WEIGHT) ||
        (fact.today !== undefined && fact.place === state.place.code),
    )
    .map(({ fact, weight }) => ({
      source: fact.source,
      document: fact.document,
      place: fact.place,
      period: fact.period,
      value: fact.days,
      bound: fact.status === 'censored' ? 'at-least' : fact.status === 'at-most' ? 'at-most' : null,
      clock: fact.clock,
      ageDays: Math.max(0, daysBetween(endOf(fact.period), asOf)),
      weight,
    }))
}

/**
 * The named scenario « créneaux inchangés »: from the day on nobody opens nor closes a slot and nobody gives up, for two
 * quarters at most. Each future keeps its own overload.
 */
export function unchangedQuarters(now: WaitNow, limitDays: number): { quarter: Quarter; wait: PathBand }[] {
  const { futures, asOf } = now
  const from = addQuarters(quarterOf(asOf), 1)
  const until = monthNumber(firstDay(from).slice(0, 7)) - monthNumber(futures.first)
  if (until < 1) return []
  const values = Array.from({ length: UNCHANGED_QUARTERS }, () => new Float64Array(futures.paths.length))
  futures.paths.forEach((_, p) => {
    const { response, noise, demand, ...start } = queueAt(futures, p, until)
    const still = { ...response, kappa: 0, lambda: 0, eta: 0 }
    let queue: QueueState = start
    for (let quarter = 0; quarter < UNCHANGED_QUARTERS; quarter++) {
      let log = 0
      for (let m = 0; m < 3; m++) {
        const at = 3 * quarter + m
        queue = nextMonth(queue, still, (noise[at] ?? 0) + (demand[at] ?? 0))
        log += Math.log(queue.days) / 3
      }
      values[quarter]![p] = Math.exp(log)
    }
  })
  return values.map((days, i) => ({ quarter: addQuarters(from, i), wait: pathBand(days, limitDays) }))
}
