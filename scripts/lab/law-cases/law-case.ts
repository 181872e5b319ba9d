import { forecastDemand } from '../../../src/demand/engine/forecast.ts'
import { rememberingEngine } from '../backtest/engine.ts'
import { issueCases } from '../backtest/issue-cases.ts'
import { readOptions } from '../backtest/options.ts'
import { syntheticCountry } from './synthetic-country.ts'

/** Errors of the whole and of the series alone over some origins of a country, as shares of what came (WAPE). */
export interface LawCase {
  kind: string
  whole: number
  series: number
}

/** Every law that may be told of one country, judged from the ends of its last ten years; a change also by phase. */
export function lawCases(seed: number, stepsAYear: 1 | 12): LawCase[] {
  const engine = rememberingEngine()
  const { series, laws } = syntheticCountry(seed, stepsAYear)
  return laws.flatMap(({ kind, validities, effect }) => {
    const sums = new Map<string, { whole: number; series: number; came: number }>()
    const options = { ...readOptions(['', '--exceptional', 'aucune']), validities }
    for (const { record, horizon, actual } of issueCases(series, options)) {
      const forecast = forecastDemand(record, horizon, engine)
      const lastYear = Math.floor((record.start + record.observed.length) / stepsAYear) - 1
      const phase = effect !== undefined && (lastYear < effect ? 'before its effect' : 'after its effect')
      for (const key of phase ? [kind, `${kind}, ${phase}`] : [kind]) {
        const sum = sums.get(key) ?? { whole: 0, series: 0, came: 0 }
        sums.set(key, sum)
        actual.forEach((came, h) => {
          if (came === undefined) return
          sum.whole += Math.abs(forecast.mean[h]! - came)
          sum.series += Math.abs(forecast.series[h]! - came)
          sum.came += came
        })
      }
    }
    return [...sums].map(([key, { whole, series, came }]) => ({
      kind: key,
      whole: whole / came,
      series: series / came,
    }))
  })
}
