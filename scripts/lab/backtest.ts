import { runFile } from './backtest/file-backtest.ts'
import { franceBacktest } from './backtest/france.ts'
import { readOptions } from './backtest/options.ts'
import { Refusal } from './backtest/refusal.ts'
import { forecastsCsv, writeReport } from './backtest/report.ts'

try {
  const options = readOptions(process.argv.slice(2))
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
} catch (error) {
  if (!(error instanceof Refusal)) throw error
  console.error(error.message)
  process.exitCode = 2
}
