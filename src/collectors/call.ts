import type { Cause, Reason } from './collector.ts'
import { DOCUMENTS_NUMBER } from './collector.ts'
import type { Stretch } from './slot-count.ts'

/** Seconds given to a call: those that France Titres' hub gives. */
export const CALL_MILLIS = 15_000
/** Most that an answer may weigh. A month of sixty points weighs a third of it; a longer one is asked for in halves. */
export const LARGEST_ANSWER = 4 * 1024 * 1024
/** Calls that an editor takes in a minute. */
export const CALLS_A_MINUTE = 30
/** Calls that fail one after the other before an editor is left alone until the next reading. */
export const FAILURES_BEFORE_GIVING_UP = 12
/** Calls without an answer in time, one after the other, before the same: each takes as long as a call may. */
export const SILENCES_BEFORE_GIVING_UP = 6
/** Characters of a question: servers refuse addresses of more than 8,192. */
const LONGEST_QUESTION = 6_000

/** Points to ask for together, as many as an address takes. */
export function batchesOf(points: readonly string[]): string[][] {
  const batches: string[][] = []
  let left = 0
  for (const point of points) {
    const length = parameter(point).length + 1
    if (left < length) {
      batches.push([])
      left = LONGEST_QUESTION
    }
    batches.at(-1)!.push(point)
    left -= length
  }
  return batches
}

/** The path and question of a call for slots; parameters repeat without brackets, as the contract has it. */
export function slotsQuestion(points: readonly string[], reason: Reason, { from, to }: Stretch): string {
  const about = new URLSearchParams({
    start_date: from,
    end_date: to,
    reason,
    documents_number: String(DOCUMENTS_NUMBER),
  })
  return `/availableTimeSlots?${points.map(parameter).join('&')}&${about}`
}

function parameter(point: string): string {
  return `meeting_point_ids=${encodeURIComponent(point)}`
}

/** What a status says; `undefined` for an answer to be read. */
export function causeOfStatus(status: number): Cause | undefined {
  if (status === 200) return undefined
  if (status === 401 || status === 403) return 'token-refused'
  if (status === 429) return 'too-many-calls'
  if (status === 408 || status === 504) return 'timeout'
  if (status >= 300 && status < 400) return 'redirected'
  if (status >= 400 && status < 500) return 'question-refused'
  return status >= 500 ? 'server-error' : 'invalid-answer'
}

/** Whether the same question may be answered a little later. */
export function isPassing(cause: Cause): boolean {
  return ['timeout', 'too-many-calls', 'server-error', 'no-connection', 'invalid-answer'].includes(cause)
}

/** Whether fewer points in a question may be answered: one may be what the editor cannot tell of. */
export function dividesWell(cause: Cause): boolean {
  return (
    cause === 'question-refused' || cause === 'too-large' || (isPassing(cause) && cause !== 'too-many-calls')
  )
}

const LONGEST_PATIENCE_MILLIS = 60_000

/** What an answer says of when to ask again (RFC 9110, 10.2.3), and when it was made by the clock of its server. */
export interface Rest {
  'retry-after'?: string | undefined
  date?: string | undefined
}

/**
 * Time to leave after a failure: a second, then two, or as long as the editor says: seconds, or a date on its own clock;
 * the longest when that cannot be read. `undefined` when it asks for more than a reading can wait.
 */
export function patience(
  failures: number,
  { 'retry-after': retryAfter, date = '' }: Rest,
): number | undefined {
  const usual = failures > 1 ? 2_000 : 1_000
  if (retryAfter === undefined) return usual
  const isDate = retryAfter.endsWith('GMT')
  const asked = isDate
    ? Date.parse(retryAfter) - Date.parse(date)
    : /^\d+$/.test(retryAfter)
      ? Number(retryAfter) * 1_000
      : Number.NaN
  if (Number.isNaN(asked)) return LONGEST_PATIENCE_MILLIS
  return asked > LONGEST_PATIENCE_MILLIS ? undefined : Math.max(usual, asked)
}

/** Whether an answer says that another page follows it (RFC 8288): the contract has none, and a part is not read as the whole. */
export function hasNextPage(link = ''): boolean {
  return /;\s*rel\s*=\s*(?:"[^"]*\bnext\b|next\b)/i.test(link)
}

/** Where a redirect puts the same question to the same origin, as servers do for a slash; `undefined` when it leads elsewhere. */
export function sameQuestion(asked: URL, location: string | undefined): URL | undefined {
  if (location === undefined || !URL.canParse(location, asked.href)) return undefined
  const next = new URL(location, asked)
  const route = ({ pathname }: URL) => pathname.replace(/\/+$/, '').split('/').at(-1)
  const isSame = next.origin === asked.origin && route(next) === route(asked) && next.search === asked.search
  return isSame && next.href !== asked.href ? next : undefined
}
