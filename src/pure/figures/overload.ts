import { addQuarters, daysInPeriod, type Quarter } from '../calendar/period.ts'

/** A delay published for a quarter, in days. */
export interface QuarterDelay {
  quarter: Quarter
  days: number
}

/** What the slope of a delay says of the load between the middles of two quarters. */
export interface Overload {
  quarter: Quarter
  days: number
  /** Demand ÷ capacity − 1; 0.13 is 13 % more demand than capacity. `undefined` for the first or after a gap. */
  overload: number | undefined
}

/**
 * Overload implied by a published delay, `dD/dt = load − 1`: a queue that keeps its order grows by a day of delay
 * for each day of work received beyond what is treated, whatever the number of files (fluid queue, Newell 1982).
 *
 * `dD` is the change between two consecutive quarters and `dt` the days between their middles, half the days of one
 * plus half the days of the other. Both are in days: the result has no unit. Example, CNI and passports 2021: 6 → 8 days
 * over (90 + 91) ÷ 2 = 90.5 days is +2.2 %, then 6 ÷ 91.5 = +6.6 % and 12 ÷ 92 = +13.0 %. Town-hall appointments
 * (19, 33, 40, 41, 78): +15.5, +7.7, +1.1, +40.7 %.
 *
 * The slope alone never says whether demand rose or capacity fell, and it is no load when old files have entered at once:
 * the published mean mixes before and after.
 */
export function impliedOverload(quarters: readonly QuarterDelay[]): Overload[] {
  const inOrder = [...quarters].sort((a, b) => (a.quarter < b.quarter ? -1 : 1))
  return inOrder.map(({ quarter, days }, i) => {
    const previous = inOrder[i - 1]
    if (previous === undefined || addQuarters(previous.quarter, 1) !== quarter)
      return { quarter, days, overload: undefined }
    const between = (daysInPeriod(previous.quarter) + daysInPeriod(quarter)) / 2
    return { quarter, days, overload: (days - previous.days) / between }
  })
}
