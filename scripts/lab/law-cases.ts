import { parseArgs } from 'node:util'
import { quantileSorted } from 'simple-statistics'
import { forecastDemand } from '../../src/demand/engine/forecast.ts'
import { runCommand } from '../run-command.ts'
import { rememberingEngine } from './backtest/engine.ts'
import { issueCases } from './backtest/issue-cases.ts'
import { readOptions } from './backtest/options.ts'
import { syntheticCountry } from './law-cases/synthetic-country.ts'

/**
 * What a wrong law costs, on synthetic countries whose truth is known: error of the whole ÷ error of the series alone, from
 * the ends of the last ten years, one line a kind of law: `npm run law-cases -- --countries=120 --seed=1 [--months]`.
 */
runCommand('Usage : npm run law-cases [-- --countries 120 --seed 1 --months]', async () => {
  const { values } = parseArgs({
    options: {
      countries: { type: 'string', default: '120' },
      seed: { type: 'string', default: '1' },
      months: { type: 'boolean', default: false },
    },
  })
  const cases = Array.from({ length: Number(values.countries) }, (_, i) =>
    lawCases(Number(values.seed) + i, values.months ? 12 : 1),
  ).flat()
  console.log('law told\tcases\tat most 1.5\tmedian\t9 in 10 below\tgreatest\twhole, WAPE\tseries, WAPE')
  for (const kind of [...new Set(cases.map(one => one.kind))].sort())
    console.log([kind, ...summary(cases.filter(one => one.kind === kind))].join('\t'))
  return 0
})

function summary(cases: readonly LawCase[]): string[] {
  const ratios = cases.map(({ whole, series }) => whole / series).sort((a, b) => a - b)
  const at = (share: number) => quantileSorted(ratios, share).toFixed(2)
  const mean = (of: (one: LawCase) => number) =>
    `${((100 * cases.reduce((sum, one) => sum + of(one), 0)) / cases.length).toFixed(1)} %`
  return [
    String(cases.length),
    `${((100 * ratios.filter(ratio => ratio <= 1.5).length) / ratios.length).toFixed(0)} %`,
    ...[0.5, 0.9, 1].map(at),
    mean(one => one.whole),
    mean(one => one.series),
  ]
}

/** Errors of the whole and of the series alone over some origins of a country, as shares of what came (WAPE). */
interface LawCase {
  kind: string
  whole: number
  series: number
}

/** Every law that may be told of one country, judged from the ends of its last ten years; a change also by phase. */
function lawCases(seed: number, stepsAYear: 1 | 12): LawCase[] {
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
