import { lastDay, type Quarter } from '../pure/calendar/period.ts'
import type { PathBand } from '../pure/numerics/series/path-band.ts'
import { LEVERS } from './lever.ts'
import { actsFrom } from './scenario.ts'
import type { PlannedLever, Scenario } from './scenario-answer.ts'

/** A projected figure in one quarter. */
export interface OutcomeQuarter {
  quarter: Quarter
  band: PathBand
}

/** One figure under one scenario: its quarters, and its median where it is read at both ends of the amounts. */
export interface Outcome {
  /** Quarters told: beyond twelve only what a scenario changes is. */
  quarters: readonly OutcomeQuarter[]
  /** Quarter in which scenarios are compared: a year after the last of their first effects, the same for all. */
  at: Quarter
  /** Days that the scenario gains on the same futures, to the end of what is projected; absent where none is computed. */
  gains?: readonly { quarter: Quarter; gained: PathBand }[]
  /** What the scenario is worth over all its quarters: weeks of waiting saved, mean days gained once it acts. */
  worth?: { personWeeks: PathBand; days: PathBand; years: number }
  /** Medians there with the lowest and the highest amounts; `undefined` when amounts have no range. */
  range: { low: number | undefined; high: number | undefined } | undefined
}

/** A scenario beside the others. `id` is `undefined` for the baseline, nothing decided, and for one that is only tried. */
export interface Side {
  id: string | undefined
  name: string
  scenario: Scenario | undefined
  waits: Outcome | undefined
  delays: Outcome | undefined
}

/** Money known of a scenario, and how many of its levers have no known cost. */
export interface CostSum {
  once: number
  perYear: number
  unknown: number
}

/** Sums the costs that are known; the others stay unknown, never zero. */
export function costOf({ levers }: Scenario): CostSum {
  const known = levers.flatMap(({ cost }) => (cost === undefined ? [] : [cost]))
  return {
    once: known.reduce((sum, { once }) => sum + once, 0),
    perYear: known.reduce((sum, { perYear }) => sum + perYear, 0),
    unknown: levers.length - known.length,
  }
}

/**
 * Days that a scenario gains where scenarios are read: the median of what it gains future by future, or else what it takes
 * off the median of the baseline; `undefined` beyond the calendar of the model.
 */
export function daysSaved(baseline: Outcome | undefined, outcome: Outcome | undefined): number | undefined {
  if (outcome?.gains) return gainAt(outcome)?.median
  const [before, after] = [baseline, outcome].map(one => one && bandAt(one)?.median)
  return before === undefined || after === undefined ? undefined : before - after
}

/** The band of a figure where scenarios are read; `undefined` beyond the quarters told. */
export function bandAt({ quarters, at }: Outcome, quarter = at): PathBand | undefined {
  return quarters.find(one => one.quarter === quarter)?.band
}

/** Band of the days gained where scenarios are read. */
export function gainAt({ gains, at }: Outcome, quarter = at): PathBand | undefined {
  return gains?.find(one => one.quarter === quarter)?.gained
}

/**
 * Euros for one unit of what a scenario brings, over the years projected; high where little is brought. `undefined` when a
 * cost is unknown, and an end of the band is where nothing is brought.
 *
 * Example: 10,000 € once and 16,000 € a year for 3 years, 290 weeks saved (145 to 580): 200 € a week (100 to 400).
 */
export function costPer(
  { once, perYear, unknown }: CostSum,
  years: number,
  brought: PathBand,
): { low: number | undefined; median: number | undefined; high: number | undefined } | undefined {
  if (unknown > 0) return undefined
  const cost = once + perYear * years
  const per = (units: number | undefined) => (units !== undefined && units > 0 ? cost / units : undefined)
  return { low: per(brought.high90), median: per(brought.median), high: per(brought.low90) }
}

/** How many halls a scenario changes: scenarios of unlike extents are not ranked. */
export function extentOf(
  { levers, place }: Scenario,
  halls: (lever: PlannedLever) => readonly string[],
): string {
  const touched = levers.flatMap(lever => (LEVERS[lever.code].hall === 'none' ? [place] : halls(lever)))
  return [...new Set(touched)].sort().join(' ')
}

/** Whether a lever acts before the projection ends. */
export function actsInTime(lever: PlannedLever, outcome: Outcome | undefined): boolean {
  const last = (outcome?.gains ?? outcome?.quarters)?.at(-1)?.quarter
  return last !== undefined && actsFrom(lever) <= lastDay(last)
}

/** Whether a scenario changes appointments, delays, or both. */
export function actsOn({ levers }: Scenario): Set<'waits' | 'delays'> {
  return new Set(levers.map(({ code }) => LEVERS[code].acts))
}

/** Whether amounts are known within a range, so that both ends must be computed. */
export function hasRange({ levers }: Scenario): boolean {
  return levers.some(({ amount }) => amount.low < amount.central || amount.central < amount.high)
}
