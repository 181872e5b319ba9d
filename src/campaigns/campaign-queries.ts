import { createHash } from 'node:crypto'
import type { Kysely } from 'kysely'
import { requestsByHall } from '../demand/demand-sample.ts'
import { HOLDERS, type RenewalFlow } from '../demand/engine/cohort-flow.ts'
import { levelsAmong, presences } from '../demand/engine/town-share.ts'
import { renewalFlows } from '../demand/renewal-flows.ts'
import { type Run, sampleOf } from '../demand/run-queries.ts'
import type { Database } from '../io/database/schema.ts'
import { othersFirst } from '../io/others-first.ts'
import { placeOf } from '../places/place-queries.ts'
import { toldHalls } from '../places/town-hall-queries.ts'
import type { Day } from '../pure/calendar/day.ts'
import {
  addMonths,
  addQuarters,
  type Month,
  monthNumber,
  monthsBetween,
  monthsOfQuarter,
  quarterOf,
} from '../pure/calendar/period.ts'
import { remembered } from '../pure/figures/remembered.ts'
import type { SolveProgram } from '../pure/numerics/optimisation/linear-program.ts'
import { plannedDepartment } from '../waits/department-wait-queries.ts'
import { weekCapacity } from '../waits/hall-capacity.ts'
import { LAST_QUARTER } from '../waits/wait-now.ts'
import { placeWaitNow } from '../waits/wait-now-queries.ts'
import { bestCalendar, candidatesOf, peakLoad, quarterly } from './calendar.ts'
import { type CampaignGround, isLawful, titleOfHolders, windowsOf } from './campaign.ts'
import { effectsOf, eurosOf, type Stage } from './effect.ts'
import type { Campaign, CountedCampaign, Effect, Message } from './effect-answer.ts'
import { movedRequests } from './move.ts'
import { learntResponse, MEANS_CODES, type Means, type Response } from './response.ts'

/** Futures on which a campaign is measured. */
const PATHS = 60
/** Months after the last one told of which the renewals are known: whoever is told may come from beyond it. */
const BEYOND = 36
/** Quarters in which messages may be sent: five years. */
const SENDING_QUARTERS = 20
/** Weeks of a quarter in which a hall is open as usual: 50 in a year. */
const OPEN_WEEKS = 12.5

/** A campaign as it was saved. */
export interface SavedCampaign {
  id: string
  department: string
  savedAt: string
  campaign: Campaign
}

/** First month of a message, at the beginning of the next quarter, and the last one. */
export function sendingMonths(today: Day): { first: Month; last: Month } {
  const first = monthsOfQuarter(addQuarters(quarterOf(today), 1))[0]
  return { first, last: addMonths(first, 3 * SENDING_QUARTERS - 1) }
}

/** What a campaign of a department may refer to. */
export async function campaignGround(
  db: Kysely<Database>,
  department: string,
  today: Day,
): Promise<CampaignGround> {
  const [place, townHalls] = await Promise.all([placeOf(db, department), toldHalls(db, department)])
  return {
    today,
    department: place?.kind === 'department' ? department : undefined,
    halls: townHalls.map(({ insee, name }) => ({ insee, name })),
    lastSent: sendingMonths(today).last,
  }
}

/** Keeps a campaign under the digest of its content; the same content is the same campaign. */
export async function saveCampaign(
  db: Kysely<Database>,
  campaign: Campaign,
): Promise<{ id: string; created: boolean }> {
  const content = JSON.stringify(campaign)
  const id = createHash('sha256').update(content).digest('hex').slice(0, 16)
  const stored = await db
    .insertInto('campaign')
    .values({ id, name: campaign.name.trim(), department: campaign.place, content })
    .onConflict(conflict => conflict.column('id').doNothing())
    .returning('id')
    .executeTakeFirst()
  return { id, created: stored !== undefined }
}

/** Saved campaigns, the most recent first: those of a department, or the one of an identifier. */
export async function savedCampaigns(
  db: Kysely<Database>,
  which: { department: string } | { id: string },
): Promise<SavedCampaign[]> {
  const query = db.selectFrom('campaign').selectAll().orderBy('created_at', 'desc').orderBy('id').limit(200)
  const rows = await ('id' in which
    ? query.where('id', '=', which.id)
    : query.where('department', '=', which.department)
  ).execute()
  return rows.map(({ id, department, created_at, content }) => ({
    id,
    department,
    savedAt: created_at,
    campaign: content as unknown as Campaign,
  }))
}

/** The stage of a department with the run that it rests on. */
export interface Staged {
  run: Run
  stage: Stage
}

/** What the campaigns of a department are measured on. @returns a reason in French without a projection. */
export async function stageOf(
  db: Kysely<Database>,
  department: string,
  today: Day,
): Promise<Staged | { reason: string }> {
  const planned = await plannedDepartment(db, department, today)
  if ('reason' in planned) return planned
  const wait = await placeWaitNow(db, department, { asOf: today, to: LAST_QUARTER })
  if (wait === undefined)
    return { reason: 'Aucune attente n’est publiée, ni pour ce lieu ni pour la France.' }
  const { run, waits } = planned
  const { first } = sendingMonths(today)
  const last = monthsOfQuarter(LAST_QUARTER)[2]
  const months = monthsBetween(first, last)
  if (months.length < 12) return { reason: 'La demande n’est pas projetée assez loin pour une campagne.' }
  const sample = await sampleOf(run)
  const paths = sample.paths.slice(0, PATHS)
  await othersFirst()
  const present = presences(sample.halls, quarterOf(today))
  const perQuarter = waits.offers
    .filter(offer => !offer.withoutAppointment)
    .reduce((sum, { hall }) => sum + weekCapacity(hall).requests * OPEN_WEEKS, 0)
  const names = new Map(waits.offers.map(({ insee, name }) => [insee, name]))
  const stage: Stage = {
    day: today,
    first,
    months: months.length,
    peakQuarters: Math.min(SENDING_QUARTERS, months.length / 3),
    halls: sample.halls.map(({ insee }) => ({ insee, name: names.get(insee) ?? insee })),
    slots: Array.from({ length: months.length / 3 }, () => perQuarter),
    requests: requestsByHall({ ...sample, paths }, months),
    levels: paths.map(({ levels }) => ({
      cni: levelsAmong(levels.cni, present),
      passport: levelsAmong(levels.passport, present),
    })),
    wait: wait.now,
    flows: () => renewalFlows(run.inputs, paths, { first, months: months.length + BEYOND }),
    pause: () => othersFirst(),
  }
  return { run, stage }
}

/** The measured effect of one campaign. */
export async function campaignEffect(stage: Stage, { messages, counted, euros }: Campaign): Promise<Effect> {
  const [effect] = await effectsOf(stage, [
    { messages, responses: responsesOf(counted), euros: eurosOf(euros) },
  ])
  return effect!
}

/** What is believed of the answers once some campaigns were counted. */
export function responsesOf(counted: readonly CountedCampaign[]): Record<Means, Response> {
  return Object.fromEntries(MEANS_CODES.map(means => [means, learntResponse(means, counted)])) as Record<
    Means,
    Response
  >
}

interface ComparedPlan {
  code: 'nothing' | 'one-letter' | 'best'
  effect: Effect
}

/** Doing nothing, one letter to all, and the best calendar, side by side. */
export interface CampaignComparison {
  plans: ComparedPlan[]
  responses: Record<Means, Response>
  means: Means
  /** Highest load that the calendar leaves beyond what one made for that answer would, in per cent of doing nothing. */
  regret: { times: number; percentDown: number; regret: number }[]
}

const kept = remembered<Promise<CampaignComparison>>(4)

/** Compares the three plans of a department, once for a run, a month and what is believed of the answers. */
export function comparedPlans(
  { run, stage }: Staged,
  means: Means,
  counted: readonly CountedCampaign[],
  solve: SolveProgram,
): Promise<CampaignComparison> {
  const key = JSON.stringify([run.id, stage.first, means, counted])
  return kept(key, () => comparePlans(stage, means, counted, solve))
}

async function comparePlans(
  stage: Stage,
  means: Means,
  counted: readonly CountedCampaign[],
  solve: SolveProgram,
): Promise<CampaignComparison> {
  const { day, first } = stage
  const slots = stage.slots.slice(0, stage.peakQuarters)
  const flow = await meanFlow(stage)
  const requests = quarterly(
    Float64Array.from({ length: stage.months }, (_, m) =>
      stage.requests.reduce(
        (sum, halls) => sum + halls.reduce((all, hall) => all + hall[m]!, 0) / stage.requests.length,
        0,
      ),
    ),
    slots.length,
  )
  const responses = responsesOf(counted)
  const lastSent = addMonths(first, 3 * SENDING_QUARTERS - 3)
  const question = { flow, requests, slots, means, answer: responses[means].median, lastSent, day }
  const candidates = await candidatesOf(question, stage.pause)
  const best = await bestCalendar(question, candidates, solve)
  const peakWith = (messages: readonly Message[], times: number) => {
    const { change } = movedRequests(flow, messages, one => times * responses[one].median, day)
    const months = change.cni.map((count, m) => count + change.passport[m]!)
    const moves = quarterly(months, slots.length)
    return peakLoad(
      requests.map((count, q) => count + moves[q]!),
      slots,
    )
  }
  const nothing = peakLoad(requests, slots)
  const regret: CampaignComparison['regret'] = []
  for (const times of [0.5, 2]) {
    const made = await bestCalendar(question, candidates, solve, {
      answers: [{ times, weight: 1 }],
      fewest: false,
    })
    const [left, least] = [peakWith(best, times), peakWith(made, times)]
    regret.push({
      times,
      percentDown: 100 * (1 - left / nothing),
      regret: (100 * Math.max(0, left - least)) / nothing,
    })
  }
  const oneLetter = lettersToAll(first, lastSent, means, day)
  const plans = [
    { code: 'nothing', messages: [] },
    { code: 'one-letter', messages: oneLetter },
    { code: 'best', messages: best },
  ] as const
  await othersFirst()
  const effects = await effectsOf(
    stage,
    plans.map(({ messages }) => ({ messages, responses, euros: eurosOf() })),
  )
  return {
    plans: plans.map(({ code }, i) => ({ code, effect: effects[i]! })),
    responses,
    means,
    regret,
  }
}

/** One letter to all who may lawfully ask, in January of the year before old cards stop serving in Europe. */
function lettersToAll(first: Month, lastSent: Month, means: Means, day: Day): Message[] {
  const january = addMonths(lastSent, -(monthNumber(lastSent) % 12) - 12)
  const sentIn = january < first ? first : january
  return HOLDERS.flatMap(holders => {
    const ends = monthsBetween(first, addMonths(first, 119)).filter(end =>
      isLawful(windowsOf(holders, end, day), monthNumber(sentIn)),
    )
    const [endsFrom, endsTo] = [ends[0], ends.at(-1)]
    return endsFrom === undefined || endsTo === undefined
      ? []
      : [{ holders, endsFrom, endsTo, sentIn, means, share: 1 }]
  })
}

async function meanFlow(stage: Stage): Promise<RenewalFlow> {
  let mean: RenewalFlow | undefined
  const count = stage.requests.length
  let p = 0
  for (const flow of stage.flows()) {
    await stage.pause()
    mean ??= { ...flow, requests: new Float64Array(flow.requests.length), returnRate: 0 }
    mean.returnRate += flow.returnRate / count
    const size = flow.months * flow.months
    for (const [g, holders] of HOLDERS.entries()) {
      const share = stage.levels[p]![titleOfHolders(holders)].reduce((sum, level) => sum + level, 0) / count
      for (let i = g * size; i < (g + 1) * size; i++) mean.requests[i]! += flow.requests[i]! * share
    }
    p++
  }
  if (mean === undefined) throw new RangeError('a stage needs at least one future')
  return mean
}
