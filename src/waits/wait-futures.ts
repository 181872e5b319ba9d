import { addMonths, type Month, monthNumber } from '../pure/calendar/period.ts'
import { LONGEST_DAYS, nextMonth } from '../pure/numerics/queues/responsive-queue.ts'
import { cholesky, drawn, sumOf } from '../pure/numerics/series/component-filter.ts'
import { normal, seededRandom } from '../pure/numerics/series/random.ts'
import { learnedWeights, ownQuarters } from './pool-weights.ts'
import { isFirstSlot } from './wait-fact.ts'
import { type FutureQueue, pooledFutures, type WaitPast } from './wait-pool.ts'
import {
  lastBelief,
  levelSightings,
  PASSING_PERSISTENCE,
  partsOf,
  seasonOf,
  type WaitState,
} from './wait-state.ts'

/** Futures told of a wait. */
export const WAIT_PATHS = 600
/** Version of the model, told with each kept run. */
export const WAIT_MODEL = 'wait-3'
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
  paths?: number
}

/**
 * Draws the futures of a place. The joint belief at the last month is drawn first: the nation then goes on by the pool of
 * three models and the place keeps its distance from it, a part of which passes. A place with eight quarters of its own goes
 * on by itself, the weights of the models learned from its own past.
 */
export function waitFutures({ state, to, growth, paths: count = WAIT_PATHS }: FuturesQuestion): WaitFutures {
  const first = addMonths(state.last, 1)
  const months = Math.max(0, monthNumber(to) - monthNumber(state.last))
  const draws = drawBeliefs(state, count)
  const alone =
    state.place.kind === 'nation' || ownQuarters(state.facts, state.place.code).length >= OWN_QUARTERS
  const { nation, apart, passing } = partsOf(state)
  const followed = alone ? state.wait : nation
  const past = pastOf(state, followed, alone ? state.place.code : 'FR')
  const weightsAt = learnedWeights(
    past,
    alone ? ownQuarters(state.facts, state.place.code) : [],
    growthFrom(growth, state.first),
  )
  const starts = Float64Array.from(draws, draw => followed.reduce((sum, i) => sum + draw[i]!, 0))
  const pooled = pooledFutures({
    past,
    starts,
    months,
    growth: growthFrom(growth, first),
    seed: WAIT_SEED,
    ...(weightsAt ? { weightsAt } : {}),
  })
  const season = Float64Array.from({ length: months }, (_, m) => seasonOf(addMonths(first, m)))
  const noise = 0.35 * Math.sqrt(1 - PASSING_PERSISTENCE ** 2)
  const offsetOfSlot = state.firstSlot?.filter(i => !state.wait.includes(i)) ?? []
  const firstSlot = state.firstSlot && draws.map(() => new Float64Array(months))
  const queues: FutureQueue[] = []
  const paths = pooled.paths.map((path, p) => {
    const draw = draws[p]!
    const random = seededRandom(WAIT_SEED, 4 * p + 3)
    const distance = alone ? 0 : apart.reduce((sum, i) => sum + draw[i]!, 0)
    queues.push(placedQueue(pooled.queues[p]!, distance))
    let u = alone || passing === undefined ? 0 : draw[passing]!
    const slot = offsetOfSlot.reduce((sum, i) => sum + draw[i]!, 0)
    return path.map((log, m) => {
      if (!alone && passing !== undefined) u = PASSING_PERSISTENCE * u + noise * normal(random)
      const whole = log + distance + u + season[m]!
      if (firstSlot) firstSlot[p]![m] = held(whole + slot)
      return held(whole)
    })
  })
  const own = state.place.kind === 'hall' ? state.wait.at(-1)! : undefined
  return {
    state,
    first,
    paths,
    firstSlot,
    queues,
    ownDistance: own === undefined ? undefined : Float64Array.from(draws, draw => draw[own]!),
    queueWeights: pooled.weights.map(({ queue }) => queue),
    learned: weightsAt !== undefined,
  }
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

/** What was seen of some components, and their smoothed path: the past that the three models learn from. */
export function pastOf(state: WaitState, of: readonly number[], place: string): WaitPast {
  const own = state.facts.filter(fact => fact.place === place && !isFirstSlot(fact))
  const { apart } = partsOf(state)
  const always = sumOf(lastBelief(state), apart).mean
  return {
    sightings: levelSightings(own, state.first),
    steps: state.smoothed.length,
    smoothed: state.smoothed.map(belief => sumOf(belief, of).mean),
    ratio: of.length > 2 ? Math.exp(always) : 1,
  }
}

function drawBeliefs(state: WaitState, count: number): Float64Array[] {
  const { mean, covariance } = lastBelief(state)
  const lower = cholesky(covariance, mean.length)
  const random = seededRandom(WAIT_SEED, 1)
  return Array.from({ length: count }, () => drawn(mean, lower, () => normal(random)))
}

function held(log: number): number {
  return Math.exp(Math.min(Math.log(LONGEST_DAYS), Math.max(0, log)))
}
