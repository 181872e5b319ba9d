import { largest } from '../../pure/numerics/extremes.ts'
import { exposureShift, ownVariability } from '../../pure/numerics/series/exposure-gate.ts'
import type { ReturnRate } from '../../pure/numerics/series/return-rate.ts'
import type { DemandPoint } from './renewal.ts'

/** A series engine: what comes after some regularly spaced values, `undefined` where nothing is to be learned. */
export type SeriesForecaster = (
  values: readonly (number | undefined)[],
  options: { period: number; horizon: number },
) => {
  mean: ArrayLike<number>
  /** Size of an ordinary error of its own at each step, where it says it. */
  spread?: ArrayLike<number>
}

/** A projection by renewal cycles alone, in its parts. */
export interface CohortForecast {
  points: DemandPoint[]
  returnRate: ReturnRate
  /** Titles due in each projected period, those issued meanwhile included: a short validity ends within the horizon. */
  due: readonly number[]
}

/** What is known of a demand up to a period, in whole months, quarters or years on one common count. */
export interface DemandRecord {
  /** Period of the first value of `observed`. */
  start: number
  /** Requests in each period; `undefined` where they were not counted. */
  observed: readonly (number | undefined)[]
  stepsAYear: 1 | 4 | 12
  /** The titles whose holders come back. */
  cohorts: CohortSource
  /** Lockdowns, the closing of a tool: periods that nothing is learned from. */
  exceptional: ReadonlySet<number>
}

/** Titles issued earlier, under their law: those of a country, or the share of a nation that a town hall receives. */
export interface CohortSource {
  /** First period whose titles due are all known, because the cohorts reach far enough back. */
  dueKnownFrom: number
  /** Whether their ends are known, written on each title or in a law with its source, or told by a law that may be wrong. */
  ends: 'known' | 'told'
  /** Titles due in each period from `start` on. */
  due(start: number, periods: number): number[]
  /** The same titles as they were known before a period: nothing issued since. */
  knownBefore(period: number): CohortSource
  /** What they and the observed periods of a record say of the periods that follow it. */
  project(record: DemandRecord, horizon: number, forecastSeries: SeriesForecaster): CohortForecast
}

/** The period after the last of a record: the first to project. */
export function periodAfter(record: DemandRecord): number {
  return record.start + record.observed.length
}

/** The observations to learn from: exceptional periods are absent, not low. */
export function ordinary(record: DemandRecord): (number | undefined)[] {
  return record.observed.map((value, t) => (record.exceptional.has(record.start + t) ? undefined : value))
}

/** Titles due in each observed period; `undefined` before the cohorts reach far enough back. */
export function dueInHistory(record: DemandRecord): (number | undefined)[] {
  return record.cohorts
    .due(record.start, record.observed.length)
    .map((titles, t) => (record.start + t >= record.cohorts.dueKnownFrom ? titles : undefined))
}

/** Titles due in the last two years, and in each coming year that the horizon reaches, with their own variability. */
export interface Exposure {
  /** `undefined` where the cohorts do not reach that far back. */
  yearBefore: number | undefined
  lastYear: number
  projectedYears: readonly number[]
  variability: number
}

/**
 * The exposure that the gate reads, from the titles due that the cohorts project; titles already issued fill the last year.
 * `undefined` where a year of titles due is not known yet.
 */
export function exposureOf(record: DemandRecord, projected: readonly number[]): Exposure | undefined {
  const years = Math.ceil(projected.length / record.stepsAYear)
  const issued = record.cohorts.due(periodAfter(record), years * record.stepsAYear)
  const coming = issued.map((titles, h) => projected[h] ?? titles)
  return exposureFrom(dueInHistory(record), coming, record.stepsAYear)
}

/** The exposure of titles due in past periods and in coming ones; whole years only count. */
export function exposureFrom(
  history: readonly (number | undefined)[],
  coming: readonly number[],
  stepsAYear: number,
): Exposure | undefined {
  const dueYears = dueByYear(history, stepsAYear)
  const lastYear = dueYears.at(-1)
  if (lastYear === undefined) return undefined
  const years = Math.floor(coming.length / stepsAYear)
  return {
    yearBefore: dueYears[dueYears.length - 1 - stepsAYear],
    lastYear,
    projectedYears: Array.from({ length: years }, (_, year) =>
      coming.slice(year * stepsAYear, (year + 1) * stepsAYear).reduce((sum, titles) => sum + titles, 0),
    ),
    variability: ownVariability(yearlyChanges(dueYears, stepsAYear), stepsAYear),
  }
}

/** Titles due in the year that ends with each observed period; `undefined` where they are not all known. */
function dueByYear(history: readonly (number | undefined)[], stepsAYear: number): (number | undefined)[] {
  return history.map((_, t) => {
    const window = history.slice(Math.max(0, t + 1 - stepsAYear), t + 1)
    return window.length < stepsAYear || window.includes(undefined)
      ? undefined
      : window.reduce<number>((sum, titles) => sum + titles!, 0)
  })
}

function yearlyChanges(years: readonly (number | undefined)[], stepsAYear: number): [number, number][] {
  return years.flatMap((after, t) => {
    const before = years[t - stepsAYear]
    return before === undefined || after === undefined ? [] : [[before, after]]
  })
}

/** Noises beyond which a past change of exposure parts two regimes, the former teaching nothing of the season. */
const BREAK_NOISES = 5
/** Years that a series needs after a break to know its new level and season: a season is seen when it has recurred. */
const YEARS_TO_SEE = 3
/** Values without which a series cannot forget what came before, at any step. */
const LEAST_AFTER_BREAK = 12

/**
 * The regime that a series may learn from: `start` is its first period. It parts where the titles due of a year moved by at least five noises from
 * the year before; what came earlier has the level and the season of another law. Until three years have been
 * seen since, the series is blind.
 */
export function presentRegime(record: DemandRecord) {
  const { stepsAYear } = record
  const years = dueByYear(dueInHistory(record), stepsAYear)
  const variability = ownVariability(yearlyChanges(years, stepsAYear), stepsAYear)
  const shifts = years.map((after, t) => {
    const before = years[t - stepsAYear]
    return before === undefined || after === undefined ? 0 : exposureShift(before, after, variability)
  })
  const latest = shifts.findLastIndex(shift => shift >= BREAK_NOISES)
  if (latest < 0) return { start: 0, blind: false }
  const run = shifts.slice(Math.max(0, latest + 1 - stepsAYear), latest + 1)
  const peak = latest + 1 - run.length + run.indexOf(largest(run))
  const start = Math.max(0, peak + 1 - stepsAYear)
  const seen = years.length - start
  return {
    start: seen >= Math.max(YEARS_TO_SEE * stepsAYear, LEAST_AFTER_BREAK) ? start : 0,
    blind: seen < YEARS_TO_SEE * stepsAYear,
  }
}

/** The record as it was known some periods earlier: nothing observed or issued since. */
export function asKnownBefore(record: DemandRecord, periods: number): DemandRecord {
  const observed = record.observed.slice(0, Math.max(0, record.observed.length - periods))
  const end = record.start + observed.length
  return { ...record, observed, cohorts: record.cohorts.knownBefore(end) }
}
