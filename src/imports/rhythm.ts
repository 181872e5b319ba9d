import { median, medianAbsoluteDeviation } from 'simple-statistics'
import { addDays, type Day, daysBetween } from '../pure/calendar/day.ts'

/** When a source should publish next: a day with its margin, or why none can be told. */
export type NextPublication =
  | { state: 'expected' | 'late'; day: Day; earliest: Day; latest: Day; everyDays: number }
  | { state: 'too-few' | 'irregular' | 'silent' }

const LEAST_DAYS = 3
/** A source that changes its rhythm is judged by the new one before long. */
const MOST_GAPS = 8
/** A convention of ours: beyond half of its usual gap, a source is as often far from the estimate as near it. */
const MOST_SPREAD = 0.5
/** A convention of ours: after twice its longest gap, a source is taken to have stopped. */
const SILENT_AFTER = 2

/**
 * When a source should publish next, by its own last publications: the last day plus the median of the gaps between
 * them, from the shortest to the longest gap. Days in any order, repeated when several files came.
 *
 * @example days 1 January, 1 February, 1 March 2026 (gaps of 31 and 28): a median of 29.5, 31 March 2026 after rounding
 * up, from 29 March to 1 April.
 */
export function nextPublication(published: readonly Day[], today: Day): NextPublication {
  const days = [...new Set(published)].sort()
  const last = days.at(-1)
  if (last === undefined || days.length < LEAST_DAYS) return { state: 'too-few' }
  const gaps = days
    .slice(1)
    .map((day, i) => daysBetween(days[i]!, day))
    .slice(-MOST_GAPS)
    .sort((a, b) => a - b)
  const usual = median(gaps)
  if (medianAbsoluteDeviation(gaps) > MOST_SPREAD * usual) return { state: 'irregular' }
  const [shortest, longest] = [gaps[0]!, gaps.at(-1)!]
  if (daysBetween(last, today) > SILENT_AFTER * longest) return { state: 'silent' }
  const everyDays = Math.round(usual)
  const day = addDays(last, everyDays)
  return {
    state: day < today ? 'late' : 'expected',
    day,
    earliest: addDays(last, shortest),
    latest: addDays(last, longest),
    everyDays,
  }
}
