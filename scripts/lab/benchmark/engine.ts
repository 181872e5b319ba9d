import { hierarchyOf } from '../../../src/pure/numerics/hierarchy/hierarchy.ts'
import { minTrace } from '../../../src/pure/numerics/hierarchy/reconcile.ts'
import { normal, seededRandom } from '../../../src/pure/numerics/series/random.ts'
import { forecastSeries } from '../../../src/pure/numerics/series/series-ensemble.ts'

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

/** The counts of every total, then those of every leaf. */
function nodesOf(totals: readonly Int32Array[], counts: readonly number[][]): number[][] {
  const sums = totals.map(members =>
    counts[0]!.map((_, t) => members.reduce((sum, leaf) => sum + counts[leaf]![t]!, 0)),
  )
  return [...sums, ...counts]
}

/** Twenty towns by five titles with their totals: 126 nodes, eight years of months, made coherent as in the service. */
export function department(): Figures {
  const random = seededRandom(SEED)
  const leaves = Array.from({ length: 100 }, (_, i) => ({
    town: `t${i % 20}`,
    title: `k${Math.floor(i / 20)}`,
  }))
  const hierarchy = hierarchyOf(leaves, [() => 'all', leaf => leaf.town, leaf => leaf.title])
  const counts = leaves.map(() => synthetic(random, 96, 12, 20 + 400 * random()))
  const nodes = nodesOf(hierarchy.totals, counts)
  const start = performance.now()
  const forecasts = nodes.map(values => forecastSeries(values, { period: 12, horizon: 12 }))
  const reconcile = minTrace(
    hierarchy,
    forecasts.map(({ residuals }) => residuals.map(value => (Number.isFinite(value) ? value : 0))),
  )
  for (let h = 0; h < 12; h++) reconcile(forecasts.map(({ mean }) => mean[h]!))
  return { departmentSeconds: (performance.now() - start) / 1_000, departmentNodes: nodes.length }
}

/** 3,400 towns by five titles in 101 departments with the totals that pages show, 32 quarters: every node forecast. */
export function nation(): Figures {
  const random = seededRandom(SEED)
  const towns = 3_400
  const leaves = Array.from({ length: 5 * towns }, (_, i) => ({
    town: `t${i % towns}`,
    department: `d${(i % towns) % 101}`,
    title: `k${Math.floor(i / towns)}`,
  }))
  const { totals } = hierarchyOf(leaves, [
    () => 'nation',
    leaf => leaf.title,
    leaf => leaf.department,
    leaf => `${leaf.department} ${leaf.title}`,
    leaf => leaf.town,
  ])
  const seconds = cpuSeconds(() => {
    const counts = leaves.map(() => synthetic(random, 32, 4, 5 + 500 * random() ** 3))
    for (const values of nodesOf(totals, counts)) forecastSeries(values, { period: 4, horizon: 8 })
  })
  return {
    nationCpuSeconds: seconds,
    nationNodes: totals.length + leaves.length,
    nationPeakMegabytes: process.resourceUsage().maxRSS / 1_024,
  }
}
