import { addDays, type Day } from '../calendar/day.ts'

/** An amount known within a range. */
export interface Range {
  low: number
  central: number
  high: number
}

/** Which end of the ranges a scenario takes. */
export type RangeEnd = keyof Range

/** Something that changes a service: how much, how long before it acts, and what then changes. */
export interface Lever<Parameters> {
  amount: Range
  /** Weeks from the decision to the first effect. */
  leadWeeks: number
  /** The parameters once the lever acts with a given amount. */
  change: (parameters: Parameters, amount: number) => Parameters
}

/** A lever that somebody decides on a day, for good or until a day included. */
export interface Decision<Parameters> {
  lever: Lever<Parameters>
  decidedOn: Day
  until?: Day
}

/** An amount taken as certain. */
export function exactly(amount: number): Range {
  return { low: amount, central: amount, high: amount }
}

/** First day on which a decision acts: `leadWeeks` after it is taken. */
export function firstEffect<Parameters>({ lever, decidedOn }: Decision<Parameters>): Day {
  return addDays(decidedOn, Math.ceil(lever.leadWeeks * 7))
}

/** Parameters on a day: those at the start, changed by every decision in effect, in the order given. */
export function parametersOn<Parameters>(
  day: Day,
  start: Parameters,
  decisions: readonly Decision<Parameters>[],
  end: RangeEnd = 'central',
): Parameters {
  return decisions
    .filter(
      decision => firstEffect(decision) <= day && (decision.until === undefined || day <= decision.until),
    )
    .reduce((parameters, { lever }) => lever.change(parameters, lever.amount[end]), start)
}
