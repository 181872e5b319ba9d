import { runFile } from './backtest/file-backtest.ts'
import { readOptions } from './backtest/options.ts'
import { Refusal } from './backtest/refusal.ts'
import { forecastsCsv, tableText, writeReport } from './backtest/report.ts'

try {
  const options = readOptions(process.argv.slice(2))
  const results = options.files.map(file => {
    const result = runFile(file, options)
    for (const table of result.tables) console.log(tableText(table))
    return result
  })
  if (options.out !== undefined)
    writeReport(
      options.out,
      forecastsCsv(results.flatMap(result => result.projections)),
      results.map(({ file, tables }) => ({ file, tables })),
    )
} catch (error) {
  if (!(error instanceof Refusal)) throw error
  console.error(error.message)
  process.exitCode = 2
}
