import { runCommand } from '../run-command.ts'
import { runFile } from './backtest/file-backtest.ts'
import { franceBacktest } from './backtest/france.ts'
import { readOptions, USAGE } from './backtest/options.ts'
import { forecastsCsv, writeReport } from './backtest/report.ts'

/** Judges the models on files, on the French facts, or on both. @returns the exit code. */
async function main(): Promise<number | 'misused'> {
  const options = readOptions(process.argv.slice(2))
  if (options.files.length === 0 && !options.france) return 'misused'
  if (options.france) console.log(franceBacktest(options.out))
  const results = options.files.map(file => {
    const result = runFile(file, options)
    console.log(result.print)
    return result
  })
  if (options.out !== undefined && results.length > 0)
    writeReport(
      options.out,
      forecastsCsv(results.flatMap(result => result.rows)),
      results.map(result => result.table),
    )
  return 0
}

runCommand(USAGE, main)
