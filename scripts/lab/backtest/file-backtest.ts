import { periodAfter } from '../../../src/demand/engine/demand-record.ts'
import { cohortFileBacktest, isCohortFile } from './cohort-file.ts'
import { type CompetitionRow, competitionBacktest, isCompetitionFile } from './competition.ts'
import { csvFile, readText } from './csv-file.ts'
import { type Case, gateTable, projectCases, scoreTable } from './demand-backtest.ts'
import { issueCases, labelOf } from './issue-cases.ts'
import { type CountSeries, countSeries, longFile } from './issue-counts.ts'
import { flowFileBacktest, isFlowFile } from './nhs-flows.ts'
import type { Options } from './options.ts'
import { regionalBacktest } from './regional.ts'
import { forecastRows, type Table, tableText } from './report.ts'
import type { Scored } from './score.ts'

/** What a file gave: the text to print, the figures for `table.json`, and the rows for `forecasts.csv`. */
export interface FileResult {
  print: string
  table: unknown
  rows: CompetitionRow[]
}

/** Backtests one file, whatever its kind among those known. @throws where a person can put it right. */
export function runFile(path: string, options: Options): FileResult {
  const text = readText(path)
  if (isCompetitionFile(text.slice(0, text.indexOf('\n')))) return competitionBacktest(text, path)
  const file = csvFile(path, text)
  if (isCohortFile(file.columns)) return resultOf(path, cohortFileBacktest(file, options))
  if (isFlowFile(file.columns)) return resultOf(path, flowFileBacktest(file))
  const counts = longFile(file)
  const asked = { ...options, by: options.by ?? counts.by }
  const series = countSeries(counts, asked)
  return resultOf(
    path,
    asked.by === undefined || options.validities.length > 0
      ? seriesBacktest(path, series, options)
      : regionalBacktest(path, series, options),
  )
}

function resultOf(path: string, { tables, projections }: { tables: Table[]; projections: Scored[] }) {
  return {
    print: tables.map(tableText).join('\n'),
    table: { file: path, tables },
    rows: forecastRows(projections),
  }
}

/** Origins above which what the gate saw at each would fill the screen. */
const READABLE_CASES = 40

function seriesBacktest(path: string, series: readonly CountSeries[], options: Options) {
  const cases = series.flatMap(each => issueCases(each, options))
  const projections = projectCases(cases)
  const unit = { 1: 'ans', 4: 'trimestres', 12: 'mois' }[cases[0]!.record.stepsAYear]
  const withCohorts = options.validities.length > 0
  const notes = [
    `Origines : ${cases.length} ; horizon : ${cases[0]!.horizon} ${unit}.`,
    'Le régime « exceptionnel » (--exceptional) est noté à part, et rien n’en est appris.',
    ...(withCohorts ? cohortNotes(cases) : ['Sans --validity, aucune cohorte : la série seule.']),
  ]
  return {
    projections,
    tables: [
      scoreTable(path, projections, notes),
      ...(withCohorts && cases.length <= READABLE_CASES ? [gateTable(cases)] : []),
    ],
  }
}

function cohortNotes(cases: readonly Case[]): string[] {
  const [first] = cases
  const without = cases.filter(
    ({ record }) => record.cohorts.dueKnownFrom + record.stepsAYear > periodAfter(record),
  )
  if (!first || without.length === 0) return []
  return [
    `Titres à échéance connus à partir de ${labelOf(first.record.cohorts.dueKnownFrom, first.record.stepsAYear)} : ${without.length} origine${without.length > 1 ? 's' : ''} trop tôt, par la série seule.`,
  ]
}
