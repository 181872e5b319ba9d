import { firstDay, lastDay, type Month, monthOf, type Quarter } from '../pure/calendar/period.ts'
import type { Cohort } from '../pure/numerics/queues/fifo-queue.ts'
import { type PathBand, pathBand } from '../pure/numerics/series/path-band.ts'
import { daysFrom, workingDayShares } from './cert-capacity.ts'
import { type CertQuarter, runCert } from './cert-queue.ts'

/** A CERT to project: where it stands on the morning of the first month, and the demand that may come. */
export interface CertForecast {
  /** Months of each demand path, consecutive; the run starts on the first day of the first. */
  months: readonly Month[]
  /** Files received in each month, one list per path. */
  demand: readonly ArrayLike<number>[]
  /** Files treated each calendar day from that first day; longer is better. */
  capacity: ArrayLike<number>
  /** Files waiting at the start, the same for all paths or by path. */
  start: readonly Cohort[] | ((path: number) => readonly Cohort[])
  expressShare?: ArrayLike<number> | undefined
  targetDays: number
}

/** Bands of one quarter. `backward` is comparable with the published delay, `forward` with what a user is told. */
export interface CertQuarterBand {
  quarter: Quarter
  complete: boolean
  /** `undefined` when a path issues nothing in the quarter. */
  backward: PathBand | undefined
  forward: PathBand
  /** Files in stock on the last day; its probability is 0, a stock has no target of days. */
  stockAtEnd: PathBand
}

/** Bands by quarter, and the probability that the published delay passes its target at least once. */
export interface CertProjection {
  quarters: CertQuarterBand[]
  targetDays: number
  /** Share of the paths in which at least one complete quarter passes the target: more than in any one quarter. */
  probabilityEverOver: number
  paths: number
}

/**
 * Runs the queue of a CERT over each demand path. The bands are quantiles of what happens along whole paths, not a path
 * of quantiles: a high quarter follows a high quarter.
 *
 * @throws RangeError without any path, or when a path does not have one count per month.
 */
export function projectCert(forecast: CertForecast): CertProjection {
  const { months, demand, capacity, start, expressShare, targetDays } = forecast
  const from = firstDay(months[0] ?? '')
  const to = lastDay(months.at(-1) ?? '')
  const days = daysFrom(from, to)
  const shares = workingDayShares(from, to)
  const monthAt = days.map(day => months.indexOf(monthOf(day)))
  const runs = demand.map((counts, path) => {
    if (counts.length !== months.length) throw new RangeError(`path ${path} has ${counts.length} months`)
    return runCert({
      from,
      arrivals: shares.map((share, i) => share * counts[monthAt[i]!]!),
      capacity,
      start: typeof start === 'function' ? start(path) : start,
      expressShare,
    }).quarters
  })
  const over = (quarter: CertQuarter) => quarter.complete && (quarter.backwardDays ?? 0) > targetDays
  return {
    quarters: (runs[0] ?? []).map((_, i) =>
      bandsOf(
        Array.from(runs, run => run[i]!),
        targetDays,
      ),
    ),
    targetDays,
    probabilityEverOver: runs.filter(run => run.some(over)).length / runs.length,
    paths: runs.length,
  }
}

function bandsOf(quarters: readonly CertQuarter[], targetDays: number): CertQuarterBand {
  const backward = quarters.flatMap(q => q.backwardDays ?? [])
  return {
    quarter: quarters[0]!.quarter,
    complete: quarters[0]!.complete,
    backward: backward.length === quarters.length ? pathBand(backward, targetDays) : undefined,
    forward: pathBand(
      Array.from(quarters, q => q.forwardDays),
      targetDays,
    ),
    stockAtEnd: pathBand(
      Array.from(quarters, q => q.stockAtEnd),
      Number.POSITIVE_INFINITY,
    ),
  }
}
