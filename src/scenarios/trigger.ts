import type { Day } from '../pure/calendar/day.ts'
import { type Quarter, quarterOf } from '../pure/calendar/period.ts'
import type { PlannedLever } from './scenario-answer.ts'
import type { TriggerReport } from './trigger-answer.ts'

/** Chances of passing a threshold in each projected quarter. */
export interface QuarterRisk {
  quarter: Quarter
  probability: number
}

/**
 * Whether a lever must be decided: the projected figure, on the day on which the lever would first act, is above its
 * threshold with more than its probability. What comes before that day the lever cannot help.
 *
 * Example: a lever that takes 26 weeks, decided on 1 April 2022, first acts on 30 September 2022: the third quarter counts.
 */
export function triggerState(
  threshold: NonNullable<PlannedLever['trigger']>,
  actsFrom: Day,
  risks: readonly QuarterRisk[],
): Pick<TriggerReport, 'quarter' | 'probability' | 'triggered' | 'reason'> {
  const risk = risks.find(one => one.quarter === quarterOf(actsFrom))
  if (risk === undefined)
    return { quarter: null, probability: null, triggered: false, reason: 'outside-horizon' }
  return { ...risk, triggered: risk.probability > threshold.probability, reason: null }
}
