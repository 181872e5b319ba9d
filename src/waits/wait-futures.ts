import { addMonths, type Month, monthNumber } from '../pure/calendar/period.ts'
import { LONGEST_DAYS, nextMonth } from '../pure/numerics/queues/responsive-queue.ts'
import { rows } from '../pure/numerics/rows.ts'
import { cholesky, drawn, type Moments } from '../pure/numerics/series/component-filter.ts'
import { normal, seededRandom } from '../pure/numerics/series/random.ts'
import { learnedWeights, ownQuarters } from './pool-weights.ts'
import { isFirstSlot } from './wait-fact.ts'
import {
  type FutureQueue,
  type PooledFutures,
  type PoolQuestion,
  pooledFutures,
  type WaitPast,
} from './wait-pool.ts'
import {
  COMPONENTS,
  levelSightings,
  PASSING_PERSISTENCE,
  STATE_PRIOR,
  seasonOf,
  type WaitState,
} from './wait-state.ts'

/** Futures told of a wait. */
export const WAIT_PATHS = 600
/** Version of the model, told with each kept run. */
export const WAIT_MODEL = 'wait-6'
/** Seed of every draw of a wait. */
export const WAIT_SEED = 20_261_129
/** Own quarters from which a place is followed by itself, and no longer as the nation and its distance from it. */
export const OWN_QUARTERS = 8

/** Growth of the log demand from one month to the next, for some futures. */
export interface DemandGrowth {
  first: Month
  /** The growth from the month before `first` to it, then on. */
  futures: readonly Float64Array[]
}

/** Futures of the wait of a place, month by month, after the last month of which something published speaks. */
export interface WaitFutures {
  state: WaitState
  first: Month
  /** Days, season included, for each future. */
  paths: Float64Array[]
  /** The same for the first free slot; a hall only. */
  firstSlot: Float64Array[] | undefined
  /** The queue of each future, its usual wait being that of the place. */
  queues: FutureQueue[]
  /** What keeps a hall apart from its department for ever, in log; a hall only. */
  ownDistance: Float64Array | undefined
  /** Weight of the queue among the three models in each month. */
  queueWeights: number[]
  /** Whether the weights were learned from the past of the place itself. */
  learned: boolean
}

/** What to draw. */
export interface FuturesQuestion {
  state: WaitState
  to: Month
  growth: DemandGrowth | undefined
  paths?: number | undefined
  /** The futures of the nation, where they were drawn for another place of its department. */
  nation?: (() => PooledFutures) | undefined
}

/**
 * Draws the futures of a place. The joint belief at the last month is drawn first: the nation then goes on by the pool of
 * three models and the place keeps its distance from it, a part of which passes. A place with eight quarters of its own goes
 * on by itself, the weights of the models learned from its own past.
 */
export function waitFutures(question: FuturesQuestion): WaitFutures {
  const { state, growth, nation = () => nationFutures(question) } = question
  const { code, kind } = state.place
  const first = addMonths(state.last, 1)
  const draws = drawBeliefs(question)
  const { always, passing, hall, slot } = COMPONENTS
  const ownDistance = draws.map(draw => (draw[always] ?? 0) + (draw[hall] ?? 0))
  const own = ownQuarters(state.facts, code)
  const alone = kind === 'nation' || own.length >= OWN_QUARTERS
  const past = pastOf(state, alone ? state.wait : state.nation, alone ? code : 'FR')
  const weightsAt = alone ? learnedWeights(past, own, growthFrom(growth, state.first)) : undefined
  const pooled = alone
    ? pooledFrom(
        question,
        past,
        draws.map((draw, p) => nationLevel(draw) + ownDistance[p]! + (draw[passing] ?? 0)),
        weightsAt,
      )
    : nation()
  const months = pooled.weights.length
  const season = Float64Array.from({ length: months }, (_, m) => seasonOf(addMonths(first, m)))
  const noise = STATE_PRIOR.department.passing * Math.sqrt(1 - PASSING_PERSISTENCE ** 2)
  const firstSlot = kind === 'hall' ? rows(draws.length, months) : undefined
  const paths = rows(draws.length, months)
  draws.forEach((draw, p) => {
    const random = seededRandom(WAIT_SEED, 4 * p + 3)
    const distance = alone ? 0 : ownDistance[p]!
    let apart = alone ? 0 : (draw[passing] ?? 0)
    for (let m = 0; m < months; m++) {
      if (!alone) apart = PASSING_PERSISTENCE * apart + noise * normal(random)
      const whole = pooled.paths[p]![m]! + distance + apart + season[m]!
      paths[p]![m] = held(whole)
      if (firstSlot) firstSlot[p]![m] = held(whole + draw[slot]!)
    }
  })
  return {
    state,
    first,
    paths,
    firstSlot,
    queues: pooled.queues.map((queue, p) => placedQueue(queue, alone ? 0 : ownDistance[p]!)),
    ownDistance: kind === 'hall' ? Float64Array.from(draws, draw => draw[hall]!) : undefined,
    queueWeights: pooled.weights.map(({ queue }) => queue),
    learned: weightsAt !== undefined,
  }
}

/** The futures of the nation from which those of any place of a department start: the same whichever place is asked for. */
export function nationFutures(question: FuturesQuestion): PooledFutures {
  const { state } = question
  return pooledFrom(question, pastOf(state, state.nation, 'FR'), drawBeliefs(question).map(nationLevel))
}

function pooledFrom(
  { state, to, growth }: FuturesQuestion,
  past: WaitPast,
  starts: readonly number[],
  weightsAt?: PoolQuestion['weightsAt'],
): PooledFutures {
  return pooledFutures({
    past,
    starts,
    months: Math.max(0, monthNumber(to) - monthNumber(state.last)),
    growth: growthFrom(growth, addMonths(state.last, 1)),
    seed: WAIT_SEED,
    weightsAt,
  })
}

function nationLevel(draw: Float64Array): number {
  return draw[COMPONENTS.level]! + draw[COMPONENTS.nation]!
}

/** The queue of the nation as that of a place that always waits so much more, in log. */
function placedQueue(queue: FutureQueue, distance: number) {
  const { days, response } = queue
  const ratio = Math.exp(distance)
  return { ...queue, days: days * ratio, response: { ...response, usualDays: response.usualDays * ratio } }
}

/** Where the queue of a future stands just before a month, the demand that came so far in its overload, and how it goes on. */
export function queueAt(
  { queues, paths }: Pick<WaitFutures, 'queues' | 'paths'>,
  path: number,
  month: number,
): FutureQueue {
  const { days, overload, response, noise, demand } = queues[path]!
  const left = (1 - response.kappa) ** (1 / 3)
  let state = { days, overload }
  let asked = 0
  for (let m = 0; m < month; m++) {
    state = nextMonth(state, response, noise[m]!)
    asked = left * asked + demand[m]!
  }
  return {
    days: month === 0 ? days : paths[path]![month - 1]!,
    overload: state.overload + asked,
    response,
    noise: noise.subarray(month),
    demand: demand.subarray(month),
  }
}

/** Growth of demand from a month on, future after future; none without a projection. */
export function growthFrom(growth: DemandGrowth | undefined, first: Month): Float64Array[] {
  if (growth === undefined) return []
  const skip = monthNumber(first) - monthNumber(growth.first)
  return growth.futures.map(future => {
    if (skip >= 0) return future.subarray(skip)
    const padded = new Float64Array(future.length - skip)
    padded.set(future, -skip)
    return padded
  })
}

/** What was published of a place, and its smoothed path: the past that the three models learn from. */
export function pastOf(state: WaitState, line: readonly Moments[], place: string): WaitPast {
  const { always, hall } = COMPONENTS
  const { mean } = state.belief
  return {
    sightings: levelSightings(
      state.facts.filter(fact => fact.place === place && !isFirstSlot(fact)),
      state.first,
    ),
    steps: line.length,
    smoothed: line.map(one => one.mean),
    ratio: line === state.nation ? 1 : Math.exp((mean[always] ?? 0) + (mean[hall] ?? 0)),
  }
}

const MOST_COMPONENTS = Object.keys(COMPONENTS).length

/** What is believed at the last month, drawn: each future of a place is drawn with that of the nation. */
function drawBeliefs({ state, paths = WAIT_PATHS }: FuturesQuestion): Float64Array[] {
  const { mean, covariance } = state.belief
  const lower = cholesky(covariance, mean.length)
  const random = seededRandom(WAIT_SEED, 1)
  return Array.from({ length: paths }, () => {
    const numbers = Array.from({ length: MOST_COMPONENTS }, () => normal(random))
    return drawn(mean, lower, numbers)
  })
}

function held(log: number): number {
  return Math.exp(Math.min(Math.log(LONGEST_DAYS), Math.max(0, log)))
}
