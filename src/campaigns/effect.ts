import type { RenewalFlow } from '../demand/engine/cohort-flow.ts'
import { COUNTER_TITLES, type CounterTitle } from '../demand/engine/national-issues.ts'
import { endsOf } from '../figures/band-answer.ts'
import type { Day } from '../pure/calendar/day.ts'
import {
  addQuarters,
  type Month,
  monthNumber,
  monthOf,
  monthsOfQuarter,
  type Quarter,
  quarterOf,
} from '../pure/calendar/period.ts'
import { workingDaysIn } from '../pure/calendar/working-days.ts'
import { largest } from '../pure/numerics/extremes.ts'
import { average } from '../pure/numerics/quantiles.ts'
import { pathBand } from '../pure/numerics/series/path-band.ts'
import { ASSUMPTIONS } from '../staffing/assumption.ts'
import { daysGained, withDemand } from '../waits/wait-decision.ts'
import type { WaitNow } from '../waits/wait-now.ts'
import { quarterly } from './calendar.ts'
import { titleOfHolders } from './campaign.ts'
import type { Band, Campaign, Effect, Message } from './effect-answer.ts'
import { movedRequests } from './move.ts'
import { MEANS, type Means, type Response, responseOn } from './response.ts'

/** What the campaigns of a department are measured on, the same for all of them. */
export interface Stage {
  day: Day
  /** First month, at the beginning of a quarter, and how many months are told: whole quarters. */
  first: Month
  months: number
  /** Quarters among which the peak is sought: those in which messages may be sent. */
  peakQuarters: number
  halls: readonly { insee: string; name: string }[]
  /** Slots of all halls in each quarter. */
  slots: readonly number[]
  /** Requests by future, hall and month. */
  requests: readonly (readonly Float64Array[])[]
  /** Part of the nation's requests that each hall receives, by future and title. */
  levels: readonly Record<CounterTitle, readonly number[]>[]
  wait: WaitNow
  /** The renewals of the nation on each future, in their order. */
  flows: () => Iterable<RenewalFlow>
  /** Lets others be answered between two futures. */
  pause: () => Promise<unknown>
}

/** A campaign to measure, what is believed of its answers, and what each person told costs. */
export interface Planned {
  messages: readonly Message[]
  responses: Record<Means, Response>
  euros: Record<Means, number>
}

/** Month in which no future has a cost beyond: what a day costs where none is gained. */
const NEVER = Number.POSITIVE_INFINITY

/** Measures several campaigns at once: the futures are told again one after the other, each once for all of them. */
export async function effectsOf(stage: Stage, plans: readonly Planned[]): Promise<Effect[]> {
  const records = await recordsOf(stage, plans)
  const before = stage.requests.map(whole)
  const effects: Effect[] = []
  for (const [i, { messages }] of plans.entries()) {
    await stage.pause()
    effects.push(await effectOf(stage, messages, records[i]!, before))
  }
  return effects
}

/**
 * By how much a campaign moves the requests of a hall, or of all of them, on each future: logs, month by month from that of
 * the day on. Zero where nothing moves.
 */
export async function demandMoves(stage: Stage, plan: Planned, hall?: string): Promise<Float64Array[]> {
  const [record] = await recordsOf(stage, [plan])
  const h = stage.halls.findIndex(({ insee }) => insee === hall)
  const asked = (byHall: readonly Float64Array[]) => byHall[h] ?? whole(byHall)
  return movesOf(stage, stage.requests.map(asked), record!.after.map(asked))
}

function movesOf(
  { day, first }: Stage,
  before: readonly Float64Array[],
  after: readonly Float64Array[],
): Float64Array[] {
  const offset = monthNumber(first) - monthNumber(monthOf(day))
  return before.map((own, p) =>
    Float64Array.from({ length: offset + own.length }, (_, m) =>
      m < offset || own[m - offset] === after[p]![m - offset]
        ? 0
        : Math.log(after[p]![m - offset]! / own[m - offset]!),
    ),
  )
}

function whole(byHall: readonly Float64Array[]): Float64Array {
  return Float64Array.from(byHall[0] ?? [], (_, m) => byHall.reduce((sum, own) => sum + own[m]!, 0))
}

async function recordsOf(stage: Stage, plans: readonly Planned[]): Promise<Measured[]> {
  const { requests, levels, halls, day } = stage
  const paths = requests.length
  const records: Measured[] = plans.map(({ messages }) => ({
    after: requests.map(() => [] as Float64Array[]),
    told: new Float64Array(paths),
    moved: new Float64Array(paths),
    euros: new Float64Array(paths),
    toldByMessage: messages.map(() => 0),
    givenUp: 0,
    movedByHall: halls.map(() => 0),
  }))
  let p = 0
  for (const flow of stage.flows()) {
    await stage.pause()
    for (const [i, { messages, responses, euros }] of plans.entries()) {
      const record = records[i]!
      const rate = (means: Means) => responseOn(responses[means], p, paths)
      const targeted = new Set(messages.flatMap(({ hall }) => hall ?? []))
      const sequences = new Map<string, { own: number[]; moved: ReturnType<typeof movedRequests> }>()
      const sequenceOf = (insee: string) => {
        const key = targeted.has(insee) ? insee : ''
        const known = sequences.get(key)
        if (known) return known
        const own = [...messages.keys()].filter(m => (messages[m]!.hall ?? key) === key)
        const said = own.map(m => messages[m]!)
        const made = { own, moved: movedRequests(flow, said, rate, day) }
        sequences.set(key, made)
        return made
      }
      record.after[p] = halls.map(({ insee }, h) => {
        const { own, moved } = sequenceOf(insee)
        const share = (title: CounterTitle) => levels[p]![title][h]!
        for (const [k, m] of own.entries()) {
          const message = messages[m]!
          const people = moved.told[k]! * share(titleOfHolders(message.holders))
          record.told[p]! += people
          record.euros[p]! += people * euros[message.means]
          record.toldByMessage[m]! += people / paths
        }
        let gone = 0
        const after = requests[p]![h]!.map((count, m) => {
          let change = 0
          for (const title of COUNTER_TITLES) change += moved.change[title][m]! * share(title)
          gone += Math.max(0, change)
          return Math.max(0, count + change)
        })
        record.moved[p]! += gone
        record.givenUp += (moved.monthsGivenUp / Math.max(1e-9, moved.requests)) * gone
        record.movedByHall[h]! += gone / paths
        return after
      })
    }
    p++
  }
  return records
}

interface Measured {
  after: Float64Array[][]
  told: Float64Array
  moved: Float64Array
  euros: Float64Array
  toldByMessage: number[]
  givenUp: number
  movedByHall: number[]
}

async function effectOf(
  stage: Stage,
  messages: readonly Message[],
  { told, toldByMessage, moved, euros, givenUp, movedByHall, after: byHall }: Measured,
  before: readonly Float64Array[],
): Promise<Effect> {
  const { first, slots, requests, halls, wait } = stage
  const quarters = Math.floor(stage.months / 3)
  const after = byHall.map(whole)
  const from = quarterOf(first)
  const changed = withDemand(wait, movesOf(stage, before, after))
  await stage.pause()
  const gains = daysGained(wait, changed, from, addQuarters(from, quarters - 1))
  const asked = [before, after].map(all => all.map(own => quarterly(own, quarters)))
  const column = (which: number, q: number) => Float64Array.from(asked[which]!, own => own[q]!)
  const means = Array.from({ length: quarters }, (_, q) => average(column(0, q)))
  const { peakQuarters } = stage
  const peakAt = means.slice(0, peakQuarters).reduce((best, value, q) => (value > means[best]! ? q : best), 0)
  const highest = asked.map(all => Float64Array.from(all, own => largest(own.slice(0, peakQuarters))))
  const percentDown = highest[0]!.map((most, p) => 100 * (1 - highest[1]![p]! / most))
  const waits = gains[0]!.byPath.length
  const personDays = new Float64Array(waits)
  const days = new Float64Array(waits)
  const ofYear = gains.slice(peakAt, peakAt + 4)
  for (const [q, { byPath }] of gains.entries())
    for (let p = 0; p < waits; p++) personDays[p]! += byPath[p]! * means[q]!
  for (const { byPath } of ofYear) for (let p = 0; p < waits; p++) days[p]! += byPath[p]! / ofYear.length
  const cost = average(euros)
  const agents = highest[0]!.map((most, p) => agentsFor(most - highest[1]![p]!, addQuarters(from, peakAt)))
  const highestOf = (all: readonly (readonly Float64Array[])[], h: number) =>
    all.reduce((sum, own) => sum + largest(quarterly(own[h]!, peakQuarters)), 0) / all.length
  const movedTotal = moved.reduce((sum, count) => sum + count, 0)
  return {
    quarters: gains.map(({ quarter, gained }, q) => ({
      quarter,
      before: band(column(0, q)),
      after: band(column(1, q)),
      slots: slots[q]!,
      daysGained: endsOf(gained),
    })),
    told: band(told),
    moved: band(moved),
    monthsGivenUp: movedTotal > 0 ? givenUp / movedTotal : 0,
    euros: band(euros),
    peak: {
      quarter: addQuarters(from, peakAt),
      before: band(highest[0]!),
      after: band(highest[1]!),
      percentDown: band(percentDown),
      chanceOfGain: percentDown.filter(percent => percent > 0).length / percentDown.length,
    },
    wait: {
      from: addQuarters(from, peakAt),
      days: band(days),
      personDays: band(personDays),
      eurosPerPersonDay: cost > 0 ? band(personDays.map(saved => (saved > 0 ? cost / saved : NEVER))) : null,
    },
    cert: {
      agents: band(agents),
      euros: band(agents.map(count => 12 * ASSUMPTIONS.wagePerMonth.value * count)),
    },
    halls: halls.map((hall, h) => ({
      ...hall,
      peakBefore: highestOf(requests, h),
      peakAfter: highestOf(byHall, h),
      moved: movedByHall[h]!,
    })),
    messages: messages.map((message, m) => ({ ...message, told: toldByMessage[m]! })),
  }
}

function band(values: Float64Array): Band {
  return endsOf(pathBand(values, 0))
}

/**
 * Agents who treat so many requests in a quarter, at the output aimed at and all present.
 *
 * Example: 6,000 requests in the second quarter of 2031, of 60 working days, at 100 files a day each: one agent.
 */
export function agentsFor(requests: number, quarter: Quarter): number {
  const worked = monthsOfQuarter(quarter).reduce((days, month) => days + workingDaysIn(month), 0)
  return requests / (worked * ASSUMPTIONS.filesPerAgentDayLater.value)
}

/** What each person told costs, where nobody said otherwise. */
export function eurosOf(given: Campaign['euros'] = {}): Record<Means, number> {
  const usual = Object.fromEntries(Object.entries(MEANS).map(([means, { euros }]) => [means, euros]))
  return { ...usual, ...given } as Record<Means, number>
}
