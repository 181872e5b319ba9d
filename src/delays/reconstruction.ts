import { addDays, type Day, daysBetween } from '../pure/calendar/day.ts'
import { lastDay, type Quarter, quartersBetween } from '../pure/calendar/period.ts'
import { isWorkingDay } from '../pure/calendar/working-days.ts'
import type { QuarterDelay } from '../pure/figures/overload.ts'
import { largest } from '../pure/numerics/extremes.ts'
import { daysFrom } from './cert-capacity.ts'
import { evenlyAged, runCert } from './cert-queue.ts'

/** A past told with supposed volumes, to be held against the published delays. */
export interface Supposition {
  from: Day
  startFiles: number
  startDays: number
  filesPerWorkingDay: number
  /** Files received ÷ files treated: 1 until the injection, this from then on. */
  loadAfterInjection: number
  injectionDay: Day
  injectionFiles: number
  expressShare: number
}

/** What a supposition gives for each quarter, beside what was published. */
export interface Reconstruction {
  quarters: {
    quarter: Quarter
    publishedDays: number | undefined
    days: number | undefined
    gapDays: number | undefined
  }[]
  /** Largest gap with a published delay; `undefined` when none was published. */
  worstGapDays: number | undefined
  stock: { day: Day; files: number }
}

/**
 * Two stories that both fit the licences of 2021 in Charente, with the volumes that three published numbers allow: 14
 * days and 8,000 files in March, more than 12,000 at the end of August. They are suppositions, kept to show that the
 * published delays cannot choose between them.
 */
export const LICENCES_2021: Record<'plain' | 'express', { label: string; supposition: Supposition }> = {
  plain: {
    label: 'File simple',
    supposition: {
      from: '2020-11-01',
      startFiles: 3_450,
      startDays: 14,
      filesPerWorkingDay: 345,
      loadAfterInjection: 1,
      injectionDay: '2021-03-31',
      injectionFiles: 8_000,
      expressShare: 0,
    },
  },
  express: {
    label: 'Avec une voie rapide',
    supposition: {
      from: '2020-11-01',
      startFiles: 3_600,
      startDays: 14,
      filesPerWorkingDay: 360,
      loadAfterInjection: 1.01,
      injectionDay: '2021-03-30',
      injectionFiles: 8_000,
      expressShare: 0.35,
    },
  },
}

/**
 * Runs the queue of a CERT on supposed volumes, up to the last published quarter.
 *
 * @param stockOn day on which the stock is wanted.
 */
export function reconstruct(
  supposition: Supposition,
  published: readonly QuarterDelay[],
  until: Quarter,
  stockOn: Day,
): Reconstruction {
  const { from, filesPerWorkingDay, loadAfterInjection, injectionDay, injectionFiles } = supposition
  const days = daysFrom(from, lastDay(until))
  const capacity = Float64Array.from(days, day => (isWorkingDay(day) ? filesPerWorkingDay : 0))
  const run = runCert({
    from,
    capacity,
    arrivals: capacity.map((files, i) => (days[i]! >= injectionDay ? files * loadAfterInjection : files)),
    start: evenlyAged(supposition.startFiles, supposition.startDays),
    injections: injectionFiles > 0 ? [{ day: injectionDay, files: injectionFiles }] : [],
    expressShare: supposition.expressShare,
  })
  const known = new Map(published.map(({ quarter, days: value }) => [quarter, value]))
  const first = run.quarters.find(one => one.complete)?.quarter ?? until
  const quarters = quartersBetween(first, until).map(quarter => {
    const value = run.quarters.find(one => one.quarter === quarter)?.backwardDays
    const publishedDays = known.get(quarter)
    return {
      quarter,
      publishedDays,
      days: value,
      gapDays: value === undefined || publishedDays === undefined ? undefined : value - publishedDays,
    }
  })
  const gaps = quarters.flatMap(({ gapDays }) => (gapDays === undefined ? [] : [Math.abs(gapDays)]))
  const asked = Math.min(Math.max(0, daysBetween(from, stockOn)), days.length - 1)
  return {
    quarters,
    worstGapDays: gaps.length === 0 ? undefined : largest(gaps),
    stock: { day: addDays(from, asked), files: run.days.stock[asked] ?? 0 },
  }
}
