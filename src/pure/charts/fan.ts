import type { Day } from '../calendar/day.ts'
import { addQuarters, type Quarter, quarterOf } from '../calendar/period.ts'
import type { Status } from '../figures/measure.ts'
import { NINE_IN_TEN } from '../french/chances.ts'
import {
  frenchQuantity,
  frenchShortQuantity,
  fromRange,
  type Quantity,
  shortQuarter,
  twoFigures,
} from '../french/french.ts'
import type { Quantiles } from '../numerics/quantiles.ts'

/** One quarter of a published series; `value` is `undefined` where nothing was published. */
export interface ObservedQuarter {
  quarter: Quarter
  value: number | undefined
  status?: Status
  /** Other values published for the same quarter, that nothing replaced. */
  conflicts?: { value: number; source: string }[]
}

/** One quarter of a projection: its quantiles, in percent of chances below. */
export interface ProjectedQuarter extends Quantiles {
  quarter: Quarter
}

/** Something that happened, or will, on a day, and that a reader should have in mind. */
export interface DatedEvent {
  day: Day
  label: string
}

/** A target in force from a quarter on. */
export interface TargetStep {
  from: Quarter
  value: number
}

/** What a fan chart shows. */
export interface FanData {
  /** Prefix of every id of the drawing; unique in the page. */
  id: string
  title: string
  /** What is measured, of which place, on which clock, and which way is better. */
  subtitle: string
  quantity: Quantity
  observed: readonly ObservedQuarter[]
  projected?: readonly ProjectedQuarter[]
  target?: readonly TargetStep[]
  events?: readonly DatedEvent[]
}

/** The intervals of a projection, widest first, in words that need no statistics. */
export const BANDS = [
  { low: 'p05', high: 'p95', ink: 'band90', words: NINE_IN_TEN },
  { low: 'p10', high: 'p90', ink: 'band80', words: '8 chances sur 10' },
  { low: 'p25', high: 'p75', ink: 'band50', words: 'une chance sur deux' },
] as const

/** A projection cut where a quarter is missing, so that no band crosses a hole. */
export function projectionRuns(projected: readonly ProjectedQuarter[]): ProjectedQuarter[][] {
  const runs: ProjectedQuarter[][] = []
  for (const point of [...projected].sort((a, b) => (a.quarter < b.quarter ? -1 : 1))) {
    const run = runs.at(-1)
    if (run !== undefined && addQuarters(run.at(-1)!.quarter, 1) === point.quarter) run.push(point)
    else runs.push([point])
  }
  return runs
}

/**
 * Starts a run of projected quarters at the value observed just before it: at that point nothing is uncertain.
 * A run that follows a hole starts where it starts.
 */
export function anchored(
  run: readonly ProjectedQuarter[],
  observed: readonly ObservedQuarter[],
): ProjectedQuarter[] {
  const before = observed.find(point => addQuarters(point.quarter, 1) === run[0]?.quarter)
  if (before?.value === undefined) return [...run]
  const { quarter, value } = before
  return [
    { quarter, p05: value, p10: value, p25: value, p50: value, p75: value, p90: value, p95: value },
    ...run,
  ]
}

/** One sentence or two that say what the drawing shows, for those who do not see it. */
export function fanDescription({ observed, projected = [], target = [], quantity }: FanData): string {
  const known = observed.filter(point => point.value !== undefined)
  const [first, last, end] = [known[0], known.at(-1), projected.at(-1)]
  const parts: string[] = []
  if (first?.value !== undefined && last?.value !== undefined) {
    const ends = known.length === 1 ? [first] : [first, last]
    parts.push(
      `Observé : ${ends.map(({ quarter, value = 0 }) => `${frenchQuantity(value, quantity)} au ${shortQuarter(quarter)}`).join(', ')}.`,
    )
  }
  const missing = observed
    .filter(point => point.value === undefined)
    .map(point => shortQuarter(point.quarter))
  if (missing.length > 0) parts.push(`Non publié : ${missing.join(', ')}.`)
  if (end !== undefined) {
    parts.push(`Projeté au ${shortQuarter(end.quarter)} : ${bandWords(end, quantity)}.`)
  }
  const aim = target.at(-1)
  if (aim !== undefined) parts.push(`Objectif : ${frenchShortQuantity(aim.value, quantity)}.`)
  return parts.join(' ')
}

/** The events that fall inside the quarters of a chart, in order of time. */
export function eventsInView({ observed, projected = [], events = [] }: FanData): DatedEvent[] {
  const quarters = [...observed, ...projected].map(point => point.quarter).sort()
  const [first = '', last = ''] = [quarters[0], quarters.at(-1)]
  return events
    .filter(({ day }) => quarterOf(day) >= first && quarterOf(day) <= last)
    .sort((a, b) => (a.day < b.day ? -1 : 1))
}

/** Decimals of a band: none for counts, nor for days: half a day of a band that spans months means nothing. */
export function bandDecimals(quantity: Quantity): number {
  return quantity === 'count' || quantity === 'day' ? 0 : 1
}

/** A projected quarter as it is told: of a count, two figures are known. */
export function toldQuarter(point: ProjectedQuarter, quantity: Quantity): ProjectedQuarter {
  if (quantity !== 'count') return point
  const { quarter, ...quantiles } = point
  const told = Object.entries(quantiles).map(([name, value]) => [name, twoFigures(value)])
  return { quarter, ...(Object.fromEntries(told) as typeof quantiles) }
}

/** The median and the bands of a projected quarter, in words: `34,9 jours ; une chance sur deux d’être de…`. */
export function bandWords(point: ProjectedQuarter, quantity: Quantity): string {
  const decimals = bandDecimals(quantity)
  const { p05, p25, p50, p75, p95 } = toldQuarter(point, quantity)
  const median = decimals === 0 ? Math.round(p50) : p50
  return `${frenchQuantity(median, quantity)} ; une chance sur deux d’être ${fromRange(p25, p75, decimals)} ; ${NINE_IN_TEN} ${fromRange(p05, p95, decimals)}`
}
