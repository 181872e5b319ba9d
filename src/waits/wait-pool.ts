import {
  drawResponse,
  LONGEST_DAYS,
  queuePath,
  RESPONSE_PRIOR,
  type Response,
} from '../pure/numerics/queues/responsive-queue.ts'
import { rows } from '../pure/numerics/rows.ts'
import {
  drawMomentum,
  type LevelSighting,
  learnMomentum,
  momentumPath,
} from '../pure/numerics/series/momentum-reversion.ts'
import { normal, type Random, seededRandom } from '../pure/numerics/series/random.ts'

/** The three ways in which a wait may go on: as it is, as a queue whose capacity answers, back to its usual level. */
export const POOLED = ['last', 'queue', 'reversion'] as const
/** One of the three. */
export type PooledModel = (typeof POOLED)[number]
/** Weights of the three models; they sum to one. */
export type PoolWeights = Record<PooledModel, number> & {
  /** How much wider than its spread a place’s own record asks the pool to be. */
  stretch?: number
}

/** What the pool rests on; its constants were chosen on the French points, and only those of other places may confirm them. */
export const POOL = {
  lastShare: 0.5,
  lastHalving: 2,
  /** Log spread of the change of a wait in one quarter, when nothing is known of where it goes. */
  lastSpread: 0.45,
  origin: 'Choisi sur les points nationaux de 2019 à 2025 ; à confirmer sur d’autres lieux',
} as const

/**
 * Weight of each model at a horizon: that of the last value is halved every two quarters, the two others share the rest.
 *
 * Example: one quarter ahead .5, .25, .25; five quarters ahead .125, .4375, .4375.
 */
export function poolWeights(quartersAhead: number): PoolWeights {
  const last = Math.min(1, POOL.lastShare * 2 ** (-(quartersAhead - 1) / POOL.lastHalving))
  return { last, queue: (1 - last) / 2, reversion: (1 - last) / 2 }
}

/** The past of a wait, from which the three models go on. */
export interface WaitPast {
  /** What was seen of the log wait without its season, by month; step 0 is the first month. */
  sightings: readonly LevelSighting[]
  /** Months up to the last one, included. */
  steps: number
  /** Smoothed log wait without its season in each of these months. */
  smoothed: ArrayLike<number>
  /** Usual wait of the place ÷ that of the nation. */
  ratio: number
}

/** What is asked of the pool. */
export interface PoolQuestion {
  past: WaitPast
  /** Log waits at the last month, one for each future. */
  starts: ArrayLike<number>
  months: number
  /** Growth of the log demand in each month, for some futures; taken in turn. */
  growth: readonly ArrayLike<number>[]
  seed: number
  weightsAt?: ((quartersAhead: number) => PoolWeights) | undefined
}

/** A queue along one future: its start, how it answers, its noise, and the growth of its log demand in each month. */
export interface FutureQueue {
  days: number
  overload: number
  response: Response
  noise: Float64Array
  demand: Float64Array
}

/** Futures of a wait, with what a lever needs to be put on them. */
export interface PooledFutures {
  /** Log waits without season, month after month, for each future. */
  paths: Float64Array[]
  /** Queue of each future: the same draws serve it with and without levers. */
  queues: FutureQueue[]
  /** Weights of the models in each month. */
  weights: PoolWeights[]
}

/**
 * Futures of a wait: three models from the same start, in logs, weighted by horizon. Each future mixes one path of each
 * model, and its distance from the mean is stretched so that the spread is the weighted spread of the three, or what a
 * place’s own record asks for: a plain mix of independent paths would be too sure of itself. What demand does to the queue is laid on afterwards, by the
 * weight of the queue, so that more of it never shortens a wait in any future.
 */
export function pooledFutures(question: PoolQuestion): PooledFutures {
  const { starts, months } = question
  const { paths: models, queues, demand } = modelPaths(question)
  const { weightsAt = poolWeights } = question
  const weights = Array.from({ length: months }, (_, m) => weightsAt((m + 1) / 3))
  const paths = rows(starts.length, months)
  const mixed = new Float64Array(starts.length)
  for (let m = 0; m < months; m++) {
    const weight = weights[m]!
    let spread = 0
    for (const model of POOLED) spread += weight[model] * spreadOf(models[model], starts, m)
    let mean = 0
    for (let p = 0; p < starts.length; p++) {
      let value = 0
      for (const model of POOLED) value += weight[model] * models[model][p]![m]!
      mixed[p] = value - starts[p]!
      mean += mixed[p]! / starts.length
    }
    let square = 0
    for (let p = 0; p < starts.length; p++) square += (mixed[p]! - mean) ** 2 / starts.length
    const stretch = ((weight.stretch ?? 1) * spread) / Math.max(1e-9, Math.sqrt(square))
    for (let p = 0; p < starts.length; p++)
      paths[p]![m] = held(starts[p]! + mean + stretch * (mixed[p]! - mean) + weight.queue * demand[p]![m]!)
  }
  return { paths, queues, weights }
}

/** Paths of each model by itself, from the same starts: what a pool mixes, and what a score judges. */
export function modelPaths({ past, starts, months, growth, seed }: PoolQuestion): {
  paths: Record<PooledModel, Float64Array[]>
  /** What the growth of the demand does to the log wait of each queue: it is not in the paths. */
  demand: Float64Array[]
  queues: FutureQueue[]
} {
  const cells = learnMomentum(
    past.sightings,
    past.steps,
    Math.log(RESPONSE_PRIOR.usualDays.mean * past.ratio),
  )
  const overload = pastOverload(past)
  const monthSpread = POOL.lastSpread / Math.sqrt(3)
  const shocks = new Float64Array(months)
  // Few futures of the demand serve many of the wait.
  const asks = growth.map(future => Float64Array.from(shocks, (_, m) => future[m] ?? 0))
  const room = () => rows(starts.length, months)
  const paths = { last: room(), queue: room(), reversion: room() }
  const demand = room()
  const noises = room()
  const none = new Float64Array(months)
  const queues: FutureQueue[] = []
  for (let p = 0; p < starts.length; p++) {
    const start = starts[p]!
    // Streams of their own: a longer horizon changes nothing of a shorter one.
    const [shock, random, jolt] = [0, 1, 2].map(stream => seededRandom(seed, 4 * p + stream)) as [
      Random,
      Random,
      Random,
    ]
    const draw = () => normal(random)
    for (let m = 0; m < months; m++) shocks[m] = normal(shock)
    carried(start, shocks, monthSpread, paths.last[p]!)
    momentumPath(drawMomentum(cells, start, random(), draw), shocks, paths.reversion[p]!)
    const response = drawResponse(draw, past.ratio)
    const from = { days: Math.exp(start), overload: overload + RESPONSE_PRIOR.overloadSpread * draw() }
    const noise = noises[p]!
    for (let m = 0; m < months; m++) noise[m] = (RESPONSE_PRIOR.noise / Math.sqrt(3)) * normal(jolt)
    const asked = asks.length === 0 ? none : asks[p % asks.length]!
    queuePath(from, response, noise, {}, paths.queue[p]!)
    queuePath(from, response, noise, { demand: asked }, demand[p]!)
    for (let m = 0; m < months; m++) demand[p]![m]! -= paths.queue[p]![m]!
    queues.push({ ...from, response, noise, demand: asked })
  }
  return { paths, demand, queues }
}

/**
 * Overload at the last month: mean of `log(1 + ΔW / 91)` over the last four quarters, the weights halved back in time.
 *
 * Example: 10, 20, 30, 40, 50 days at quarter pace: log(1 + 10 / 91) = .104, whatever the weights.
 */
export function pastOverload({ smoothed, steps }: Pick<WaitPast, 'smoothed' | 'steps'>): number {
  let sum = 0
  let weights = 0
  for (let back = 0; back < 4; back++) {
    const now = smoothed[steps - 1 - 3 * back]
    const before = smoothed[steps - 4 - 3 * back]
    if (now === undefined || before === undefined) break
    const weight = 0.5 ** back
    sum += weight * Math.log(Math.max(0.2, 1 + (Math.exp(now) - Math.exp(before)) / 91))
    weights += weight
  }
  return weights > 0 ? sum / weights : 0
}

/** A level that keeps its place but for what each month adds: a random walk. */
function carried(start: number, shocks: ArrayLike<number>, spread: number, into: Float64Array): void {
  let level = start
  for (let m = 0; m < into.length; m++) {
    level += spread * shocks[m]!
    into[m] = level
  }
}

function spreadOf(paths: readonly Float64Array[], starts: ArrayLike<number>, month: number): number {
  let mean = 0
  for (let p = 0; p < paths.length; p++) mean += (paths[p]![month]! - starts[p]!) / paths.length
  let square = 0
  for (let p = 0; p < paths.length; p++) square += (paths[p]![month]! - starts[p]! - mean) ** 2 / paths.length
  return Math.sqrt(square)
}

/** What a season takes from a wait or adds to it at the most. */
const SEASON_ROOM = 0.2

/** Between one day and two years once the season is back: where appointments exist nobody waits 0 on average. */
function held(log: number): number {
  return Math.min(Math.log(LONGEST_DAYS) + SEASON_ROOM, Math.max(-SEASON_ROOM, log))
}
