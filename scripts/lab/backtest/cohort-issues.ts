import type { Cohort, OfGroup, ValidityRule } from '../../../src/demand/engine/renewal.ts'
import { isMonth, monthNumber } from '../../../src/pure/calendar/period.ts'
import { type LagKernel, monthlyKernel } from '../../../src/pure/numerics/series/lag-kernel.ts'
import { type CsvFile, cellNumber } from './csv-file.ts'
import { learnedKernel, relativeReturnRates } from './observed-returns.ts'

/** Titles issued together: months as numbers; start and end are absent where the file does not say. */
export interface Issue {
  issued: number
  start: number | undefined
  end: number | undefined
  renewal: boolean
  /** Kind of licence: some are nearly always renewed, others never. */
  kind: string
  titles: number
}

/** A row of the file. @throws if its month of issue is none. */
export function issueOf(file: CsvFile, row: Record<string, string>): Issue {
  const issued = row['issued_month'] ?? ''
  if (!isMonth(issued))
    throw new Error(
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

/** Cohorts by month of issue, end of term and group; a title without a known end makes none. */
export function cohortsOfIssues(issues: readonly Issue[]): Cohort[] {
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
export function observedKernel(issues: readonly Issue[], origin: number): LagKernel {
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
export function kindRates(issues: readonly Issue[], from: number, origin: number): OfGroup {
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

/** Terms of the titles to come: those of the last months. */
export function recentTerms(issues: readonly Issue[], origin: number): ValidityRule {
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
export function usualTerm(issues: readonly Issue[]): number | undefined {
  const byYears = new Map<number, number>()
  for (const { start, end, titles } of issues) {
    const years = start === undefined || end === undefined ? 0 : Math.round((end - start) / 12)
    if (years > 0) byYears.set(years, (byYears.get(years) ?? 0) + titles)
  }
  const [most] = [...byYears].sort((a, b) => b[1] - a[1])
  return most && most[0] * 12
}
