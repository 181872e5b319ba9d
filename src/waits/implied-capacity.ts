import {
  addMonths,
  addQuarters,
  daysInPeriod,
  type Month,
  monthsOfQuarter,
  type Quarter,
} from '../pure/calendar/period.ts'
import { impliedOverload, type QuarterDelay } from '../pure/figures/overload.ts'

/** What one change of the wait between two quarters says of the slots offered between their middles. */
export interface CapacityReading {
  quarter: Quarter
  waitDays: number
  /** Requests ÷ slots − 1, from the slope of the wait. */
  overload: number
  /** Mean over the futures; the requests of past quarters are modelled too. */
  requestsPerDay: number
  slotsPerDay: number
}

/** The slots of a department that its published waits imply, along each future of the demand. */
export interface ImpliedCapacity {
  method: 'slope-of-waits' | 'taken-as-balanced'
  /** In a calendar day, one value per future, in the order given. */
  slotsPerDay: number[]
  /** Standard deviation of its logarithm, beside what the demand itself leaves open. */
  spread: number
  readings: CapacityReading[]
}

/** Changes of the wait that are read: a whole year, so that the shape of a year, which has no source, cancels out. */
export const MOST_READINGS = 4
/** When one wait alone is known, slots are taken as equal to requests within this, on the log scale. An assumption. */
export const BALANCED_SPREAD = 0.15

/**
 * Slots that explain the last year of waits: each change between two consecutive quarters gives
 * `slots = requests ÷ (1 + dW/dt)` between their middles, and the capacity is the geometric mean of the last four. Its
 * error is the standard error of that mean, plus nothing for what may be decided since.
 *
 * Example: 110 requests a day while the wait goes from 41 to 78 days in 91 days (+40.7 %) are 78 slots a day.
 *
 * @param waits consecutive quarters ending with the last one known. @param requestsIn requests of some months on each future.
 */
export function impliedCapacity(
  waits: readonly QuarterDelay[],
  requestsIn: (months: readonly Month[]) => readonly Float64Array[],
): ImpliedCapacity {
  const readable = impliedOverload(waits).slice(-MOST_READINGS)
  const readings = readable.flatMap(({ quarter, days, overload }) =>
    overload === undefined
      ? []
      : [{ quarter, days, overload, rates: betweenMiddles(addQuarters(quarter, -1), quarter, requestsIn) }],
  )
  if (readings.length === 0) {
    const last = monthsOfQuarter(waits.at(-1)?.quarter ?? '')[2]
    return {
      method: 'taken-as-balanced',
      slotsPerDay: requestsIn(yearTo(last)).map(path => total(path) / 365.25),
      spread: BALANCED_SPREAD,
      readings: [],
    }
  }
  const paths = readings[0]!.rates.length
  const logs = readings.map(({ rates, overload }) => rates.map(rate => Math.log(rate / (1 + overload))))
  const means = logs.map(values => total(values) / paths)
  const centre = total(means) / means.length
  const variance =
    means.length > 1
      ? total(means.map(mean => (mean - centre) ** 2)) / (means.length - 1)
      : BALANCED_SPREAD ** 2
  return {
    method: 'slope-of-waits',
    slotsPerDay: Array.from({ length: paths }, (_, path) =>
      Math.exp(total(logs.map(values => values[path]!)) / logs.length),
    ),
    spread: Math.sqrt(variance / means.length),
    readings: readings.map(({ quarter, days, overload, rates }) => {
      const requestsPerDay = total(rates) / paths
      return {
        quarter,
        waitDays: days,
        overload,
        requestsPerDay,
        slotsPerDay: requestsPerDay / (1 + overload),
      }
    }),
  }
}

/** Requests a calendar day between the middles of two consecutive quarters. */
function betweenMiddles(
  before: Quarter,
  quarter: Quarter,
  requestsIn: (months: readonly Month[]) => readonly Float64Array[],
): number[] {
  const [, middleBefore, lastBefore] = monthsOfQuarter(before)
  const [first, middle] = monthsOfQuarter(quarter)
  const months = [middleBefore, lastBefore, first, middle]
  const weights = [0.5, 1, 1, 0.5]
  const days = total(months.map((month, i) => daysInPeriod(month) * weights[i]!))
  return requestsIn(months).map(path => total(Array.from(path, (count, i) => count * weights[i]!)) / days)
}

function yearTo(month: Month): Month[] {
  return Array.from({ length: 12 }, (_, i) => addMonths(month, i - 11))
}

function total(values: ArrayLike<number>): number {
  let sum = 0
  for (let i = 0; i < values.length; i++) sum += values[i]!
  return sum
}
