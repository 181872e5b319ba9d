import { withoutGaps } from '../../src/pure/numerics/cohort-forecast.ts'
import { aggregate, hierarchyOf } from '../../src/pure/numerics/hierarchy.ts'
import { seasonalNaive } from '../../src/pure/numerics/naive.ts'
import { seededRandom } from '../../src/pure/numerics/random.ts'
import { minTrace } from '../../src/pure/numerics/reconcile.ts'
import { bootstrapPaths, pathQuantiles } from '../../src/pure/numerics/residual-bootstrap.ts'
import { type Engine, rememberingEngine } from './engine.ts'
import { labelOf, originsOf } from './issue-cases.ts'
import type { CountSeries } from './issue-counts.ts'
import type { Options } from './options.ts'
import { Refusal } from './refusal.ts'
import { regimeOf } from './regimes.ts'
import { rounded, scoreRows, type Table } from './report.ts'
import { LEVELS, type Scored, scores } from './score.ts'

const PATHS = 400
const SEED = 20_261_123
/** Past origins whose errors widen or narrow the intervals, one a year. */
const CALIBRATION_ORIGINS = 3

/**
 * Backtests regions that add up to a nation: each series by the engine at its own step, months summed to quarters,
 * reconciled, with joint bootstrap intervals calibrated on the errors of past origins, all regions pooled.
 */
export function regionalBacktest(
  path: string,
  regions: readonly CountSeries[],
  options: Options,
): { tables: Table[]; projections: Scored[] } {
  const first = regions[0]!
  const { stepsAYear } = first
  const horizon = options.horizon ?? (stepsAYear === 12 ? 12 : 6)
  const bucket = stepsAYear === 12 && horizon % 3 === 0 ? 3 : 1
  const origins = originsOf(options, first).filter(origin =>
    regions.every(region => origin - region.start + 1 >= 2 * Math.max(stepsAYear, 2)),
  )
  if (origins.length === 0)
    throw new Refusal(`${path} : trop peu de périodes avant les origines ; changez --origins.`)
  const engine = rememberingEngine()
  const at = (origin: number) => projectRegions(regions, origin, horizon, bucket, engine)
  const projections = origins.flatMap(origin => {
    const before = process.cpuUsage()
    const now = at(origin)
    const past = Array.from(
      { length: CALIBRATION_ORIGINS },
      (_, i) => origin - (i + 1) * Math.max(stepsAYear, 1),
    )
      .filter(past => regions.every(region => past - region.start + 1 >= 2 * Math.max(stepsAYear, 2)))
      .flatMap(past =>
        at(past).map(each => ({ each, known: actuals(regions, each.name, past, horizon, bucket, origin) })),
      )
    const widths = LEVELS.map((level, index) =>
      inflation(
        past.flatMap(({ each, known }) => stretches(each, known, index)),
        level,
      ),
    )
    const spent = process.cpuUsage(before)
    const seconds = (spent.user + spent.system) / 1e6 / now.length
    return now.flatMap(each => {
      const actual = actuals(regions, each.name, origin, horizon, bucket)
      const regime = actual.map((_, q) =>
        regimeOf(origin + 1 + q * bucket, stepsAYear, options.exceptional, options.regimes),
      )
      const shared = { id: `${each.name}@${labelOf(origin, stepsAYear)}`, actual, regime }
      const bounds = LEVELS.map((_, level) => ({
        lower: each.mean.map((mean, q) =>
          Math.max(0, mean - widths[level]! * (mean - each.lower[level]![q]!)),
        ),
        upper: each.mean.map((mean, q) => mean + widths[level]! * (each.upper[level]![q]! - mean)),
      }))
      return [
        { ...shared, model: 'vigie', seconds, mean: each.mean, bounds },
        ...Object.entries(each.others).map(([model, mean]) => ({ ...shared, model, seconds: 0, mean })),
      ]
    })
  })
  return {
    projections,
    tables: tables(
      path,
      projections,
      origins.map(origin => labelOf(origin, stepsAYear)),
      bucket,
    ),
  }
}

interface RegionForecast {
  name: string
  mean: number[]
  lower: number[][]
  upper: number[][]
  others: Record<string, number[]>
}

const NATION = 'ensemble'

function projectRegions(
  regions: readonly CountSeries[],
  origin: number,
  horizon: number,
  bucket: number,
  engine: Engine,
): RegionForecast[] {
  const hierarchy = hierarchyOf(regions, region => region.name, [() => NATION])
  const from = Math.max(...regions.map(region => region.start))
  const histories = regions.map(region =>
    withoutGaps(region.values.slice(from - region.start, origin - region.start + 1)),
  )
  const length = Math.min(...histories.map(history => history.length))
  const total = Array.from({ length }, (_, t) =>
    histories.reduce((sum, history) => sum + history[history.length - length + t]!, 0),
  )
  const period = regions[0]!.stepsAYear
  const nodes = hierarchy.totals.length > 0 ? [total, ...histories] : histories
  const forecasts = nodes.map(values => engine(values, { period, horizon }))
  const errors = forecasts.map(forecast => forecast.errors)
  const { reconcile } = minTrace(hierarchy, errors)
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
  return hierarchy.names.map((name, node) => ({
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
      'naïf saisonnier': sum(seasonalNaive(nodes[node]!, period, horizon)),
    },
  }))
}

function actuals(
  regions: readonly CountSeries[],
  name: string,
  origin: number,
  horizon: number,
  bucket: number,
  knownUntil = Number.POSITIVE_INFINITY,
): (number | undefined)[] {
  const chosen = name === NATION ? regions : regions.filter(region => region.name === name)
  const values = Array.from({ length: horizon }, (_, h) => {
    const period = origin + 1 + h
    const parts = chosen.map(region => region.values[period - region.start])
    if (period > knownUntil || parts.includes(undefined)) return Number.NaN
    return parts.reduce<number>((sum, part) => sum + part!, 0)
  })
  return sums(values, bucket).map(value => (Number.isNaN(value) ? undefined : value))
}

/** How many times the half-interval of its side an error was. */
function stretches(forecast: RegionForecast, actual: (number | undefined)[], level: number): number[] {
  return actual.flatMap((value, q) => {
    if (value === undefined) return []
    const mean = forecast.mean[q]!
    const side = value < mean ? mean - forecast.lower[level]![q]! : forecast.upper[level]![q]! - mean
    return side > 0 ? [Math.abs(value - mean) / side] : []
  })
}

/**
 * Split conformal factor (Vovk et al. 2005; Lei et al. 2018): the ⌈(n + 1) · level⌉-th of past stretches, held in
 * [0.5, 3] because regions share their shocks and are worth far fewer than n.
 */
function inflation(stretch: readonly number[], level: number): number {
  if (stretch.length < 20) return 1
  const sorted = [...stretch].sort((a, b) => a - b)
  const rank = Math.min(sorted.length, Math.ceil((sorted.length + 1) * level))
  return Math.min(3, Math.max(0.5, sorted[rank - 1]!))
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

function sums(values: readonly number[], bucket: number): number[] {
  return Array.from({ length: Math.floor(values.length / bucket) }, (_, q) =>
    values.slice(q * bucket, (q + 1) * bucket).reduce((sum, value) => sum + value, 0),
  )
}

function tables(
  path: string,
  projections: readonly Scored[],
  origins: readonly string[],
  bucket: number,
): Table[] {
  const nation = (projection: Scored) => projection.id.startsWith(`${NATION}@`)
  const unit = bucket === 3 ? 'trimestres' : 'périodes'
  return [
    {
      title: `${path} : WAPE % des ${unit}, régions puis ensemble, par origine`,
      notes: [],
      rows: [...new Set(projections.map(projection => projection.model))].map(model => ({
        modèle: model,
        ...Object.fromEntries(
          [false, true].flatMap(whole =>
            origins.map(origin => {
              const kept = projections.filter(
                each => each.model === model && each.id.endsWith(`@${origin}`) && nation(each) === whole,
              )
              return [
                `${whole ? 'ensemble' : 'régions'} ${origin}`,
                rounded(scores(kept)[0]?.wape ?? Number.NaN),
              ]
            }),
          ),
        ),
      })),
    },
    {
      title: 'Toutes origines, régions',
      notes: [],
      rows: scoreRows(scores(projections.filter(projection => !nation(projection)))),
    },
  ]
}
