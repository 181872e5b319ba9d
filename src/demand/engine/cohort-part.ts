import type { LagKernel } from '../../pure/numerics/series/lag-kernel.ts'
import { returnRateFromChanges, returnRateFromReturns } from '../../pure/numerics/series/return-rate.ts'
import {
  type CohortForecast,
  type CohortSource,
  type DemandRecord,
  dueInHistory,
  ordinary,
  periodAfter,
  presentRegime,
  type SeriesForecaster,
} from './demand-record.ts'
import { profileTrust, trustedProfile } from './profile-trust.ts'
import {
  type Cohort,
  cohortsOf,
  type DemandPoint,
  dueTitles,
  type OfGroup,
  projectDemand,
  type ValidityRule,
} from './renewal.ts'

/** Titles of a country, an office or a file by period of issue, and the law that says when they end. */
export interface LawfulCohorts {
  titles: readonly Cohort[]
  validities: ValidityRule
  kernel: LagKernel
  /** First period whose titles due are all known. */
  dueKnownFrom: number
  /** Return rate of each group relative to the mean of all; 1 for all when absent. */
  relativeRate?: OfGroup
  ends: CohortSource['ends']
  /** Whether what is observed counts renewals apart, or every request together. */
  counted: 'renewals' | 'requests'
}

/** Cohorts under a dated law, as a record of demand takes them: another title, or another country, is another law. */
export function cohortsUnderLaw(cohorts: LawfulCohorts): CohortSource {
  const { titles, kernel, relativeRate, dueKnownFrom, ends } = cohorts
  return {
    ends,
    dueKnownFrom,
    due: (start, periods) => dueTitles(titles, kernel, start, periods, relativeRate),
    knownBefore: period =>
      cohortsUnderLaw({ ...cohorts, titles: titles.filter(cohort => cohort.issued < period) }),
    project: (record, horizon, forecastSeries) => projectCohorts(cohorts, record, horizon, forecastSeries),
  }
}

/**
 * Demand from renewal cycles: cohorts × return rate × lag kernel, plus the other requests. Those are observed −
 * expected renewals, projected by the series engine on the log scale; where renewals are counted apart there are
 * none, and months are drawn toward their year as far as observed months tell the expected profile to be noise.
 */
function projectCohorts(
  cohorts: LawfulCohorts,
  record: DemandRecord,
  horizon: number,
  forecastSeries: SeriesForecaster,
): CohortForecast {
  const observed = ordinary(record)
  const dueBefore = dueInHistory(record)
  // Where renewals are counted apart, a return counts for half after a year.
  const returnRate =
    cohorts.counted === 'renewals'
      ? returnRateFromReturns(observed, dueBefore, record.stepsAYear)
      : returnRateFromChanges(observed, dueBefore)
  const other =
    cohorts.counted === 'renewals'
      ? new Array<number>(horizon).fill(0)
      : otherRequests(observed, dueBefore, returnRate.mean, record.stepsAYear, horizon, forecastSeries)
  const points = projectDemand({
    cohorts: cohorts.titles,
    kernel: cohorts.kernel,
    returnRate: group => returnRate.mean * (cohorts.relativeRate?.(group) ?? 1),
    start: periodAfter(record),
    other,
    validities: cohorts.validities,
  })
  const issued = points.map(({ total }) => total)
  const due = dueTitles(
    [...cohorts.titles, ...cohortsOf(periodAfter(record), issued, cohorts.validities)],
    cohorts.kernel,
    periodAfter(record),
    horizon,
    cohorts.relativeRate,
  )
  if (cohorts.counted === 'requests' || record.stepsAYear === 1) return { points, returnRate, due }
  const { start: regime } = presentRegime(record)
  const trust = profileTrust(observed.slice(regime), dueBefore.slice(regime), record.stepsAYear)
  const trusted = trustedProfile(issued, trust, record.stepsAYear)
  return {
    returnRate,
    due,
    points: points.map((point, h) => scaled(point, issued[h]! > 0 ? trusted[h]! / issued[h]! : 1)),
  }
}

function scaled(point: DemandPoint, factor: number): DemandPoint {
  return {
    ...point,
    total: point.total * factor,
    other: point.other * factor,
    renewals: new Map([...point.renewals].map(([issued, part]) => [issued, part * factor])),
  }
}

/** Least share of the requests that renewals leave to the others, so that their logarithm exists. */
const LEAST_OTHER_SHARE = 0.05

function otherRequests(
  observed: readonly (number | undefined)[],
  due: readonly (number | undefined)[],
  rate: number,
  period: number,
  horizon: number,
  forecastSeries: SeriesForecaster,
): number[] {
  const logs = observed.flatMap((requests, t) => {
    const exposed = due[t]
    if (exposed === undefined) return []
    if (requests === undefined || requests <= 0) return [undefined]
    return [Math.log(Math.max(LEAST_OTHER_SHARE * requests, requests - rate * exposed))]
  })
  const known = logs.filter(log => log !== undefined)
  if (known.length === 0) return new Array<number>(horizon).fill(0)
  const years = Math.ceil(horizon / period)
  const { mean } = forecastSeries(logs, { period, horizon: years * period })
  const lastYear = average(known.slice(-period))
  return Array.from({ length: horizon }, (_, h) => {
    const from = Math.floor(h / period) * period
    const year = average(Array.from({ length: period }, (_, step) => mean[from + step]!))
    return Math.exp(mean[h]! - (1 - TREND_SHARE) * (year - lastYear))
  })
}

/**
 * Share kept of the engine's trend in other requests. They are a difference of two uncertain numbers, and an error
 * in ρ leaks into them as a trend that does not last. On passports of two countries over fifty years of origins, half
 * of it erred no more than all of it to within a tenth of a point, and mostly less; none erred less still on most of
 * them, but cannot follow a steady growth.
 */
const TREND_SHARE = 0.5

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
}
