import { addDays, type Day, daysBetween } from '../pure/calendar/day.ts'
import { firstDay, lastDay, type Quarter, quarterOf, quartersBetween } from '../pure/calendar/period.ts'
import { STOCK_AGE_NAMES, STOCK_AGES, type StockAge } from '../pure/figures/stock-age.ts'
import { backwardDelay, forwardDelay } from '../pure/numerics/queues/fifo-delay.ts'
import { type Cohort, type FifoDays, runFifo } from '../pure/numerics/queues/fifo-queue.ts'
import { sum } from '../pure/numerics/sum.ts'

/** Files that enter at once on a known day: their clock starts that day, as published delays do. */
export interface CertInjection {
  day: Day
  files: number
}

/** A CERT from a day on: `arrivals` and `capacity` in files a calendar day; `capacity` may run on after `arrivals`. */
export interface CertRun {
  from: Day
  arrivals: ArrayLike<number>
  capacity: ArrayLike<number>
  start: readonly Cohort[]
  injections?: readonly CertInjection[]
  expressShare?: number | ArrayLike<number> | undefined
}

/** A quarter of a CERT, in calendar days and files. The two delays are on different clocks: never compare them unnamed. */
export interface CertQuarter {
  quarter: Quarter
  /** Whether the run covers the whole quarter. */
  complete: boolean
  /** Mean age of the files issued in the quarter: the published figure. `undefined` when none was issued. */
  backwardDays: number | undefined
  /** Mean wait ahead of the files that arrived in the quarter; `Infinity` beyond the capacity known. */
  forwardDays: number
  stockAtEnd: number
  arrived: number
  issued: number
}

/**
 * Daily first-in first-out queue of a CERT, told by quarter. Files arrive before the day's work is done.
 *
 * Example, licences of 2021 in Charente: 3,450 files aged up to 14 days on 1 November 2020, 345 in and 345 out per
 * working day, 8,000 injected on 31 March give 14.4, 37.5, 47.3 and 47.9 days and 11,450 files on 31 August, where the
 * committee printed 14, 31, 48, 48 and "more than 12,000".
 */
export function runCert(run: CertRun): { days: FifoDays; quarters: CertQuarter[] } {
  const { from, arrivals, capacity, start, injections = [], expressShare = 0 } = run
  const days = runFifo({
    arrivals,
    capacity,
    initial: start,
    injections: injections.map(({ day, files }) => ({ day: daysBetween(from, day), count: files })),
    expressShare,
  })
  const to = addDays(from, days.stock.length - 1)
  const quarters = quartersBetween(quarterOf(from), quarterOf(to)).map(quarter => {
    const first = Math.max(0, daysBetween(from, firstDay(quarter)))
    const last = Math.min(days.stock.length - 1, daysBetween(from, lastDay(quarter)))
    return {
      quarter,
      complete: firstDay(quarter) >= from && lastDay(quarter) <= to,
      backwardDays: backwardDelay(days, first, last),
      forwardDays: forwardDelay(days, first, last),
      stockAtEnd: days.stock[last]!,
      arrived: sum(days.arrived.subarray(first, last + 1)),
      issued: sum(days.issued.subarray(first, last + 1)),
    }
  })
  return { days, quarters }
}

/**
 * A stock whose ages are spread evenly from 1 day to `maxAgeDays`, the shape left by a steady inflow: behind a
 * delay of D days at n files a calendar day stand `evenlyAged(n * D, D)`. A part of a day takes its part:
 * `evenlyAged(10, 2.5)` is 4 files aged 1 day, 4 aged 2, 2 aged 3.
 */
export function evenlyAged(count: number, maxAgeDays: number): Cohort[] {
  if (maxAgeDays <= 0) return count > 0 ? [{ ageDays: 0, count }] : []
  return Array.from({ length: Math.ceil(maxAgeDays) }, (_, i) => ({
    ageDays: i + 1,
    count: (count * Math.min(1, maxAgeDays - i)) / maxAgeDays,
  }))
}

/** Days over which files of more than sixty days are spread, where nothing says how old the oldest is: an assumption. */
const OLDEST_SPAN = 30

/**
 * A stock as it was counted: files of each band of ages spread evenly over its days; a total that the bands do not reach,
 * or pass, is aged as they are. Example: 70 files of 7 days at most are 10 aged 1 day, 10 aged 2, and so on.
 */
export function countedCohorts(total: number, ages: Partial<Record<StockAge, number>>): Cohort[] {
  const aged = sum(STOCK_AGE_NAMES.map(name => ages[name] ?? 0))
  const scale = total / aged
  return STOCK_AGE_NAMES.flatMap((name, i) => {
    if (!ages[name]) return []
    const after = i === 0 ? 0 : STOCK_AGES[STOCK_AGE_NAMES[i - 1]!].most
    const days = Number.isFinite(STOCK_AGES[name].most) ? STOCK_AGES[name].most - after : OLDEST_SPAN
    return evenlyAged(ages[name] * scale, days).map(({ ageDays, count }) => ({
      ageDays: after + ageDays,
      count,
    }))
  })
}
