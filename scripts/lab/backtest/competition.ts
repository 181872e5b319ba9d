import { calibrate, type PastForecast } from '../../../src/pure/numerics/series/conformal.ts'
import { isObserved } from '../../../src/pure/numerics/series/observed-series.ts'
import {
  forecastSeries,
  type SeriesForecast,
  type SeriesOptions,
} from '../../../src/pure/numerics/series/series-ensemble.ts'
import {
  type CompetitionSeries,
  competitionSeries,
  LEVELS,
  printModel,
  scoreModels,
} from './competition-score.ts'

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

/** Two origins see two moments of the economy; a few series need more of them to fill their tails. */
const ORIGINS = 2
const MORE_ORIGINS = 4
const FEW_SERIES = 50

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
  const all = competitionSeries(csvText)
  const periods = [...new Set(all.map(series => series.period))].sort((a, b) => a - b)
  const rows: CompetitionRow[] = []
  const groups: Record<string, unknown>[] = []
  const lines: string[] = []
  for (const period of periods) {
    const group = backtestGroup(all.filter(series => series.period === period))
    rows.push(...group.rows)
    groups.push({ period, ...group.table })
    lines.push(`${name}, ${period} valeurs par an : ${group.print}`)
  }
  return { rows, table: { file: name, groups }, print: lines.join('\n\n') }
}

function backtestGroup(group: CompetitionSeries[]) {
  const usable = group.filter(({ training }) => training.some(Number.isFinite))
  const origins = usable.length < FEW_SERIES ? MORE_ORIGINS : ORIGINS
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
    `${usable.length} séries, prévues en ${forecastSeconds.toFixed(2)} s de processeur`,
    `(${(usable.length / forecastSeconds).toFixed(0)} par seconde),`,
    `calibrées en ${calibrationSeconds.toFixed(2)} s`,
  ].join(' ')
  const scored = usable
    .map((series, i) => ({ series, forecast: forecasts[i]! }))
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

function row(series: CompetitionSeries, forecast: SeriesForecast, sec: number): CompetitionRow {
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

/** Full periods that a past origin must have behind it. */
const FULL_PERIODS = 3

/**
 * Forecasts of the series as they would have been made `horizon` before its end, and 2, 3 … horizons before: what
 * `calibrate` asks for. Origins with less than three full periods (or ten values) behind them are left out.
 */
export function pastForecasts(
  values: readonly (number | undefined)[],
  options: SeriesOptions,
  origins = 1,
): PastForecast[] {
  const least = Math.max(FULL_PERIODS * options.period, 10)
  const past: PastForecast[] = []
  for (let k = 1; k <= origins; k++) {
    const length = values.length - k * options.horizon
    const training = values.slice(0, length)
    const seen = training.filter((value, t) => isObserved(value) && !options.masked?.[t]).length
    if (length < least || seen < least) break
    const { mean, spread } = forecastSeries(training, { ...options, levels: [] })
    const actual = values
      .slice(length, length + options.horizon)
      .map((value, h) => (isObserved(value) && !options.masked?.[length + h] ? value : Number.NaN))
    past.push({ mean, spread, actual })
  }
  return past
}
