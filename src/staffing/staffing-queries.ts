import { createHash } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import type { Kysely } from 'kysely'
import { teamsOf } from '../delays/cert-queries.ts'
import type { DemandInputs } from '../demand/engine/demand.ts'
import { currentRun } from '../demand/run-queries.ts'
import { Refusal } from '../errors.ts'
import { publishedValues } from '../figures/published-queries.ts'
import type { Database } from '../io/database/schema.ts'
import { addDays, type Day } from '../pure/calendar/day.ts'
import { addMonths, lastDay, type Month, type Quarter, yearOf } from '../pure/calendar/period.ts'
import type { ExplanationLine } from '../pure/figures/explanation.ts'
import { settle } from '../pure/figures/observation.ts'
import { frenchPeriod } from '../pure/french/french.ts'
import type { Title } from '../pure/law/title.ts'
import type { Sourced } from './assumption.ts'
import { contractCode } from './contract.ts'
import type { RelativePaths } from './demand-path.ts'
import {
  ENGINE_TITLES,
  type EngineFutures,
  engineFutures,
  engineHorizon,
  enginePaths,
} from './engine-path.ts'
import type { Origins } from './explain.ts'
import { PLAN_VERSION, type PlannedMonth, type StaffingPlan } from './plan.ts'
import type { LocalFacts } from './question.ts'
import type { DelayBand } from './risk.ts'
import { type StaffingQuestion, termsOf } from './team.ts'

/** A plan as it is kept. */
export interface KeptPlan {
  id: string
  createdAt: string
  place: string
  demandRun: string | undefined
  previous: string | undefined
  plan: StaffingPlan
  origins: Origins
  explanation: ExplanationLine[]
}

/** A published delay older than this says nothing of the stock of today. */
const RECENT_DAYS = 460
/** Futures of the engine drawn for a plan; longer lists of paths use each several times, with other errors. */
const ENGINE_PATHS = 2_000

/** What the database knows that bears on the plan of a title. */
export async function localFacts(
  db: Kysely<Database>,
  place: string,
  title: Title,
  today: Day,
): Promise<Omit<LocalFacts, 'engine' | 'last'>> {
  const [delay, teams] = await Promise.all([
    recentDelay(db, place, title, today),
    teamsOf(db, place, title, today),
  ])
  const capacity = teams.findLast(one => one.since <= today)
  const origin = capacity?.origin
  return {
    today,
    place,
    delay,
    agents: capacity && { value: capacity.etpo, origin: origin ?? '' },
    productivity:
      capacity?.filesPerAgentDay !== undefined
        ? { value: capacity.filesPerAgentDay, origin: origin ?? '' }
        : undefined,
  }
}

async function recentDelay(
  db: Kysely<Database>,
  place: string,
  title: Title,
  today: Day,
): Promise<Sourced | undefined> {
  const rows = await publishedValues(db, { measure: 'issuance-delay', places: [place], titles: [title] })
  const recent = rows.filter(
    row => row.granularity !== 'year' && lastDay(row.period) >= addDays(today, -RECENT_DAYS),
  )
  const period = recent
    .map(row => row.period)
    .sort()
    .at(-1)
  const figure = period === undefined ? undefined : settle(recent.filter(row => row.period === period))
  const { value, document } = figure?.current ?? {}
  return value === undefined || period === undefined
    ? undefined
    : { value, origin: `délai publié, ${frenchPeriod(period)} (${document})` }
}

/** Lists of paths that will be asked for: how many, from which seed. */
export interface Draw {
  count: number
  seed: number
}

/** A run of the demand, for plans: its name, and its paths once drawn. */
export interface DemandCourse {
  run: string
  pathsOf: (
    question: StaffingQuestion,
    draws: readonly Draw[],
    signal?: AbortSignal,
    /** Told after each lot of futures: those drawn, of how many. */
    drawn?: (futures: number, of: number) => void,
  ) => Promise<RelativePaths>
}

/** The demand course that a plan of a title may follow, or `undefined` when the engine does not project it. */
export async function demandCourse(
  db: Kysely<Database>,
  place: string,
  title: Title,
  lastMonth: Month,
  today: Day,
): Promise<DemandCourse | undefined> {
  if (ENGINE_TITLES[title] === undefined) return undefined
  const run = await currentRun(db, place, today)
  if ('reason' in run || engineHorizon(run.inputs) < lastMonth) return undefined
  return courseOf(run.id, run.inputs, title)
}

/** The demand course that a kept plan followed. */
export async function courseOfPlan(
  db: Kysely<Database>,
  { demandRun, plan }: KeptPlan,
): Promise<DemandCourse | undefined> {
  if (demandRun === undefined) return undefined
  const row = await db
    .selectFrom('projection_run')
    .select('inputs')
    .where('id', '=', demandRun)
    .executeTakeFirstOrThrow()
  return courseOf(demandRun, row.inputs as DemandInputs, plan.question.title)
}

function courseOf(run: string, inputs: DemandInputs, title: Title): DemandCourse {
  return {
    run,
    pathsOf: async (question, draws, signal, tell) => {
      // Whole years, so that horizons share their futures.
      const until = `${yearOf(addMonths(question.firstMonth, question.months - 1))}-Q4`
      const futures = new Map<number, EngineFutures>()
      const lists = draws.map(({ count, seed }) => ({ count: Math.min(count, ENGINE_PATHS), seed, until }))
      const all = lists.reduce((sum, { count }) => sum + count, 0)
      let done = 0
      for (const list of lists) {
        const told = (fresh: number) => {
          done += fresh
          tell?.(done, all)
        }
        futures.set(list.seed, await futuresOf(run, inputs, list, signal, told))
      }
      return enginePaths(seed => futures.get(seed)!, ENGINE_TITLES[title] ?? [], question)
    },
  }
}

// A run never changes: the futures drawn from it are kept, the oldest forgotten first.
const drawn = new Map<string, EngineFutures>()
const MOST_DRAWN = 4
/** Futures drawn without a pause: others are answered between two lots. */
const LOT = 100
/** Seeds of the lots are this far apart. */
const LOT_STRIDE = 1_000_003

async function futuresOf(
  run: string,
  inputs: DemandInputs,
  { count, seed, until }: Draw & { until: Quarter },
  signal: AbortSignal | undefined,
  told: (fresh: number) => void,
): Promise<EngineFutures> {
  const key = `${run} ${count} ${seed} ${until}`
  const paths: EngineFutures['paths'] = drawn.get(key)?.paths ?? []
  told(paths.length)
  for (let lot = 0; paths.length < count; lot++) {
    const lotSeed = (seed + lot * LOT_STRIDE) % 2 ** 31
    const size = Math.min(LOT, count - paths.length)
    for (const path of engineFutures(inputs, { count: size, seed: lotSeed, until }).paths) paths.push(path)
    told(size)
    await setImmediate()
    signal?.throwIfAborted()
  }
  drawn.delete(key)
  drawn.set(key, { paths })
  for (const old of [...drawn.keys()].slice(0, -MOST_DRAWN)) drawn.delete(old)
  return { paths }
}

/** Name of a plan: the same question under the same version has the same. */
export function planId(
  question: StaffingQuestion,
  context: { place: string; demandRun: string | undefined; previous: string | undefined },
): string {
  return createHash('sha256')
    .update(JSON.stringify([PLAN_VERSION, question, context.place, context.demandRun, context.previous]))
    .digest('hex')
    .slice(0, 16)
}

/** Keeps a plan for good. A plan that is there already stays as it is. */
export async function keepPlan(db: Kysely<Database>, kept: Omit<KeptPlan, 'createdAt'>): Promise<void> {
  const { question, months, cost, jointLateProbability, version, ...outcome } = kept.plan
  await db.transaction().execute(async trx => {
    const inserted = await trx
      .insertInto('staffing_plan')
      .values({
        id: kept.id,
        place: kept.place,
        title: question.title,
        first_month: question.firstMonth,
        months: question.months,
        version,
        demand_run: kept.demandRun ?? null,
        previous: kept.previous ?? null,
        question: JSON.stringify(question),
        origins: JSON.stringify(kept.origins),
        cost,
        joint_late_probability: jointLateProbability,
        outcome: JSON.stringify(outcome),
        explanation: JSON.stringify(kept.explanation),
      })
      .onConflict(conflict => conflict.doNothing())
      .returning('id')
      .executeTakeFirst()
    if (inserted === undefined) return
    await trx
      .insertInto('staffing_plan_month')
      .values(
        months.map(month => ({
          plan_id: kept.id,
          month: month.month,
          agents: month.agents,
          hires: month.hires,
          decide_by: month.decideBy,
          overtime: month.overtime,
          loans: month.loans,
          arrivals: JSON.stringify(month.arrivals),
          leave_moved: month.leave,
          redeployed: month.redeployed,
          need: month.need ?? null,
          decided: month.decided ?? null,
          peak: month.peak ?? null,
          cost: month.cost,
          late_probability: month.lateProbability,
          promised: month.promised,
          expected_files: month.expectedFiles,
          capacity: month.capacity,
          delay: JSON.stringify(month.delay),
        })),
      )
      .execute()
  })
}

/** A plan that was kept, or `undefined`. */
export async function keptPlan(db: Kysely<Database>, id: string): Promise<KeptPlan | undefined> {
  const row = await db.selectFrom('staffing_plan').selectAll().where('id', '=', id).executeTakeFirst()
  if (row === undefined) return undefined
  const months = await db
    .selectFrom('staffing_plan_month')
    .selectAll()
    .where('plan_id', '=', id)
    .orderBy('month')
    .execute()
  const outcome = row.outcome as Pick<
    StaffingPlan,
    | 'worstMonthLateProbability'
    | 'safety'
    | 'nothing'
    | 'curve'
    | 'paths'
    | 'outcome'
    | 'idle'
    | 'idleShare'
    | 'idleShareAll'
  >
  const contract = contractCode(termsOf(row.question as StaffingQuestion)[0]!)
  return {
    id: row.id,
    createdAt: row.created_at,
    place: row.place,
    demandRun: row.demand_run ?? undefined,
    previous: row.previous ?? undefined,
    origins: row.origins as Origins,
    explanation: row.explanation as ExplanationLine[],
    plan: {
      ...outcome,
      version: row.version,
      question: row.question as StaffingQuestion,
      cost: row.cost,
      jointLateProbability: row.joint_late_probability,
      months: months.map(
        (month): PlannedMonth => ({
          month: month.month,
          agents: month.agents,
          hires: month.hires,
          decideBy: month.decide_by,
          overtime: month.overtime,
          loans: month.loans,
          arrivals: arrivalsOf(month, contract),
          leave: month.leave_moved,
          redeployed: month.redeployed,
          need: month.need ?? undefined,
          decided: month.decided ?? undefined,
          peak: month.peak ?? undefined,
          cost: month.cost,
          lateProbability: month.late_probability,
          promised: month.promised,
          expectedFiles: month.expected_files,
          capacity: month.capacity,
          delay: month.delay as DelayBand,
        }),
      ),
    },
  }
}

/** A kept plan. @throws Refusal `staffing-plan-not-found` */
export async function keptOrRefuse(db: Kysely<Database>, id: string): Promise<KeptPlan> {
  const kept = await keptPlan(db, id)
  if (kept === undefined) {
    throw new Refusal(
      'staffing-plan-not-found',
      `Aucun plan d’effectifs ne porte le numéro ${id} : la liste est à /api/staffing/plans.`,
      { id },
    )
  }
  return kept
}

/** The plan that a kept one took over. */
export async function previousOf(
  db: Kysely<Database>,
  { previous }: KeptPlan,
): Promise<KeptPlan | undefined> {
  return previous === undefined ? undefined : keptPlan(db, previous)
}

/** Arrivals by contract; plans kept before contracts had a kind have arrivals of the only one. */
function arrivalsOf(
  month: { arrivals: unknown; hires: number; decide_by: Month },
  contract: string,
): PlannedMonth['arrivals'] {
  if (month.arrivals !== null) return month.arrivals as PlannedMonth['arrivals']
  return month.hires > 0 ? [{ contract, agents: month.hires, decideBy: month.decide_by }] : []
}

/** A plan in a list. */
export interface PlanSummary {
  id: string
  title: Title
  firstMonth: Month
  lastMonth: Month
  createdAt: string
  cost: number
  jointLateProbability: number
}

/** The last plans of a place, newest first. */
export async function lastPlans(db: Kysely<Database>, place: string, limit: number): Promise<PlanSummary[]> {
  const rows = await db
    .selectFrom('staffing_plan')
    .select(['id', 'title', 'first_month', 'months', 'created_at', 'cost', 'joint_late_probability'])
    .where('place', '=', place)
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(row => ({
    id: row.id,
    title: row.title as Title,
    firstMonth: row.first_month,
    lastMonth: addMonths(row.first_month, row.months - 1),
    createdAt: row.created_at,
    cost: row.cost,
    jointLateProbability: row.joint_late_probability,
  }))
}
