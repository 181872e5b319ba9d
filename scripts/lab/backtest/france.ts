import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { franceDemand } from './france-demand.ts'
import { franceWaits } from './france-waits.ts'
import { tableText } from './report.ts'

/** The parts of the French backtest, each with its own members of `france.json` and its own printed tables. */
const PARTS = [franceDemand, franceWaits]

/** Judges the models on the French facts shipped with the program; prints, and writes `france.json` in a folder. */
export function franceBacktest(out: string | undefined): string {
  const made = PARTS.map(part => part())
  if (out !== undefined) {
    try {
      mkdirSync(out, { recursive: true })
      const json = Object.assign({}, ...made.map(({ part }) => part))
      writeFileSync(join(out, 'france.json'), `${JSON.stringify(json, undefined, 2)}\n`)
    } catch {
      throw new Error(`Impossible d'écrire dans ${out} : choisissez un autre dossier avec --out.`)
    }
  }
  return made.flatMap(({ tables }) => tables.map(tableText)).join('\n')
}
