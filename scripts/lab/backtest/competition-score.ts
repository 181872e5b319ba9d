import { parse } from 'csv-parse/sync'
import { naiveScale } from '../../../src/pure/numerics/series/accuracy.ts'
import type { Interval } from '../../../src/pure/numerics/series/conformal.ts'
import type { SeriesForecast } from '../../../src/pure/numerics/series/series-ensemble.ts'
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

/**
 * Symmetric mean absolute percentage error, in percent: mean of 200 |y − f| / (|y| + |f|) (Makridakis 1993).
 *
 * Example: actual 100, 200 and forecast 110, 190: mean of 200·10/210 and 200·10/390 = 7.3260.
 */
export function smape(actual: ArrayLike<number>, forecast: ArrayLike<number>): number {
  let sum = 0
  for (let h = 0; h < actual.length; h++) {
    const size = Math.abs(actual[h]!) + Math.abs(forecast[h]!)
    if (size > 0) sum += (200 * Math.abs(actual[h]! - forecast[h]!)) / size
  }
  return sum / actual.length
}

/**
 * Mean absolute scaled error: mean |y − f| over `scale` (Hyndman & Koehler 2006).
 *
 * Example: errors 2 and 4 with scale 2 give 1.5.
 */
export function mase(actual: ArrayLike<number>, forecast: ArrayLike<number>, scale: number): number {
  let sum = 0
  for (let h = 0; h < actual.length; h++) sum += Math.abs(actual[h]! - forecast[h]!)
  return sum / actual.length / scale
}

/**
 * Mean scaled interval score (Gneiting & Raftery 2007; M4 competitor's guide 2018): width plus 2/(1 − level) times
 * the distance outside, over `scale`.
 *
 * Example: interval 8–12, actual 13, level .95, scale 2: (4 + 40·1) / 2 = 22.
 */
export function msis(
  actual: ArrayLike<number>,
  lower: ArrayLike<number>,
  upper: ArrayLike<number>,
  level: number,
  scale: number,
): number {
  let sum = 0
  for (let h = 0; h < actual.length; h++) {
    const outside = Math.max(0, lower[h]! - actual[h]!) + Math.max(0, actual[h]! - upper[h]!)
    sum += upper[h]! - lower[h]! + (2 / (1 - level)) * outside
  }
  return sum / actual.length / scale
}

/**
 * Overall weighted average of the M4 competition: mean of sMAPE and MASE, each over that of Naïve 2, with both
 * averaged over the series before the division (M4 competitor's guide 2018).
 */
export function owa(
  errors: { smape: number; mase: number },
  naive2: { smape: number; mase: number },
): number {
  return (errors.smape / naive2.smape + errors.mase / naive2.mase) / 2
}

/** One series of a forecasting competition: what may be learnt, and what followed where the file tells. */
export type CompetitionSeries = {
  id: string
  /** Values a year. */
  period: number
  training: number[]
  actual: number[]
  horizon: number
}

/** Steps ahead asked by the competitions where a file does not hold what followed. */
const USUAL_HORIZONS: Record<number, number> = { 1: 6, 4: 8, 12: 18 }

/** The series of a file whose columns are `id`, `f` (values a year), `x` and perhaps `xx`, values apart by `;`. */
export function competitionSeries(csvText: string): CompetitionSeries[] {
  const records = parse(csvText, { columns: true, skip_empty_lines: true, trim: true }) as Record<
    string,
    string
  >[]
  const numbers = (text: string | undefined) =>
    text ? text.split(';').map(part => (part.trim() === '' ? Number.NaN : Number(part))) : []
  return records.map(record => {
    const period = Number(record['f'])
    const actual = numbers(record['xx'])
    const horizon = actual.length > 0 ? actual.length : (USUAL_HORIZONS[period] ?? 2 * period)
    return { id: record['id'] ?? '', period, training: numbers(record['x']), actual, horizon }
  })
}
