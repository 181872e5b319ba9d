import { parseArgs } from 'node:util'
import { quantileSorted } from 'simple-statistics'
import { runCommand } from '../run-command.ts'
import { type BandCase, EVIDENCE, hallBands, KNOWN } from './hall-bands/synthetic-nation.ts'

/**
 * How often the 90 % band of a hall's requests of a year holds the truth, and how wide it is, on synthetic nations whose
 * truth is known: `npm run hall-bands -- --nations=12 --seed=1`. One line for each thing that may be known of a hall.
 */
runCommand('Usage : npm run hall-bands [-- --nations 12 --seed 1]', async () => {
  const { values } = parseArgs({
    options: {
      nations: { type: 'string', default: '12' },
      seed: { type: 'string', default: '1' },
    },
  })
  const [nations, seed] = [Number(values.nations), Number(values.seed)]
  console.log(`nations ${nations}, seeds ${seed}–${seed + nations - 1}, year 2027 as of December 2026`)
  console.log('known of a hall\teffect on\thalls\tcoverage\thigh ÷ low: median\tmean\t9 in 10 below')
  for (const effect of ['pull', 'received'] as const) {
    const cases = EVIDENCE.flatMap(evidence =>
      Array.from({ length: nations }, (_, n) => hallBands(seed + n, evidence, effect)).flat(),
    )
    for (const known of KNOWN)
      console.log([known, effect, ...summary(cases.filter(one => one.known === known))].join('\t'))
  }
  return 0
})

function summary(cases: readonly BandCase[]): string[] {
  const inside = cases.filter(({ low, high, truth }) => truth >= low && truth <= high).length
  const factors = cases.map(({ low, high }) => high / low).sort((a, b) => a - b)
  const at = (share: number) => quantileSorted(factors, share).toFixed(2)
  const mean = factors.reduce((sum, factor) => sum + factor, 0) / factors.length
  return [
    String(cases.length),
    `${((100 * inside) / cases.length).toFixed(1)} %`,
    at(0.5),
    mean.toFixed(2),
    at(0.9),
  ]
}
