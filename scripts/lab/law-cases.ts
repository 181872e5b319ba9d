import { parseArgs } from 'node:util'
import { quantileSorted } from 'simple-statistics'
import { runCommand } from '../run-command.ts'
import { type LawCase, lawCases } from './law-cases/law-case.ts'

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
