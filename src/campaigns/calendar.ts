import { HOLDERS, type RenewalFlow } from '../demand/engine/cohort-flow.ts'
import { COUNTER_TITLES } from '../demand/engine/national-issues.ts'
import type { Day } from '../pure/calendar/day.ts'
import { addMonths, type Month, monthOfNumber } from '../pure/calendar/period.ts'
import { ProgramDraft, type SolveProgram } from '../pure/numerics/optimisation/linear-program.ts'
import { isLawful, windowsOf } from './campaign.ts'
import type { Message } from './effect-answer.ts'
import { movedRequests } from './move.ts'
import type { Means } from './response.ts'

/** What a calendar is sought for: mean requests and slots of a place, and its renewals, all in requests. */
export interface CalendarQuestion {
  flow: RenewalFlow
  /** Requests, and slots, of each quarter in which the peak is sought, from the first month of the flow on. */
  requests: readonly number[]
  slots: readonly number[]
  means: Means
  /** Share who answer, as it is believed at most likely. */
  answer: number
  lastSent: Month
  day: Day
}

/** Answers for which a calendar is held ready: half, as believed, twice. Their weights sum to one. */
const ANSWERS = [
  { times: 0.5, weight: 0.25 },
  { times: 1, weight: 0.5 },
  { times: 2, weight: 0.25 },
] as const
/** Share of what the best calendar gains that one with fewer messages must keep. */
const KEPT = 0.95
/** Shares below this are no message. */
const LEAST_SHARE = 0.02

/** Load of a quarter: requests for each slot. */
export function peakLoad(requests: ArrayLike<number>, slots: ArrayLike<number>): number {
  let most = 0
  for (let q = 0; q < slots.length; q++) most = Math.max(most, requests[q]! / slots[q]!)
  return most
}

/** Sums of three months, as many as there are slots. */
export function quarterly(months: ArrayLike<number>, quarters: number): number[] {
  return Array.from({ length: quarters }, (_, q) => {
    const at = (m: number) => months[3 * q + m] ?? 0
    return at(0) + at(1) + at(2)
  })
}

/**
 * The calendar that brings the highest load of all quarters down the most, on the mean of what half, as many and twice as
 * many answers would leave; then, of those that keep nearly all of it, the one with the fewest messages. Each group of
 * holders whose titles end in one quarter is told once at most, at the beginning of a quarter. Two linear programs.
 */
export async function bestCalendar(
  { requests, slots }: Pick<CalendarQuestion, 'requests' | 'slots'>,
  candidates: readonly Candidate[],
  solve: SolveProgram,
  {
    answers = ANSWERS,
    fewest: asked = true,
  }: { answers?: readonly { times: number; weight: number }[]; fewest?: boolean } = {},
): Promise<Message[]> {
  const before = peakLoad(requests, slots)
  if (candidates.length === 0) return []
  const solved = async (limit: number | undefined) => {
    const draft = new ProgramDraft()
    const peaks = answers.map(({ times, weight }) =>
      draft.variable({ name: `peak ${times}`, cost: limit === undefined ? weight : 0 }),
    )
    const shares = candidates.map(({ message, told }) =>
      draft.variable({
        name: `${message.holders} ${message.endsFrom} ${message.sentIn}`,
        // The first program has a trace of it, so that it tells nobody for nothing.
        cost: told * (limit === undefined ? 1e-9 : 1),
        upper: 1,
      }),
    )
    const blocks = new Map<string, number[]>()
    for (const [i, { message }] of candidates.entries()) {
      const key = `${message.holders} ${message.endsFrom}`
      blocks.set(key, [...(blocks.get(key) ?? []), shares[i]!])
    }
    for (const [name, own] of blocks)
      draft.constraint({ name, terms: own.map(share => [share, 1] as const), upper: 1 })
    for (const [k, { times }] of answers.entries())
      for (const [q, asked] of requests.entries())
        draft.constraint({
          name: `load ${times} ${q}`,
          terms: [
            [peaks[k]!, -slots[q]!],
            ...candidates.flatMap(({ moves }, i) =>
              Math.abs(moves[q]!) > 1e-6 ? [[shares[i]!, times * moves[q]!] as const] : [],
            ),
          ],
          upper: -asked,
        })
    if (limit !== undefined)
      draft.constraint({
        name: 'gain kept',
        terms: answers.map(({ weight }, k) => [peaks[k]!, weight] as const),
        upper: limit,
      })
    const solution = await solve(draft.program(), { timeLimitMs: 20_000 })
    const values = 'values' in solution ? solution.values : undefined
    return (
      values && {
        peak: answers.reduce((sum, { weight }, k) => sum + weight * values[peaks[k]!]!, 0),
        shares: shares.map(share => values[share]!),
      }
    )
  }
  const best = await solved(undefined)
  if (best === undefined) return []
  const fewest = asked ? await solved(best.peak + (1 - KEPT) * (before - best.peak)) : undefined
  return (fewest ?? best).shares
    .flatMap((share, i) => {
      const { message } = candidates[i]!
      return share < LEAST_SHARE ? [] : [{ ...message, share: Math.min(1, Math.round(share * 100) / 100) }]
    })
    .sort((a, b) => (a.sentIn === b.sentIn ? 0 : a.sentIn < b.sentIn ? -1 : 1))
}

/** A message that a calendar may hold, to all whom it may tell. */
export interface Candidate {
  message: Message
  told: number
  /** Requests more or less in each quarter. */
  moves: number[]
}

/** Messages that may be sent to each group, lawful in all of its three months; `pause` lets others be answered between. */
export async function candidatesOf(
  { flow, slots, means, answer, lastSent, day }: CalendarQuestion,
  pause: () => Promise<unknown>,
): Promise<Candidate[]> {
  const found: Candidate[] = []
  for (let sent = 0; monthOfNumber(flow.first + sent) <= lastSent; sent += 3) {
    await pause()
    const sentIn = monthOfNumber(flow.first + sent)
    for (const holders of HOLDERS)
      for (let end = 0; end + 2 < flow.months; end += 3) {
        const endsFrom = monthOfNumber(flow.first + end)
        const lawful = [0, 1, 2].every(later =>
          isLawful(windowsOf(holders, addMonths(endsFrom, later), day), flow.first + sent),
        )
        if (!lawful) continue
        const message = { holders, endsFrom, endsTo: addMonths(endsFrom, 2), sentIn, means, share: 1 }
        const { change, told, requests } = movedRequests(flow, [message], () => answer, day)
        const months = Float64Array.from({ length: flow.months }, (_, m) =>
          COUNTER_TITLES.reduce((sum, title) => sum + change[title][m]!, 0),
        )
        if (requests > 0) found.push({ message, told: told[0]!, moves: quarterly(months, slots.length) })
      }
  }
  return found
}
