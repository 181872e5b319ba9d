import { monthsOfQuarter, type Quarter, quarterOf, quartersBetween, yearOf } from '../calendar/period.ts'
import type { Title } from '../law/title.ts'
import { groupBy } from './group-by.ts'
import { type Clock, followedStatistic, type Statistic, type Status, type Unit } from './measure.ts'
import { type Figure, type PublishedRow, type PublishedValue, settle } from './observation.ts'
import { impliedOverload } from './overload.ts'

/** Where a value was read. */
export interface Origin {
  publisher: string
  document: string
  locator: string
  publishedOn: string
  release: number
}

/** Another value published for the same figure, that nothing has replaced. */
export interface ConflictingValue {
  days: number
  source: Origin
}

/** How several values became one. `mean-of-days`: at least one of the months is the mean of days. */
export type Method =
  | 'as-published'
  | 'mean-of-days'
  | 'mean-of-months'
  | 'decision-weighted'
  | 'mean-of-quarters'

/** A value with the method that made it. */
export interface MethodValue {
  method: Method
  days: number
}

/** A delay in one quarter. `days` is what the source prints, or the plain mean of its months. */
export interface QuarterPoint {
  quarter: Quarter
  days: number
  method: Method
  methods: MethodValue[]
  clock: Clock
  statistic: Statistic
  unit: Unit
  status: Status
  source: Origin
  conflicts: ConflictingValue[]
  /** Demand beyond capacity since the quarter before, in percent, read from the slope; `null` when it cannot be. */
  impliedOverloadPct: number | null
}

/** A delay over one year. */
export interface YearPoint extends MethodValue {
  year: number
}

/** A delay followed by quarter at one place, on one clock and under one statistic (`followedStatistic`). */
export interface QuarterlySeries {
  title: Title | ''
  place: string
  clock: Clock
  statistic: Statistic
  unit: Unit
  targetDays: number | null
  points: QuarterPoint[]
  years: YearPoint[]
}

/** A published value, or a month that is the mean of as many days as `meanOf` says. */
export interface SeriesRow extends Omit<PublishedRow, 'recordedAt' | 'shownAt' | 'secret'> {
  meanOf?: number
}

/** Decisions of a month, the weights of a decision-weighted mean. */
export type Weights = (title: Title | '', place: string, month: string) => number | undefined

/**
 * Published delays as quarterly series: one per title, place, clock, statistic and unit. A quarter printed by the source is
 * kept as printed; monthly figures give each quarter its plain mean and, when decisions are known, the mean weighted
 * by decisions. A month printed is kept as printed, else it is the mean of its days. A quarter with a missing month has
 * no value. Years: as printed, and computed when complete. Rows of single days are passed over.
 */
export function quarterlySeries(
  rows: readonly SeriesRow[],
  weights: Weights,
  range: { from?: Quarter | undefined; to?: Quarter | undefined } = {},
): QuarterlySeries[] {
  const groups = groupBy(rows, row => `${seriesKey(row)}|${row.variant}`)
  return [...groups.values()]
    .map(group => seriesOf(group, weights, range))
    .filter(series => series.points.length > 0 || series.years.length > 0)
}

/** What tells one followed delay from another. */
export function seriesKey(pick: Pick<SeriesRow, 'title' | 'place' | 'clock' | 'statistic' | 'unit'>): string {
  const { title, place, clock, statistic, unit } = pick
  return [title, place, clock, followedStatistic(statistic), unit].join('|')
}

function seriesOf(
  rows: readonly SeriesRow[],
  weights: Weights,
  range: { from?: Quarter | undefined; to?: Quarter | undefined },
): QuarterlySeries {
  const [first] = rows
  if (first === undefined) throw new RangeError('a series needs at least one row')
  const settled = (granularity: SeriesRow['granularity'], computed = false) => {
    const cells = groupBy(
      rows.filter(row => row.granularity === granularity && (row.meanOf !== undefined) === computed),
      row => row.period,
    )
    return new Map(
      [...cells].flatMap(([period, cell]) => {
        const figure = settle(cell)
        return figure === undefined
          ? []
          : [
              [
                period,
                { figure, row: cell.find(row => row.release === figure.current.release) ?? first },
              ] as const,
            ]
      }),
    )
  }
  const [quarters, years] = [settled('quarter'), settled('year')]
  const months: SettledMonths = new Map([...settled('month', true), ...settled('month')])
  const weightOf = (month: string) => weights(first.title, first.place, month)
  const all = new Map<Quarter, QuarterPoint>()
  for (const quarter of [...new Set([...quarters.keys(), ...[...months.keys()].map(quarterOf)])].sort()) {
    const printed = quarters.get(quarter)
    const point = printed
      ? printedPoint(quarter, printed.figure, printed.row)
      : pointOfMonths(quarter, first, months, weightOf)
    if (point) all.set(quarter, point)
  }
  const inRange = (quarter: Quarter) =>
    (range.from === undefined || quarter >= range.from) && (range.to === undefined || quarter <= range.to)
  const isMean = followedStatistic(first.statistic) === 'mean'
  const targets = [...rows].sort((a, b) => a.release - b.release).flatMap(row => row.target ?? [])
  const yearPoints = [...new Set([...all.keys(), ...years.keys()].map(yearOf))]
    .filter(year => inRange(`${year}-Q1`) && inRange(`${year}-Q4`))
    .sort((a, b) => a - b)
    .flatMap(year => yearsOf(year, years.get(String(year))?.figure, all, months, weightOf))
  return {
    title: first.title,
    place: first.place,
    clock: first.clock,
    statistic: followedStatistic(first.statistic),
    unit: first.unit,
    targetDays: targets.at(-1) ?? null,
    // Only a mean moves with the load as the formula says.
    points: (isMean ? withOverload([...all.values()]) : [...all.values()]).filter(point =>
      inRange(point.quarter),
    ),
    years: yearPoints,
  }
}

function withOverload(points: readonly QuarterPoint[]): QuarterPoint[] {
  const overloads = impliedOverload(points)
  return points.map((point, i) => {
    const overload = overloads[i]?.overload
    return { ...point, impliedOverloadPct: overload === undefined ? null : 100 * overload }
  })
}

type SettledMonths = ReadonlyMap<string, { figure: Figure; row: SeriesRow }>

/** A value as it was printed for a period, a quarter unless it is told under another grain. */
export function printedPoint(quarter: Quarter, figure: Figure, row: SeriesRow): QuarterPoint {
  const days = figure.current.value ?? Number.NaN
  return {
    quarter,
    days,
    method: 'as-published',
    methods: [{ method: 'as-published', days }],
    clock: row.clock,
    statistic: row.statistic,
    unit: row.unit,
    status: figure.current.status,
    source: originOf(figure.current),
    conflicts: conflictsOf(figure),
    impliedOverloadPct: null,
  }
}

function pointOfMonths(
  quarter: Quarter,
  first: SeriesRow,
  months: SettledMonths,
  weightOf: (month: string) => number | undefined,
): QuarterPoint | undefined {
  const cells = monthsOfQuarter(quarter).flatMap(month => months.get(month) ?? [])
  const [, , last] = cells
  if (last === undefined) return undefined
  const methods = methodsOf(monthsOfQuarter(quarter), months, weightOf)
  const [{ method, days }] = methods
  return {
    quarter,
    days,
    method,
    methods,
    clock: first.clock,
    statistic: first.statistic,
    unit: first.unit,
    status: statusOfMean(cells.map(cell => cell.figure.current.status)),
    source: { ...originOf(last.figure.current), ...locatorOfDays(cells.map(cell => cell.row)) },
    conflicts: cells.flatMap(cell => conflictsOf(cell.figure)),
    impliedOverloadPct: null,
  }
}

function locatorOfDays(months: readonly SeriesRow[]): { locator?: string } {
  const days = months.reduce((sum, { meanOf }) => sum + (meanOf ?? 0), 0)
  return days === 0 ? {} : { locator: `${days} relevés quotidiens` }
}

/** A mean is a bound when one of its values is, and an estimate when one of them is. */
function statusOfMean(statuses: readonly Status[]): Status {
  return (
    statuses.find(status => status === 'censored') ??
    statuses.find(status => status === 'at-most') ??
    statuses.find(status => status === 'estimated') ??
    'derived'
  )
}

function yearsOf(
  year: number,
  printed: Figure | undefined,
  quarters: ReadonlyMap<Quarter, QuarterPoint>,
  months: SettledMonths,
  weightOf: (month: string) => number | undefined,
): YearPoint[] {
  const points: MethodValue[] = []
  if (printed?.current.value !== undefined)
    points.push({ method: 'as-published', days: printed.current.value })
  const four = quartersBetween(`${year}-Q1`, `${year}-Q4`)
  const cells = four.map(quarter => quarters.get(quarter))
  if (cells.every(cell => cell?.method === 'as-published')) {
    points.push({ method: 'mean-of-quarters', days: mean(cells.map(cell => cell?.days ?? Number.NaN)) })
  } else {
    const twelve = four.flatMap(monthsOfQuarter)
    if (twelve.every(month => months.has(month)))
      for (const point of methodsOf(twelve, months, weightOf)) points.push(point)
  }
  return points.map(point => ({ year, ...point }))
}

function methodsOf(
  wanted: readonly string[],
  months: SettledMonths,
  weightOf: (month: string) => number | undefined,
): [MethodValue, ...MethodValue[]] {
  const days = wanted.map(month => months.get(month)?.figure.current.value ?? Number.NaN)
  const weights = wanted.map(month => weightOf(month) ?? Number.NaN)
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const ofDays = wanted.some(month => months.get(month)?.row.meanOf !== undefined)
  const plain: MethodValue = { method: ofDays ? 'mean-of-days' : 'mean-of-months', days: mean(days) }
  if (!(total > 0)) return [plain]
  const weighted = days.reduce((sum, value, i) => sum + value * (weights[i] ?? Number.NaN), 0) / total
  return [plain, { method: 'decision-weighted', days: weighted }]
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function conflictsOf(figure: Figure): ConflictingValue[] {
  return figure.conflicts.flatMap(value =>
    value.value === undefined ? [] : [{ days: value.value, source: originOf(value) }],
  )
}

function originOf(value: PublishedValue): Origin {
  return {
    publisher: value.source,
    document: value.document,
    locator: value.locator,
    publishedOn: value.publishedOn,
    release: value.release,
  }
}
