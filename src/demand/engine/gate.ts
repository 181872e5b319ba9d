import { monthsOfQuarter } from '../../pure/calendar/period.ts'
import { exposureShift, gateOpening, ownVariability } from '../../pure/numerics/series/exposure-gate.ts'
import { centralFuture, type DemandInputs } from './demand.ts'
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
  const yearFrom = (month: number) => {
    let total = 0
    for (let i = month; i < month + 12; i++) total += due[i] ?? 0
    return total
  }
  const past: [number, number][] = []
  for (let month = start - 12; month >= 12 && past.length < 60; month--) {
    const pair: [number, number] = [yearFrom(month - 12), yearFrom(month)]
    if (pair[0] > 0) past.push(pair)
  }
  const variability = ownVariability(past, 12)
  const dueLastYear = yearFrom(start - 12)
  const years = Math.floor((due.length - start) / 12)
  return Array.from({ length: Math.max(0, years) }, (_, y) => {
    const projected = yearFrom(start + 12 * y)
    const shift = exposureShift(dueLastYear, projected, variability)
    return { year: y + 1, dueLastYear, due: projected, shift, opening: gateOpening(shift) }
  })
}

/** How far the titles coming due in each projected year differ from those of the last one. */
export function exposureGate(inputs: DemandInputs): GateYear[] {
  const start = monthIndex(monthsOfQuarter(inputs.firstQuarter)[0])
  const { due } = centralFuture(inputs)
  return gateYears(due, start)
}
