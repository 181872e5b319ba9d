import { naiveScale } from '../../../src/pure/numerics/series/accuracy.ts'
import type { Interval } from '../../../src/pure/numerics/series/conformal.ts'
import type { SeriesForecast } from '../../../src/pure/numerics/series/series-ensemble.ts'
import { mase, msis, owa, smape } from './accuracy.ts'
import type { CompetitionSeries } from './competition-file.ts'
import { drift, naive, naive2, seasonalNaive } from './naive.ts'

/** Levels of the intervals that are scored. */
export const LEVELS = [0.8, 0.95] as const

/** A series beside its forecast. */
export type ForecastSeries = { series: CompetitionSeries; forecast: SeriesForecast }

/** Errors of one model; lower is better, coverage in percent. */
export type ModelScore = {
  model: string
  series: number
  smape: number
  mase: number
  /** Against Naïve 2 on the same series, which has 1. */
  owa: number
  intervals?: { level: number; coverage: number; coverageByHorizon: number[]; msis: number }[]
}

type Path = { series: CompetitionSeries; mean: number[]; intervals?: Interval[] }

/** Scores of the simple methods, of each member alone and of their mean, as in the M4 competition. */
export function scoreModels(scored: ForecastSeries[]): ModelScore[] {
  const paths = (mean: (series: CompetitionSeries) => number[]): Path[] =>
    scored.map(({ series }) => ({ series, mean: mean(series) }))
  const member = (name: string): Path[] =>
    scored.flatMap(({ series, forecast }) => {
      const found = forecast.members.find(candidate => candidate.name === name)
      return found ? [{ series, mean: found.mean }] : []
    })
  const models: Record<string, Path[]> = {
    naive: paths(({ training, horizon }) => naive(training, horizon)),
    'seasonal naive': paths(({ training, period, horizon }) => seasonalNaive(training, period, horizon)),
    naive2: paths(({ training, period, horizon }) => naive2(training, period, horizon)),
    drift: paths(({ training, horizon }) => drift(training, horizon)),
    ets: member('ets'),
    theta: member('theta'),
    stl: member('stl'),
    mean: scored.map(({ series, forecast: { mean, intervals } }) => ({ series, mean, intervals })),
  }
  const reference = new Map(models['naive2']!.map(path => [path.series, path]))
  return Object.entries(models)
    .filter(([, found]) => found.length > 0)
    .map(([model, found]) => scoreModel(model, found, reference))
}

function scoreModel(model: string, paths: Path[], reference: Map<CompetitionSeries, Path>): ModelScore {
  const errors = (chosen: Path[]) => ({
    smape: average(chosen.map(({ series, mean }) => smape(series.actual, mean))),
    mase: average(chosen.map(({ series, mean }) => mase(series.actual, mean, scaleOf(series)))),
  })
  const own = errors(paths)
  const score = { model, series: paths.length, ...own }
  const relative = owa(own, errors(paths.map(({ series }) => reference.get(series)!)))
  if (!paths[0]?.intervals) return { ...score, owa: relative }
  const intervals = LEVELS.map((level, k) => {
    const inside = paths.map(({ series, intervals }) => {
      const { lower, upper } = intervals![k]!
      return series.actual.map((y, h) => (y >= lower[h]! && y <= upper[h]! ? 100 : 0))
    })
    const longest = Math.max(...inside.map(hits => hits.length))
    return {
      level,
      coverage: average(inside.flat()),
      coverageByHorizon: Array.from({ length: longest }, (_, h) =>
        average(inside.flatMap(hits => (h < hits.length ? [hits[h]!] : []))),
      ),
      msis: average(
        paths.map(({ series, intervals }) => {
          const { lower, upper } = intervals![k]!
          return msis(series.actual, lower, upper, level, scaleOf(series))
        }),
      ),
    }
  })
  return { ...score, owa: relative, intervals }
}

function scaleOf({ training, period }: CompetitionSeries): number {
  return naiveScale(training, period)
}

/** The scores as a person reads them. */
export function printModel({ model, smape, mase, owa, intervals }: ModelScore): string {
  const line = `${model.padEnd(15)} sMAPE ${smape.toFixed(2)}  MASE ${mase.toFixed(3)}  OWA ${owa.toFixed(4)}`
  const more = (intervals ?? []).map(({ level, coverage, coverageByHorizon, msis }) => {
    const steps = coverageByHorizon.map(part => part.toFixed(1)).join(' ')
    return `${' '.repeat(15)} ${100 * level} % : couverture ${coverage.toFixed(1)} (${steps})  MSIS ${msis.toFixed(2)}`
  })
  return [line, ...more].join('\n')
}

/** Mean of what is finite: a series that never moves has no scaled error. */
function average(values: number[]): number {
  const finite = values.filter(Number.isFinite)
  return finite.reduce((sum, value) => sum + value, 0) / finite.length
}
