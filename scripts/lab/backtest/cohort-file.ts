import { cohortsUnderLaw } from '../../../src/demand/engine/cohort-part.ts'
import {
  cohortsOfIssues,
  type Issue,
  issueOf,
  kindRates,
  observedKernel,
  recentTerms,
  usualTerm,
} from './cohort-issues.ts'
import type { CsvFile } from './csv-file.ts'
import { type Case, gateTable, projectCases, scoreTable } from './demand-backtest.ts'
import { labelOf, originsOf } from './issue-cases.ts'
import type { Options, Span } from './options.ts'
import { exceptionalPeriods, regimeOf } from './regimes.ts'
import type { Table } from './report.ts'
import { type Scored, scores } from './score.ts'

const COLUMNS = ['issued_month', 'term_start_month', 'term_expiry_month', 'application_type', 'n']

/** Whether a header is that of a file of titles by month of issue and term. */
export function isCohortFile(columns: readonly string[]): boolean {
  return COLUMNS.every(column => columns.includes(column))
}

/**
 * Backtests renewals by month, 1 to 12 months ahead, from titles and their terms alone. The regimes are read in
 * the file: when the usual term changes, the next years, as many as the new term lasts, are the break.
 */
export function cohortFileBacktest(
  file: CsvFile,
  options: Options,
): { tables: Table[]; projections: Scored[] } {
  const issues = file.rows.map(row => issueOf(file, row))
  const renewals = issues.filter(issue => issue.renewal)
  if (renewals.length === 0)
    throw new Error(`${file.path} : aucune ligne dont application_type commence par RENEW ; rien à prévoir.`)
  const start = Math.min(...issues.map(issue => issue.issued))
  const last = Math.max(...renewals.map(issue => issue.issued))
  const values = new Array<number>(last - start + 1).fill(0)
  for (const issue of renewals) values[issue.issued - start] = values[issue.issued - start]! + issue.titles
  const regimes = options.regimes.length > 0 ? options.regimes : regimesOfTerms(issues, last)
  const series = { name: 'renouvellements', stepsAYear: 12 as const, start, values }
  const asked = options.origins ? options : { ...options, origins: everyDecember(start, last) }
  const term = usualTerm(issues.filter(issue => issue.issued < start + 12)) ?? 12
  const horizon = options.horizon ?? 12
  const cases = originsOf(asked, series).map((origin): Case => {
    const known = issues.filter(issue => issue.issued <= origin)
    const periods = Array.from({ length: horizon }, (_, h) => origin + 1 + h)
    return {
      id: `renouvellements@${labelOf(origin, 12)}`,
      horizon,
      record: {
        start,
        observed: values.slice(0, origin - start + 1),
        stepsAYear: 12,
        cohorts: cohortsUnderLaw({
          titles: cohortsOfIssues(known),
          dueKnownFrom: start + term + 1,
          validities: recentTerms(known, origin),
          kernel: observedKernel(known, origin),
          relativeRate: kindRates(known, start + term + 1, origin),
          ends: 'known',
          counted: 'renewals',
        }),
        exceptional: exceptionalPeriods(options.exceptional, start, origin, 12),
      },
      actual: periods.map(period => values[period - start]),
      regime: periods.map(period => regimeOf(period, 12, options.exceptional, regimes)),
    }
  })
  if (cases.length === 0)
    throw new Error(`${file.path} : trop peu d'années. Il en faut au moins cinq de délivrances datées.`)
  const projections = projectCases(cases)
  const spans = regimes.map(({ name, from, to }) => `${name} ${labelOf(from, 12)} à ${labelOf(to, 12)}`)
  return {
    projections,
    tables: [
      scoreTable(file.path, projections, [
        `${cases.length} origines, ${horizon} mois chacune. Régimes : ${spans.join(' ; ') || 'un seul'}.`,
      ]),
      yearTable(cases, projections),
      gateTable(cases),
    ],
  }
}

function regimesOfTerms(issues: readonly Issue[], last: number): Span[] {
  const first = Math.floor(Math.min(...issues.map(issue => issue.issued)) / 12)
  const years = Array.from({ length: Math.floor(last / 12) - first + 1 }, (_, i) => first + i)
  const terms = years.map(year => usualTerm(issues.filter(issue => Math.floor(issue.issued / 12) === year)))
  const change = years.findIndex((_, i) => i > 0 && terms[i] !== undefined && terms[i] !== terms[i - 1])
  if (change < 0) return []
  const year = years[change]!
  const broken = year + terms[change]! / 12
  const span = (name: string, from: number, to: number) => ({ name, from: from * 12, to: to * 12 + 11 })
  return [
    span('avant', first, year - 1),
    span('changement', year, year),
    span('rupture', year + 1, broken),
    span('calme', broken + 1, Math.floor(last / 12)),
  ]
}

function everyDecember(start: number, last: number): NonNullable<Options['origins']> {
  const firstYear = Math.ceil(start / 12) + 3
  return { from: firstYear * 12 - 1, to: Math.floor(last / 12) * 12 - 1, each: 'year' }
}

function yearTable(cases: readonly Case[], projections: readonly Scored[]): Table {
  const label = (each: Case) => labelOf(each.record.start + each.record.observed.length - 1, 12)
  return {
    title: 'WAPE % par origine',
    notes: [],
    rows: cases.map(each => {
      const models = scores(projections.filter(projection => projection.id === each.id))
      return {
        origine: label(each),
        ...Object.fromEntries(models.map(({ model, wape }) => [model, Math.round(wape * 10) / 10])),
      }
    }),
  }
}
