import type { Quarter } from '../../pure/calendar/period.ts'
import { ASSUMPTIONS } from './assumption.ts'

/** A town hall among which the requests of a department are shared: what it draws, from the model of catchments. */
export interface SharingHall {
  insee: string
  /** Inhabitants whose requests it receives while every listed hall is open. */
  people: number
  /** Standard deviation of the logarithm of `people`. */
  spread: number
  /** What it draws from each quarter on, as openings and closings move people, in parts of `people`; 0 while closed. */
  presence: readonly { from: Quarter; share: number }[]
  /** Requests counted there for one title, and those of the nation in the same months; absent without local counts. */
  counted: { requests: number; nationalRequests: number; months: number } | undefined
  /** Requests of whole years that its grants tell, for both titles, beside those of the nation in the same years. */
  told?: readonly { requests: number; nationalRequests: number; spread: number }[] | undefined
}

/** What is believed of a hall: logarithm of its part of the national requests. */
export interface HallLevel {
  insee: string
  mean: number
  spread: number
  /** Whether local counts were used, or amounts that tell a count. */
  counted: boolean
}

/** Error of the national model over the months counted, on the log scale. */
const MODEL_SPREAD = 0.1
/** Month-to-month noise of one hall's counts around its level, on the log scale: closures, queues, campaigns. */
const MONTH_SPREAD = 0.25

/**
 * Level of each hall as a part of the national requests: what it draws times the local intensity, as a prior, then what
 * was counted there, and what its grants tell; each weighs the inverse of its variance, on the log scale. The errors of
 * the national model and of single months do not shrink with a thousand requests.
 *
 * @example A prior of 0.02 ± 0.3 (log) and counts of 0.03 ± 0.1: ln level = ln 0.03 − ln 1.5 × 0.1² ÷ (0.3² + 0.1²), 0.0288.
 */
export function hallLevels(halls: readonly SharingHall[], nationalPopulation: number): HallLevel[] {
  const { value: intensity, spread: intensitySpread } = ASSUMPTIONS.localIntensity
  return halls.map(hall => {
    const prior = Math.log((intensity * Math.max(1, hall.people)) / nationalPopulation)
    const known = evidence(hall)
    const all = [{ mean: prior, variance: hall.spread ** 2 + intensitySpread ** 2 }, ...known]
    const precision = all.reduce((sum, { variance }) => sum + 1 / variance, 0)
    return {
      insee: hall.insee,
      mean: all.reduce((sum, { mean, variance }) => sum + mean / variance, 0) / precision,
      // Without counts the intensity is drawn apart, for the department as a whole.
      spread: known.length > 0 ? Math.sqrt(1 / precision) : hall.spread,
      counted: known.length > 0,
    }
  })
}

function evidence({ counted, told = [] }: SharingHall): { mean: number; variance: number }[] {
  const known = told
    .filter(({ nationalRequests }) => nationalRequests > 0)
    .map(({ requests, nationalRequests, spread }) => ({
      mean: Math.log(requests / nationalRequests),
      variance: spread ** 2 + MODEL_SPREAD ** 2,
    }))
  if (counted !== undefined && counted.nationalRequests > 0) {
    // Half a request more (Anscombe 1948): a hall that counted nothing at all is not a hall without counts.
    const requests = counted.requests + 0.5
    known.push({
      mean: Math.log(requests / counted.nationalRequests),
      variance: 1 / requests + MODEL_SPREAD ** 2 + MONTH_SPREAD ** 2 / counted.months,
    })
  }
  return known
}

/**
 * One draw of the levels. Halls with counts stand on their own; those without share what is left of what the department
 * receives, whose own level is known better than the split: anyone may apply anywhere, so what one hall gains another
 * loses.
 * @param noiseOf a standard normal number for each hall.
 * @param received part of the nation's requests that the department receives on this path.
 */
export function drawLevels(
  levels: readonly HallLevel[],
  received: number,
  noiseOf: (hall: number) => number,
): number[] {
  const drawn = levels.map((level, hall) => Math.exp(level.mean + level.spread * noiseOf(hall)))
  const sumWhere = (counted: boolean) =>
    drawn.reduce((sum, level, i) => sum + (levels[i]?.counted === counted ? level : 0), 0)
  const uncounted = sumWhere(false)
  if (uncounted === 0) return drawn
  const priorUncounted = levels.reduce((sum, level) => sum + (level.counted ? 0 : Math.exp(level.mean)), 0)
  const left = Math.max(received - sumWhere(true), priorUncounted / 4)
  return drawn.map((level, i) => (levels[i]?.counted ? level : (level * left) / uncounted))
}

/** What each hall draws in a quarter, in parts of what it draws while all are open. */
export function presences(halls: readonly Pick<SharingHall, 'presence'>[], quarter: Quarter): number[] {
  return halls.map(({ presence }) => presence.findLast(({ from }) => from <= quarter)?.share ?? 1)
}

/** Levels in a quarter: who applied at a closed hall goes to its neighbours, by the weights of catchments. The sum is kept. */
export function levelsAmong(levels: readonly number[], presence: readonly number[]): number[] {
  const total = levels.reduce((sum, level) => sum + level, 0)
  const there = levels.reduce((sum, level, i) => sum + level * (presence[i] ?? 1), 0)
  return levels.map((level, i) => (there > 0 ? (level * (presence[i] ?? 1) * total) / there : 0))
}
