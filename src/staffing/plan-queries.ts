import { createHash } from 'node:crypto'
import { Refusal } from '../errors.ts'
import type { Db } from '../io/database/schema.ts'
import { addMonths } from '../pure/calendar/period.ts'
import type { Title } from '../pure/law/title.ts'
import { differenceOf } from './comparison.ts'
import { PLAN_VERSION } from './plan.ts'
import type { KeptPlan, PlanDifference, PlanSummary, StaffingPlan } from './plan-answer.ts'
import type { StaffingQuestion } from './team.ts'

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
export async function keepPlan(db: Db, kept: Omit<KeptPlan, 'createdAt'>): Promise<void> {
  const { question, cost, jointLateProbability, version, ...outcome } = kept.plan
  await db
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
    .execute()
}

/** A plan that was kept, or `undefined`. */
export async function keptPlan(db: Db, id: string): Promise<KeptPlan | undefined> {
  const row = await db.selectFrom('staffing_plan').selectAll().where('id', '=', id).executeTakeFirst()
  if (row === undefined) return undefined
  const { version, cost, joint_late_probability: jointLateProbability } = row
  return {
    id: row.id,
    createdAt: row.created_at,
    place: row.place,
    demandRun: row.demand_run ?? undefined,
    previous: row.previous ?? undefined,
    origins: row.origins as KeptPlan['origins'],
    explanation: row.explanation as KeptPlan['explanation'],
    plan: {
      ...(row.outcome as Omit<StaffingPlan, 'version' | 'question' | 'cost' | 'jointLateProbability'>),
      version,
      question: row.question as StaffingQuestion,
      cost,
      jointLateProbability,
    },
  }
}

/** A kept plan. @throws Refusal `staffing-plan-not-found` */
export async function keptOrRefuse(db: Db, id: string): Promise<KeptPlan> {
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
export async function changesOf(db: Db, { previous, plan }: KeptPlan): Promise<PlanDifference | undefined> {
  const last = previous === undefined ? undefined : await keptPlan(db, previous)
  return last && differenceOf(last.plan, plan)
}

/** The last plans of a place, newest first. */
export async function lastPlans(db: Db, place: string, limit: number): Promise<PlanSummary[]> {
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
