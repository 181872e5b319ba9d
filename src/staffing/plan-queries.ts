import { createHash } from 'node:crypto'
import type { Kysely } from 'kysely'
import { Refusal } from '../errors.ts'
import type { Database } from '../io/database/schema.ts'
import { addMonths, type Month } from '../pure/calendar/period.ts'
import type { Title } from '../pure/law/title.ts'
import { differenceOf } from './comparison.ts'
import { contractCode } from './contract.ts'
import { PLAN_VERSION } from './plan.ts'
import type { KeptPlan, PlanDifference, PlannedMonth, StaffingPlan } from './plan-answer.ts'
import { type StaffingQuestion, termsOf } from './team.ts'

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
  const question = row.question as StaffingQuestion
  const figures = row.outcome as Omit<
    StaffingPlan,
    'version' | 'question' | 'cost' | 'jointLateProbability' | 'months'
  >
  const contract = contractCode(termsOf(question)[0]!)
  return {
    id: row.id,
    createdAt: row.created_at,
    place: row.place,
    demandRun: row.demand_run ?? undefined,
    previous: row.previous ?? undefined,
    origins: row.origins as KeptPlan['origins'],
    explanation: row.explanation as KeptPlan['explanation'],
    plan: {
      ...withOutcome(figures, row.joint_late_probability, question),
      version: row.version,
      question,
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
          delay: month.delay as PlannedMonth['delay'],
        }),
      ),
    },
  }
}

/** What was kept of a plan, with what plans of before did not say: read then from the risk that was measured. */
function withOutcome<Figures extends Partial<StaffingPlan> & Pick<StaffingPlan, 'worstMonthLateProbability'>>(
  figures: Figures,
  joint: number,
  { promise, probability }: StaffingQuestion,
) {
  const heldOutRisk = promise === 'joint' ? joint : figures.worstMonthLateProbability
  const asked = Math.round((1 - probability) * 1e9) / 1e9
  return {
    idle: null,
    idleShare: null,
    idleShareAll: null,
    outcome: { asked, heldOutRisk, met: heldOutRisk <= asked, wouldHold: null },
    ...figures,
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

/** What a kept plan changes from the one that it took over. */
export async function changesOf(
  db: Kysely<Database>,
  { previous, plan }: KeptPlan,
): Promise<PlanDifference | undefined> {
  const last = previous === undefined ? undefined : await keptPlan(db, previous)
  return last && differenceOf(last.plan, plan)
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
