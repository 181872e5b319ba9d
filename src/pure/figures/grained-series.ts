import type { Day } from '../calendar/day.ts'
import { firstDay, isMonth, isQuarter, lastDay, type Quarter, quarterOf } from '../calendar/period.ts'
import { type CsvTable, csvTable } from './csv.ts'
import { groupBy } from './group-by.ts'
import { followedStatistic } from './measure.ts'
import { type PublishedRow, settle } from './observation.ts'
import { printedPoint, type QuarterlySeries, type QuarterPoint, seriesKey } from './quarterly-series.ts'

/** Lengths of the periods that figures are published for, the finest first. */
export const GRAINS = ['day', 'month', 'quarter', 'year'] as const
/** A length of period. */
export type Grain = (typeof GRAINS)[number]

/** A value of any grain. `quarter` is `null` where the period is not a quarter. */
export interface GrainedPoint extends Omit<QuarterPoint, 'quarter'> {
  grain: Grain
  period: string
  quarter: Quarter | null
}

/** A delay followed at one place on one clock, in periods of any length. */
export interface GrainedSeries extends Omit<QuarterlySeries, 'points'> {
  points: GrainedPoint[]
}

/** Which points are wanted: of one grain, of all, or, when absent, quarters where there are and else the finest published. */
export interface GrainedRange {
  grain?: Grain | 'all' | undefined
  from?: Quarter | undefined
  to?: Quarter | undefined
  updatedAfter?: string | undefined
}

/**
 * Published delays in periods of any length. Quarters are those of `quarterly`; days, months and years are as published.
 * Without a grain, a series is told by quarters when they cover at least half of what was published of it, else by its
 * finest grain: isolated months are shown, never « nothing published ».
 */
export function grainedSeries(
  rows: readonly PublishedRow[],
  quarterly: readonly QuarterlySeries[],
  range: GrainedRange = {},
): GrainedSeries[] {
  const quarters = new Map(quarterly.map(series => [seriesKey(series), series]))
  const published = groupBy(rows, seriesKey)
  return [...new Set([...quarters.keys(), ...published.keys()])]
    .map(key => seriesOf(quarters.get(key), published.get(key) ?? [], range))
    .filter(series => series.points.length > 0 || series.years.length > 0)
}

function seriesOf(
  quarterly: QuarterlySeries | undefined,
  rows: readonly PublishedRow[],
  range: GrainedRange,
): GrainedSeries {
  const points = [
    ...(quarterly?.points ?? []).map(
      (point): GrainedPoint => ({ ...point, grain: 'quarter', period: point.quarter }),
    ),
    ...asPublished(rows.filter(row => row.granularity !== 'quarter' && inRange(row.period, range))),
  ]
  const since = range.updatedAfter === undefined ? undefined : Date.parse(range.updatedAfter)
  const changed = new Set(
    rows.filter(row => since === undefined || Date.parse(row.shownAt) > since).map(row => row.period),
  )
  const [first] = rows
  const told = points.filter(point => point.grain === 'quarter' || changed.has(point.period))
  const grain = range.grain ?? usualGrain(told)
  return {
    title: quarterly?.title ?? first?.title ?? '',
    place: quarterly?.place ?? first?.place ?? '',
    clock: quarterly?.clock ?? first?.clock ?? 'appointment-as-published',
    statistic: quarterly?.statistic ?? followedStatistic(first?.statistic ?? 'as-published'),
    unit: quarterly?.unit ?? first?.unit ?? 'unspecified-day',
    targetDays: quarterly?.targetDays ?? null,
    years: quarterly?.years ?? [],
    points: told
      .filter(point => grain === 'all' || point.grain === grain)
      .sort((a, b) => (startOf(a.period) < startOf(b.period) ? -1 : 1)),
  }
}

function usualGrain(points: readonly GrainedPoint[]): Grain {
  const quarters = new Set(points.filter(point => point.grain === 'quarter').map(point => point.period))
  const finer = points.filter(point => point.grain === 'day' || point.grain === 'month')
  const covered = finer.filter(point => quarters.has(quarterOf(point.period))).length
  if (quarters.size > 0 && quarters.size + covered >= finer.length - covered) return 'quarter'
  return GRAINS.find(grain => points.some(point => point.grain === grain)) ?? 'quarter'
}

function asPublished(rows: readonly PublishedRow[]): GrainedPoint[] {
  const cells = groupBy(rows, row => [row.granularity, row.period, row.statistic].join('|'))
  return [...cells.values()].flatMap((cell): GrainedPoint[] => {
    const figure = settle(cell)
    const [row] = cell
    if (figure?.current.value === undefined || row === undefined) return []
    return [
      {
        ...printedPoint(row.period, figure, row),
        grain: row.granularity,
        period: row.period,
        quarter: null,
      },
    ]
  })
}

function inRange(period: string, { from, to }: GrainedRange): boolean {
  return (
    (from === undefined || startOf(period) >= firstDay(from)) &&
    (to === undefined || endOf(period) <= lastDay(to))
  )
}

/** First day of a period of any grain: a day, a month, a quarter or a year. */
export function startOf(period: string): Day {
  if (isQuarter(period) || isMonth(period)) return firstDay(period)
  return period.length === 4 ? `${period}-01-01` : period
}

/** Last day of a period of any grain. */
export function endOf(period: string): Day {
  if (isQuarter(period) || isMonth(period)) return lastDay(period)
  return period.length === 4 ? `${period}-12-31` : period
}

/** The points of series as rows for a spreadsheet, one row for each value published. */
export function seriesRows(series: readonly GrainedSeries[]): CsvTable {
  const rows = series.flatMap(one => one.points.map(point => ({ ...point, one })))
  return csvTable(rows, {
    titre: ({ one }) => one.title,
    lieu: ({ one }) => one.place,
    période: ({ period }) => period,
    maille: ({ grain }) => grain,
    trimestre: ({ quarter }) => quarter ?? undefined,
    jours: ({ days }) => days,
    objectif: ({ one }) => one.targetDays ?? undefined,
    méthode: ({ method }) => method,
    horloge: ({ clock }) => clock,
    statistique: ({ statistic }) => statistic,
    unité: ({ unit }) => unit,
    statut: ({ status }) => status,
    'surcharge déduite (%)': ({ impliedOverloadPct }) => impliedOverloadPct ?? undefined,
    source: ({ source }) => source.publisher,
    document: ({ source }) => source.document,
    'publié le': ({ source }) => source.publishedOn,
    'où dans le document': ({ source }) => source.locator,
    'valeurs en conflit': ({ conflicts }) => conflicts.map(({ days }) => days).join(' | '),
  })
}
