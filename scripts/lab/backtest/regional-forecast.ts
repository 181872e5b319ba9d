import { aggregate, hierarchyOf } from '../../../src/pure/numerics/hierarchy/hierarchy.ts'
import { minTrace } from '../../../src/pure/numerics/hierarchy/reconcile.ts'
import { seededRandom } from '../../../src/pure/numerics/series/random.ts'
import { bootstrapPaths, pathQuantiles } from '../residual-bootstrap.ts'
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
