import { cohortFileBacktest, isCohortFile } from './cohort-file.ts'
import { csvFile, readText } from './csv-file.ts'
import { gateTable, projectCases, returnRateTable, scoreTable, sensitivityTable } from './demand-backtest.ts'
import { issueCases } from './issue-cases.ts'
import { countSeries } from './issue-counts.ts'
import type { Options } from './options.ts'
import { regionalBacktest } from './regional.ts'
import type { Table } from './report.ts'
import type { Scored } from './score.ts'

/** What a file gave: its tables, and every projection behind them. */
export interface FileResult {
  file: string
  tables: Table[]
  projections: Scored[]
}

/** Backtests one file, whatever its kind among those known. @throws Refusal where a person can put it right. */
export function runFile(path: string, options: Options): FileResult {
  const text = readText(path)
  const file = csvFile(path, text)
  if (isCohortFile(file.columns)) return { file: path, ...cohortFileBacktest(file, options) }
  const series = countSeries(file, options)
  if (options.by !== undefined) return { file: path, ...regionalBacktest(path, series, options) }
  const cases = series.flatMap(each => issueCases(each, options))
  const projections = projectCases(cases)
  const regimes = [...new Set(projections.flatMap(projection => projection.regime))]
  const notes = [
    `${cases.length} origine${cases.length > 1 ? 's' : ''}, horizon ${cases[0]!.horizon} ${cases[0]!.record.stepsAYear === 12 ? 'mois' : 'ans'} ; régime « exceptionnel » : ni appris ni confondu avec les autres.`,
    ...(options.validities.length === 0 ? ['Sans --validity, aucune cohorte : la série seule.'] : []),
  ]
  const withCohorts = options.validities.length > 0
  return {
    file: path,
    projections,
    tables: [
      scoreTable(path, projections, notes),
      ...(withCohorts ? [gateTable(cases), returnRateTable(cases, regimes)] : []),
      ...(withCohorts && options.sensitivity ? [sensitivityTable(cases, regimes)] : []),
    ],
  }
}
