import { quantileSorted } from 'simple-statistics'
import { smallest } from '../../../src/pure/numerics/extremes.ts'
import { aggregate, hierarchyOf } from '../../../src/pure/numerics/hierarchy/hierarchy.ts'
import { minTrace } from '../../../src/pure/numerics/hierarchy/reconcile.ts'
import { type Random, seededRandom } from '../../../src/pure/numerics/series/random.ts'
import { bridged, type Engine } from './engine.ts'
import type { CountSeries } from './issue-counts.ts'
import { seasonalNaive } from './naive.ts'

const PATHS = 400
const SEED = 20_261_123

/** A region, or the nation, projected: coherent means, bounds at 80 and 95 %, and what simpler methods say. */
export interface RegionForecast {
  name: string
  mean: number[]
  lower: number[][]
  upper: number[][]
  others: Record<string, number[]>
}

/** Name under which the sum of the regions is told. */
export const NATION = 'ensemble'

/**
 * Projects regions and their sum by the engine at their own step, reconciles them, draws joint paths, and sums each
 * `bucket` of periods into one.
 */
export function projectRegions(
  regions: readonly CountSeries[],
  origin: number,
  horizon: number,
  bucket: number,
  exceptional: ReadonlySet<number>,
  engine: Engine,
): RegionForecast[] {
  const hierarchy = hierarchyOf(regions, [() => NATION])
  const from = Math.max(...regions.map(region => region.start))
  const histories = regions.map(region =>
    Array.from({ length: origin - from + 1 }, (_, t) =>
      exceptional.has(from + t) ? undefined : region.values[from + t - region.start],
    ),
  )
  const total = Array.from({ length: origin - from + 1 }, (_, t) => sumOrGap(histories.map(each => each[t])))
  const period = regions[0]!.stepsAYear
  const nodes = hierarchy.totals.length > 0 ? [total, ...histories] : histories
  const forecasts = nodes.map(values => engine(values, { period, horizon }))
  const errors = forecasts.map(forecast => forecast.errors)
  const reconcile = minTrace(hierarchy, errors)
  const coherent = Array.from({ length: horizon }, (_, h) =>
    reconcile(Float64Array.from(forecasts, forecast => forecast.mean[h]!)),
  )
  const paths = bootstrapPaths({
    means: forecasts.map(forecast => forecast.mean),
    errors,
    spread: forecasts.map(forecast => forecast.spread),
    paths: PATHS,
    random: seededRandom(SEED),
    reconcile,
  }).map(path => bucketed(path, bucket))
  const quantiles = pathQuantiles(paths, [0.1, 0.9, 0.025, 0.975])
  const sum = (values: readonly number[]) => sums(values, bucket)
  const names = [...hierarchy.totals.map(() => NATION), ...regions.map(region => region.name)]
  return names.map((name, node) => ({
    name,
    mean: sum(coherent.map(nodesAt => nodesAt[node]!)),
    lower: [0, 2].map(q => Array.from(quantiles[q]![node]!)),
    upper: [1, 3].map(q => Array.from(quantiles[q]![node]!)),
    others: {
      série: sum(forecasts[node]!.mean),
      ...Object.fromEntries(
        Object.entries(forecasts[node]!.members).map(([member, mean]) => [`série : ${member}`, sum(mean)]),
      ),
      'bas en haut': sum(
        Array.from(
          { length: horizon },
          (_, h) =>
            aggregate(
              hierarchy,
              forecasts.slice(hierarchy.totals.length).map(forecast => forecast.mean[h]!),
            )[node]!,
        ),
      ),
      'naïf saisonnier': sum(seasonalNaive(bridged(nodes[node]!, period), period, horizon)),
    },
  }))
}

/** The sum, or `undefined` where a part is missing. */
export function sumOrGap(parts: readonly (number | undefined)[]): number | undefined {
  return parts.reduce<number | undefined>(
    (sum, part) => (sum === undefined || part === undefined ? undefined : sum + part),
    0,
  )
}

function bucketed(path: readonly Float64Array[], bucket: number): Float64Array[] {
  return Array.from({ length: Math.floor(path.length / bucket) }, (_, q) =>
    path[q * bucket]!.map((_, node) => {
      let sum = 0
      for (let i = 0; i < bucket; i++) sum += path[q * bucket + i]![node]!
      return sum
    }),
  )
}

/** Sums of each `bucket` of values in turn. */
export function sums(values: readonly number[], bucket: number): number[] {
  return Array.from({ length: Math.floor(values.length / bucket) }, (_, q) =>
    values.slice(q * bucket, (q + 1) * bucket).reduce((sum, value) => sum + value, 0),
  )
}

/** Base forecasts of several series with the one-step errors from which futures are drawn. */
interface BootstrapInput {
  /** Base forecasts: one array per node, one value per horizon. */
  means: readonly ArrayLike<number>[]
  /** One-step errors: one array per node, aligned on their last period. */
  errors: readonly ArrayLike<number>[]
  /** Standard error of each node and horizon relative to that of the first; 1 everywhere when absent. */
  spread?: readonly ArrayLike<number>[]
  paths: number
  random: Random
  /** Makes one horizon of one path coherent; paths are left as they are when absent. */
  reconcile?: (base: Float64Array) => Float64Array
}

/** Futures of every node: `paths[path][horizon][node]`. */
type Paths = readonly (readonly Float64Array[])[]

/**
 * Joint residual bootstrap (Panagiotelis et al. 2023, "Probabilistic forecast reconciliation"): each step of a
 * path draws one past period and takes the errors of all series in it, which keeps how they move together. Steps
 * accumulate as in the innovations form of Hyndman et al. (2008, ch. 6), e_h = r_h + Σ c_j r_(h−j), with the c_j
 * that give the requested spread: c_j² = s²_(j+1) − s²_j. A level error then lasts, as it does in life.
 * Worked example: spread 1, √2, √3 (a random walk) gives c = 1, 1: the errors of a path are running sums.
 */
export function bootstrapPaths({ means, errors, spread, paths, random, reconcile }: BootstrapInput): Paths {
  const nodes = means.length
  const horizon = smallest(means.map(mean => mean.length))
  const periods = smallest(errors.map(series => series.length))
  const centred = errors.map(series => centredTail(series, periods))
  const memory = means.map((_, node) => innovationWeights(spread?.[node], horizon))
  return Array.from({ length: paths }, () => {
    const drawn = Array.from({ length: horizon }, () => Math.floor(random() * periods))
    return Array.from({ length: horizon }, (_, h) => {
      const base = new Float64Array(nodes)
      for (let node = 0; node < nodes; node++) {
        const series = centred[node]!
        let value = means[node]![h]!
        if (periods > 0) for (let j = 0; j <= h; j++) value += memory[node]![j]! * series[drawn[h - j]!]!
        base[node] = value
      }
      return reconcile ? reconcile(base) : base.map(value => Math.max(0, value))
    })
  })
}

/** Quantiles of each node and horizon over the paths: `result[probability][node][horizon]`. */
export function pathQuantiles(paths: Paths, probabilities: readonly number[]): Float64Array[][] {
  const horizon = paths[0]?.length ?? 0
  const nodes = paths[0]?.[0]?.length ?? 0
  const result = probabilities.map(() => Array.from({ length: nodes }, () => new Float64Array(horizon)))
  const sample = new Float64Array(paths.length)
  for (let node = 0; node < nodes; node++)
    for (let h = 0; h < horizon; h++) {
      for (let p = 0; p < paths.length; p++) sample[p] = paths[p]![h]![node]!
      const sorted = Array.from(sample.sort())
      probabilities.forEach((probability, q) => {
        result[q]![node]![h] = quantileSorted(sorted, probability)
      })
    }
  return result
}

/** Weights 1, c_1, c_2 … of past innovations that give a standard error its growth with the horizon. */
export function innovationWeights(spread: ArrayLike<number> | undefined, horizon: number): Float64Array {
  const weights = new Float64Array(horizon)
  weights[0] = 1
  const first = spread?.[0] ?? 1
  for (let j = 1; j < horizon; j++) {
    const growth = spread ? (spread[j]! / first) ** 2 - (spread[j - 1]! / first) ** 2 : 0
    weights[j] = Number.isFinite(growth) ? Math.sqrt(Math.max(0, growth)) : 0
  }
  return weights
}

function centredTail(series: ArrayLike<number>, periods: number): Float64Array {
  const tail = Float64Array.from({ length: periods }, (_, t) => series[series.length - periods + t]!)
  const mean = tail.reduce((sum, value) => sum + value, 0) / Math.max(1, periods)
  return tail.map(value => value - mean)
}
