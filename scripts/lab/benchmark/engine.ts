import { aggregate, hierarchyOf } from '../../../src/pure/numerics/hierarchy/hierarchy.ts'
import { minTrace } from '../../../src/pure/numerics/hierarchy/reconcile.ts'
import { normal, seededRandom } from '../../../src/pure/numerics/series/random.ts'
import { forecastSeries } from '../../../src/pure/numerics/series/series-ensemble.ts'
import { bootstrapPaths, pathQuantiles } from '../residual-bootstrap.ts'
import { coherenceGap, nationHierarchy, type TownTitle, weightedLeastSquares } from './nation-hierarchy.ts'

/** Figures of a benchmark, by name. */
export type Figures = Record<string, number>
const SEED = 20_261_124

/** A series as identity titles have them: level, slow trend, yearly season, noise; never below zero. */
function synthetic(random: () => number, length: number, period: number, level: number): number[] {
  const slope = 0.02 * normal(random)
  const season = Array.from(
    { length: period },
    (_, i) => 1 + 0.25 * Math.sin((2 * Math.PI * i) / period) + 0.05 * normal(random),
  )
  return Array.from({ length }, (_, t) =>
    Math.max(
      0,
      Math.round(
        level * (1 + (slope * t) / period) * (season[t % period] ?? 1) * Math.exp(0.08 * normal(random)),
      ),
    ),
  )
}

function cpuSeconds(work: () => void): number {
  const before = process.cpuUsage()
  work()
  const used = process.cpuUsage(before)
  return (used.user + used.system) / 1e6
}

/** Series of a length and a period forecast in a second of processor, once warm. */
export function seriesPerCpuSecond(period: number, length: number, horizon: number): number {
  const random = seededRandom(SEED)
  const all = Array.from({ length: 300 }, () => synthetic(random, length, period, 50 + 5_000 * random()))
  const once = () => {
    for (const values of all) forecastSeries(values, { period, horizon })
  }
  once()
  return all.length / cpuSeconds(once)
}

/** Twenty towns by five titles with their totals: 126 nodes, eight years of months, 200 reconciled paths. */
export function department(): Figures {
  const random = seededRandom(SEED)
  const leaves = Array.from({ length: 100 }, (_, i) => ({
    town: `t${i % 20}`,
    title: `k${Math.floor(i / 20)}`,
  }))
  const hierarchy = hierarchyOf(leaves, [() => 'all', leaf => leaf.town, leaf => leaf.title])
  const counts = leaves.map(() => synthetic(random, 96, 12, 20 + 400 * random()))
  const nodes = Array.from({ length: hierarchy.totals.length + hierarchy.leaves }, () =>
    new Array<number>(96).fill(0),
  )
  for (let t = 0; t < 96; t++)
    aggregate(
      hierarchy,
      counts.map(series => series[t] ?? 0),
    ).forEach((value, node) => {
      nodes[node]![t] = value
    })
  const start = performance.now()
  const forecasts = nodes.map(values => forecastSeries(values, { period: 12, horizon: 12 }))
  const errors = forecasts.map(forecast =>
    forecast.residuals.map(value => (Number.isFinite(value) ? value : 0)),
  )
  const reconcile = minTrace(hierarchy, errors)
  const paths = bootstrapPaths({
    means: forecasts.map(forecast => forecast.mean),
    errors,
    paths: 200,
    random,
    reconcile,
  })
  pathQuantiles(paths, [0.05, 0.5, 0.95])
  return { departmentSeconds: (performance.now() - start) / 1_000, departmentNodes: nodes.length }
}

/** 3,400 towns by five titles in 101 departments, 32 quarters: every node forecast, then WLS by conjugate gradients. */
export function nation(towns = 3_400): Figures {
  const random = seededRandom(SEED)
  const leaves: TownTitle[] = Array.from({ length: 5 * towns }, (_, i) => ({
    town: `t${i % towns}`,
    department: `d${(i % towns) % 101}`,
    title: `k${Math.floor(i / towns)}`,
  }))
  const hierarchy = nationHierarchy(leaves)
  const totals = hierarchy.totals.map(() => new Float64Array(32))
  const means = Array.from({ length: 8 }, () => new Float64Array(hierarchy.totals.length + hierarchy.leaves))
  const variances = new Float64Array(hierarchy.totals.length + hierarchy.leaves)
  const keep = (node: number, values: ArrayLike<number>) => {
    const { mean, residuals } = forecastSeries(Array.from(values), { period: 4, horizon: 8 })
    mean.forEach((value, h) => {
      means[h]![node] = value
    })
    const seen = residuals.filter(Number.isFinite)
    variances[node] = seen.reduce((sum, error) => sum + error * error, 0) / Math.max(1, seen.length)
  }
  const membership = leaves.map(() => [] as number[])
  hierarchy.totals.forEach((members, total) => {
    for (const leaf of members) membership[leaf]?.push(total)
  })
  let gap = 0
  let reconcileSeconds = 0
  const seconds = cpuSeconds(() => {
    leaves.forEach((_, leaf) => {
      const values = synthetic(random, 32, 4, 5 + 500 * random() ** 3)
      values.forEach((value, t) => {
        for (const total of membership[leaf] ?? []) totals[total]![t]! += value
      })
      keep(totals.length + leaf, values)
    })
    for (const [total, values] of totals.entries()) keep(total, values)
    reconcileSeconds = cpuSeconds(() => {
      const reconcile = weightedLeastSquares(hierarchy, variances)
      for (const mean of means) gap = Math.max(gap, coherenceGap(hierarchy, reconcile(mean)))
    })
  })
  return {
    nationCpuSeconds: seconds,
    nationNodes: hierarchy.totals.length + hierarchy.leaves,
    nationReconcileCpuSeconds: reconcileSeconds,
    nationCoherenceGap: gap,
    nationPeakMegabytes: process.resourceUsage().maxRSS / 1_024,
  }
}

/**
 * How the time of a nation grows with its towns: slope of log(CPU-seconds) on log(towns), from a hundredth of the nation
 * to the whole; 1 is in proportion.
 */
export function growth(): Figures {
  const sizes = [34, 340, 3_400]
  const seconds = sizes.map(towns => nation(towns)['nationCpuSeconds'] ?? 0)
  const x = sizes.map(Math.log)
  const y = seconds.map(Math.log)
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  const covariance = x.reduce((sum, value, i) => sum + (value - mean(x)) * (y[i]! - mean(y)), 0)
  const variance = x.reduce((sum, value) => sum + (value - mean(x)) ** 2, 0)
  return { growthExponent: covariance / variance }
}
