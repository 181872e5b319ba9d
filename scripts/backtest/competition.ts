import { parse } from 'csv-parse/sync'
import { mase, msis, naiveScale, owa, smape } from '../../src/pure/numerics/accuracy.ts'
import { calibrate } from '../../src/pure/numerics/conformal.ts'
import { drift, naive, naive2, seasonalNaive } from '../../src/pure/numerics/naive.ts'
import {
  forecastSeries,
  pastForecasts,
  type SeriesForecast,
} from '../../src/pure/numerics/series-ensemble.ts'

/** One forecast of one series, with the processor seconds it took, calibration included. */
export type CompetitionRow = {
  id: string
  sec: number
  model: string
  mean: number[]
  lo80: number[]
  hi80: number[]
  lo95: number[]
  hi95: number[]
}

type Series = { id: string; period: number; training: number[]; actual: number[]; horizon: number }
type Path = { series: Series; mean: number[]; lower?: [number[], number[]]; upper?: [number[], number[]] }

const LEVELS = [0.8, 0.95] as const
/** Below this many series one past origin each leaves the tails empty. */
const MANY_SERIES = 50
const MORE_ORIGINS = 4

/** Whether a file is laid out as the forecasting competitions are: one series a line, periods a year, training values. */
export function isCompetitionFile(header: string): boolean {
  const names = header.trim().split(',')
  return ['id', 'f', 'x'].every(name => names.includes(name))
}

/**
 * Forecasts every series of a competition file from its training values alone, with intervals calibrated on the end
 * of those training values, and scores them where the file holds what followed.
 */
export function competitionBacktest(
  csvText: string,
  name: string,
): { rows: CompetitionRow[]; table: Record<string, unknown>; print: string } {
  const all = readSeries(csvText)
  const periods = [...new Set(all.map(series => series.period))].sort((a, b) => a - b)
  const rows: CompetitionRow[] = []
  const groups: Record<string, unknown>[] = []
  const lines: string[] = []
  for (const period of periods) {
    const group = backtestGroup(all.filter(series => series.period === period))
    rows.push(...group.rows)
    groups.push({ period, ...group.table })
    lines.push(`${name}, ${period} values a year: ${group.print}`)
  }
  return { rows, table: { file: name, groups }, print: lines.join('\n\n') }
}

function readSeries(csvText: string): Series[] {
  const records = parse(csvText, { columns: true, skip_empty_lines: true, trim: true }) as Record<
    string,
    string
  >[]
  const numbers = (text: string | undefined) =>
    text ? text.split(';').map(part => (part.trim() === '' ? Number.NaN : Number(part))) : []
  return records.map(record => {
    const period = Number(record['f'])
    const actual = numbers(record['xx'])
    const usual = period === 12 ? 18 : period === 4 ? 8 : period === 1 ? 6 : 2 * period
    const horizon = actual.length > 0 ? actual.length : usual
    return { id: record['id'] ?? '', period, training: numbers(record['x']), actual, horizon }
  })
}

function backtestGroup(group: Series[]) {
  const usable = group.filter(({ training }) => training.some(Number.isFinite))
  const origins = usable.length < MANY_SERIES ? MORE_ORIGINS : 2
  const longest = Math.max(0, ...usable.map(({ horizon }) => horizon))
  const seconds = usable.map(() => 0)
  const past = usable.flatMap((series, i) =>
    timed(seconds, i, () => pastForecasts(series.training, series, origins)),
  )
  const calibrationSeconds = seconds.reduce((sum, value) => sum + value, 0)
  const calibration = calibrate(past, longest)
  const forecasts = usable.map((series, i) =>
    timed(seconds, i, () => forecastSeries(series.training, { ...series, levels: LEVELS, calibration })),
  )
  const forecastSeconds = seconds.reduce((sum, value) => sum + value, 0) - calibrationSeconds
  const rows = usable.map((series, i) => row(series, forecasts[i]!, seconds[i]!))
  const print = [
    `${usable.length} series, ${forecastSeconds.toFixed(2)} CPU-s to forecast`,
    `(${(usable.length / forecastSeconds).toFixed(0)} series per CPU-s),`,
    `${calibrationSeconds.toFixed(2)} CPU-s to calibrate`,
  ].join(' ')
  const scored = usable
    .map((series, i) => ({ series, forecast: forecasts[i]!, row: rows[i]! }))
    .filter(({ series }) => series.actual.some(Number.isFinite))
  const models = scored.length > 0 ? scoreModels(scored) : []
  const table = {
    series: usable.length,
    withoutValues: group.length - usable.length,
    scored: scored.length,
    calibratedOn: past.length,
    forecastSeconds,
    calibrationSeconds,
    seriesPerCpuSecond: usable.length / forecastSeconds,
    seriesPerCpuSecondWithCalibration: usable.length / (forecastSeconds + calibrationSeconds),
    warnings: count(forecasts.flatMap(({ warnings }) => warnings)),
    models,
  }
  return { rows, table, print: [print, ...models.map(printModel)].join('\n') }
}

function row(series: Series, forecast: SeriesForecast, sec: number): CompetitionRow {
  const [wide, wider] = forecast.intervals
  return {
    id: series.id,
    sec,
    model: 'mean',
    mean: forecast.mean,
    lo80: wide!.lower,
    hi80: wide!.upper,
    lo95: wider!.lower,
    hi95: wider!.upper,
  }
}

type Scored = { series: Series; forecast: SeriesForecast; row: CompetitionRow }

function scoreModels(scored: Scored[]) {
  const paths = (mean: (series: Series) => number[]): Path[] =>
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
    mean: scored.map(({ series, row }) => ({
      series,
      mean: row.mean,
      lower: [row.lo80, row.lo95],
      upper: [row.hi80, row.hi95],
    })),
  }
  const reference = new Map(models['naive2']!.map(path => [path.series, path]))
  return Object.entries(models)
    .filter(([, found]) => found.length > 0)
    .map(([model, found]) => scoreModel(model, found, reference))
}

type ModelScore = {
  model: string
  series: number
  smape: number
  mase: number
  owa: number
  intervals?: { level: number; coverage: number; coverageByHorizon: number[]; msis: number }[]
}

function scoreModel(model: string, paths: Path[], reference: Map<Series, Path>): ModelScore {
  const errors = (chosen: Path[]) => ({
    smape: average(chosen.map(({ series, mean }) => smape(series.actual, mean))),
    mase: average(chosen.map(({ series, mean }) => mase(series.actual, mean, scaleOf(series)))),
  })
  const own = errors(paths)
  const score = { model, series: paths.length, ...own }
  const relative = owa(own, errors(paths.map(({ series }) => reference.get(series)!)))
  if (!paths[0]?.lower) return { ...score, owa: relative }
  const intervals = LEVELS.map((level, k) => {
    const inside = paths.map(({ series, lower, upper }) =>
      series.actual.map((y, h) => (y >= lower![k]![h]! && y <= upper![k]![h]! ? 100 : 0)),
    )
    const longest = Math.max(...inside.map(hits => hits.length))
    return {
      level,
      coverage: average(inside.flat()),
      coverageByHorizon: Array.from({ length: longest }, (_, h) =>
        average(inside.flatMap(hits => (h < hits.length ? [hits[h]!] : []))),
      ),
      msis: average(
        paths.map(({ series, lower, upper }) =>
          msis(series.actual, lower![k]!, upper![k]!, level, scaleOf(series)),
        ),
      ),
    }
  })
  return { ...score, owa: relative, intervals }
}

function scaleOf({ training, period }: Series): number {
  return naiveScale(training, period)
}

function printModel({ model, smape, mase, owa, intervals }: ModelScore): string {
  const line = `${model.padEnd(15)} sMAPE ${smape.toFixed(2)}  MASE ${mase.toFixed(3)}  OWA ${owa.toFixed(4)}`
  const more = (intervals ?? []).map(
    ({ level, coverage, coverageByHorizon, msis }) =>
      `${' '.repeat(15)} ${100 * level} %: coverage ${coverage.toFixed(1)} (${coverageByHorizon.map(part => part.toFixed(1)).join(' ')})  MSIS ${msis.toFixed(2)}`,
  )
  return [line, ...more].join('\n')
}

/** Mean of what is finite: a series that never moves has no scaled error. */
function average(values: number[]): number {
  const finite = values.filter(Number.isFinite)
  return finite.reduce((sum, value) => sum + value, 0) / finite.length
}

function count(words: string[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1
  return counts
}

function timed<Result>(seconds: number[], index: number, work: () => Result): Result {
  const before = process.cpuUsage()
  const result = work()
  const { user, system } = process.cpuUsage(before)
  seconds[index]! += (user + system) / 1e6
  return result
}
