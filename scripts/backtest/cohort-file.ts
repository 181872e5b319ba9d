import { isMonth, monthNumber } from '../../src/pure/calendar/period.ts'
import { type LagKernel, learnedKernel, monthlyKernel } from '../../src/pure/numerics/lag-kernel.ts'
import type { Cohort, OfGroup, ValidityRule } from '../../src/pure/numerics/renewal.ts'
import { relativeReturnRates } from '../../src/pure/numerics/return-rate.ts'
import { type CsvFile, cellNumber } from './csv-file.ts'
import {
  type Case,
  gateTable,
  projectCases,
  returnRateTable,
  scoreTable,
  sensitivityTable,
} from './demand-backtest.ts'
import { labelOf, originsOf } from './issue-cases.ts'
import type { Options, Span } from './options.ts'
import { Refusal } from './refusal.ts'
import { exceptionalPeriods, regimeOf } from './regimes.ts'
import type { Table } from './report.ts'
import { type Scored, scores } from './score.ts'

const COLUMNS = ['issued_month', 'term_start_month', 'term_expiry_month', 'application_type', 'n']

/** Whether a header is that of a file of titles by month of issue and term. */
export function isCohortFile(columns: readonly string[]): boolean {
  return COLUMNS.every(column => columns.includes(column))
}

/** Titles issued together: months as numbers; start and end are absent where the file does not say. */
interface Issue {
  issued: number
  start: number | undefined
  end: number | undefined
  renewal: boolean
  /** Kind of licence: some are nearly always renewed, others never. */
  kind: string
  titles: number
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
    throw new Refusal(
      `${file.path} : aucune ligne dont application_type commence par RENEW ; rien à prévoir.`,
    )
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
        cohorts: cohortsOfIssues(known),
        dueKnownFrom: start + term + 1,
        validities: recentTerms(known, origin),
        kernel: observedKernel(known, origin),
        relativeRate: kindRates(known, start + term + 1, origin),
        exceptional: exceptionalPeriods(options.exceptional, start, origin, 12),
        counted: 'renewals',
      },
      actual: periods.map(period => values[period - start]),
      regime: periods.map(period => regimeOf(period, 12, options.exceptional, regimes)),
    }
  })
  if (cases.length === 0)
    throw new Refusal(`${file.path} : trop peu d'années. Il en faut au moins cinq de délivrances datées.`)
  const projections = projectCases(cases)
  const names = [...new Set(projections.flatMap(projection => projection.regime))]
  const spans = regimes.map(({ name, from, to }) => `${name} ${labelOf(from, 12)} à ${labelOf(to, 12)}`)
  return {
    projections,
    tables: [
      scoreTable(file.path, projections, [
        `${cases.length} origines, ${horizon} mois chacune. Régimes : ${spans.join(' ; ') || 'un seul'}.`,
      ]),
      yearTable(cases, projections),
      gateTable(cases),
      returnRateTable(cases, names),
      ...(options.sensitivity ? [sensitivityTable(cases, names)] : []),
    ],
  }
}

function issueOf(file: CsvFile, row: Record<string, string>): Issue {
  const issued = row['issued_month'] ?? ''
  if (!isMonth(issued))
    throw new Refusal(
      `${file.path}, ligne ${file.rows.indexOf(row) + 2} : issued_month « ${issued} » n'est pas un mois (2008-01).`,
    )
  const optional = (text = '') => (isMonth(text) ? monthNumber(text) : undefined)
  return {
    issued: monthNumber(issued),
    start: optional(row['term_start_month']),
    end: optional(row['term_expiry_month']),
    renewal: /^renew/i.test(row['application_type'] ?? ''),
    kind: row['licence_code'] ?? '',
    titles: cellNumber(file, row, 'n') ?? 0,
  }
}

function cohortsOfIssues(issues: readonly Issue[]): Cohort[] {
  const titles = new Map<string, Cohort>()
  for (const issue of issues) {
    const { issued, end } = issue
    if (end === undefined) continue
    const group = groupOf(issue)
    const key = `${issued}/${end}/${group}`
    titles.set(key, { issued, end, group, titles: (titles.get(key)?.titles ?? 0) + issue.titles })
  }
  return [...titles.values()]
}

/** Years after which an observed lag counts for half: habits drift more slowly than rates. */
const LAG_HALF_LIFE_YEARS = 3

/** Lags of renewals: a renewed term starts where the former one ended. */
function observedKernel(issues: readonly Issue[], origin: number): LagKernel {
  const counts = new Map<number, number>()
  for (const { renewal, start, issued, titles } of issues) {
    if (!renewal || start === undefined) continue
    const weight = titles * 0.5 ** ((origin - issued) / (12 * LAG_HALF_LIFE_YEARS))
    counts.set(issued - start, (counts.get(issued - start) ?? 0) + weight)
  }
  return learnedKernel(monthlyKernel(), counts)
}

/** Years after which a kind's returns count for half, and months that late renewals need to be seen. */
const KIND_MEMORY = { halfLifeYears: 2, lateMonths: 3 }

/** Return rates by kind, first titles and renewed ones apart: terms that start in a month over those that end in it. */
function kindRates(issues: readonly Issue[], from: number, origin: number): OfGroup {
  const cells = new Map<string, { returned: number; due: Map<string, number> }>()
  const cellOf = (month: number | undefined, kind: string) => {
    if (month === undefined || month < from || month > origin - KIND_MEMORY.lateMonths) return undefined
    const weight = 0.5 ** ((origin - month) / (12 * KIND_MEMORY.halfLifeYears))
    const key = `${month}/${kind}`
    const cell = cells.get(key) ?? { returned: 0, due: new Map<string, number>() }
    cells.set(key, cell)
    return { cell, weight }
  }
  for (const issue of issues) {
    const ending = cellOf(issue.end, issue.kind)
    const group = groupOf(issue)
    if (ending) ending.cell.due.set(group, (ending.cell.due.get(group) ?? 0) + ending.weight * issue.titles)
    const starting = issue.renewal ? cellOf(issue.start, issue.kind) : undefined
    if (starting) starting.cell.returned += starting.weight * issue.titles
  }
  const all = [...cells.values()]
  const byAge = relativeReturnRates(all.map(cell => ({ ...cell, due: summedBy(cell.due, ageOf) })))
  const prior = (group: string) => byAge.get(ageOf(group)) ?? 1
  const rates = relativeReturnRates(all, prior)
  return (group = '') => rates.get(group) ?? prior(group)
}

/** Whether a group is of first titles or of renewed ones: a kind never seen is taken to return as these do. */
function ageOf(group: string): string {
  return group.slice(group.lastIndexOf(' ') + 1)
}

function summedBy(values: ReadonlyMap<string, number>, key: (name: string) => string): Map<string, number> {
  const sums = new Map<string, number>()
  for (const [name, value] of values) sums.set(key(name), (sums.get(key(name)) ?? 0) + value)
  return sums
}

function groupOf({ kind, renewal }: Issue): string {
  return `${kind} ${renewal ? 'renouvelé' : 'nouveau'}`
}

/** Months whose terms the next titles are taken to have: short, so that a change of law is seen at once. */
const RECENT_MONTHS = 6

function recentTerms(issues: readonly Issue[], origin: number): ValidityRule {
  const terms = new Map<number, number>()
  let total = 0
  for (const { issued, end, titles } of issues) {
    if (issued <= origin - RECENT_MONTHS || end === undefined || end <= issued) continue
    terms.set(end - issued, (terms.get(end - issued) ?? 0) + titles)
    total += titles
  }
  const shares = [...terms].map(([periods, titles]) => ({ periods, share: titles / total }))
  return () => shares
}

/** The most common term, in months rounded to whole years. */
function usualTerm(issues: readonly Issue[]): number | undefined {
  const byYears = new Map<number, number>()
  for (const { start, end, titles } of issues) {
    const years = start === undefined || end === undefined ? 0 : Math.round((end - start) / 12)
    if (years > 0) byYears.set(years, (byYears.get(years) ?? 0) + titles)
  }
  const [most] = [...byYears].sort((a, b) => b[1] - a[1])
  return most && most[0] * 12
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
