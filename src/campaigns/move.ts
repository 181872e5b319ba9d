import { HOLDERS, type RenewalFlow } from '../demand/engine/cohort-flow.ts'
import { COUNTER_TITLES, type CounterTitle } from '../demand/engine/national-issues.ts'
import type { Day } from '../pure/calendar/day.ts'
import { monthNumber, monthOfNumber } from '../pure/calendar/period.ts'
import { isLawful, titleOfHolders, windowsOf } from './campaign.ts'
import type { Message } from './effect-answer.ts'
import { type Means, REPEATED, RESPONSE_MONTHS } from './response.ts'

/** What some messages move, in requests of whatever the flow counts. */
export interface Moved {
  /** Requests more or less in each month of the flow; they sum to nothing. */
  change: Record<CounterTitle, Float64Array>
  told: number[]
  requests: number
  /** Months of validity that those who came early gave up. */
  monthsGivenUp: number
}

/**
 * What messages move: of those who would ask later, some ask within three months of the message instead, where the law
 * lets them. Whoever came is told no more and asks once; a further message to the same people is worth half the first.
 *
 * Example: 100 requests to come in month 5, told in month 1 with a tenth who answer: 5, 3 and 2 in months 1 to 3, 90 in 5.
 */
export function movedRequests(
  flow: RenewalFlow,
  messages: readonly Message[],
  rate: (means: Means) => number,
  day: Day,
): Moved {
  const { first, months, requests, returnRate } = flow
  const change = Object.fromEntries(
    COUNTER_TITLES.map(title => [title, new Float64Array(months)]),
  ) as Moved['change']
  const told = messages.map(() => 0)
  const left = new Map<number, { row: Float64Array; times: number }>()
  let [total, monthsGivenUp] = [0, 0]
  const inOrder = [...messages.keys()].sort((a, b) => (messages[a]!.sentIn < messages[b]!.sentIn ? -1 : 1))
  for (const m of inOrder) {
    const { holders, endsFrom, endsTo, sentIn, means, share } = messages[m]!
    const sent = monthNumber(sentIn) - first
    const moves = change[titleOfHolders(holders)]
    const [from, to] = [Math.max(0, monthNumber(endsFrom) - first), monthNumber(endsTo) - first]
    for (let end = from; end <= Math.min(to, months - 1); end++) {
      const start = (HOLDERS.indexOf(holders) * months + end) * months
      const cell = left.get(start) ?? { row: requests.slice(start, start + months), times: 0 }
      left.set(start, cell)
      const windows = windowsOf(holders, monthOfNumber(first + end), day)
      const before = cell.row.slice()
      const answered = rate(means) * share * REPEATED ** cell.times
      cell.times++
      for (let t = Math.max(0, sent); t < months; t++) told[m]! += (share * before[t]!) / returnRate
      for (const [k, profile] of RESPONSE_MONTHS.entries()) {
        const at = sent + k
        if (at < 0 || at >= months || !isLawful(windows, first + at)) continue
        for (let t = at + 1; t < months; t++) {
          const part = answered * profile * before[t]!
          if (part === 0) continue
          cell.row[t]! -= part
          moves[t]! -= part
          moves[at]! += part
          total += part
          monthsGivenUp += part * Math.max(0, end - at)
        }
      }
    }
  }
  return { change, told, requests: total, monthsGivenUp }
}
