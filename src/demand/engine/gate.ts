import { monthsOfQuarter } from '../../pure/calendar/period.ts'
import { exposureShift, gateOpening } from '../../pure/numerics/series/exposure-gate.ts'
import { centralFuture, type DemandInputs } from './demand.ts'
import { exposureFrom } from './demand-record.ts'
import { monthIndex } from './simulated-month.ts'

/** How far a projected year differs from the last one in titles coming due, and how much that opens the gate. */
export interface GateYear {
  /** 1 for the twelve months that start with the projection. */
  year: number
  dueLastYear: number
  due: number
  /** Change in units of its own counting noise. */
  shift: number
  /** 0: past errors choose between cohorts and series; 1: the cohorts are followed. */
  opening: number
}

/**
 * Reads the gate of every projected year from the titles that come back by month: the twelve months before the
 * projection against the twelve of each year (the exposure speaks, METHODS of this house: past errors alone choose
 * wrongly when a rule of validity changes the flow).
 *
 * @param due titles of the department that come back, by month; `start` is the first projected month.
 */
export function gateYears(due: ArrayLike<number>, start: number): GateYear[] {
  const all = Array.from(due)
  const exposure = exposureFrom(all.slice(Math.max(0, start - PAST_MONTHS), start), all.slice(start), 12)
  return (exposure?.projectedYears ?? []).map((projected, y) => {
    const { lastYear, variability } = exposure!
    const shift = exposureShift(lastYear, projected, variability)
    return { year: y + 1, dueLastYear: lastYear, due: projected, shift, opening: gateOpening(shift) }
  })
}

/** Months whose changes tell how much titles due vary by themselves. */
const PAST_MONTHS = 84

/** How far the titles coming due in each projected year differ from those of the last one. */
export function exposureGate(inputs: DemandInputs): GateYear[] {
  const start = monthIndex(monthsOfQuarter(inputs.firstQuarter)[0])
  const { due } = centralFuture(inputs)
  return gateYears(due, start)
}
