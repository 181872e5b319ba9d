import { lastDay, type Quarter } from '../pure/calendar/period.ts'
import type { PathBand } from '../pure/numerics/series/path-band.ts'
import { actsFrom, LEVERS, type PlannedLever, type Scenario } from './scenario.ts'

/** A projected figure in one quarter. */
export interface OutcomeQuarter {
  quarter: Quarter
  band: PathBand
}

/** One figure under one scenario: its quarters, and its last median at both ends of the amounts. */
export interface Outcome {
  quarters: readonly OutcomeQuarter[]
  /** Last medians with the lowest and the highest amounts; `undefined` when amounts have no range. */
  range: { low: number | undefined; high: number | undefined } | undefined
}

/** A scenario beside the others. `id` is `undefined` for the baseline: nothing decided. */
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

/** Days that a scenario takes off the last median of the baseline; `undefined` beyond the calendar of the model. */
export function daysSaved(baseline: Outcome | undefined, outcome: Outcome | undefined): number | undefined {
  const [before, after] = [baseline?.quarters.at(-1)?.band.median, outcome?.quarters.at(-1)?.band.median]
  return before === undefined || after === undefined ? undefined : before - after
}

/** Whether a lever acts before the projection ends. */
export function actsInTime(lever: PlannedLever, lastQuarter: Quarter | undefined): boolean {
  return lastQuarter !== undefined && actsFrom(lever) <= lastDay(lastQuarter)
}

/** Whether a scenario changes appointments, delays, or both. */
export function actsOn({ levers }: Scenario): Set<'waits' | 'delays'> {
  return new Set(levers.map(({ code }) => LEVERS[code].acts))
}

/** Whether amounts are known within a range, so that both ends must be computed. */
export function hasRange({ levers }: Scenario): boolean {
  return levers.some(({ amount }) => amount.low < amount.central || amount.central < amount.high)
}
