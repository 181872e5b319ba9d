import { z } from '@hono/zod-openapi'
import { isMonth } from '../pure/calendar/period.ts'
import { isTitle, TITLES } from '../pure/law/title.ts'
import { differenceOf } from './comparison.ts'
import { outcomeOf } from './plan.ts'
import type { KeptPlan } from './plan-queries.ts'

/** A month in a request or an answer. */
export const month = z
  .string()
  .refine(isMonth, { message: 'un mois s’écrit 2027-01' })
  .openapi({ example: '2027-01', description: 'Mois, 2027-01' })
const shareWords = { message: 'un nombre de 0 à 1' }
/** A share between 0 and 1. */
export const share = z.number(shareWords).min(0, shareWords).max(1, shareWords)

/** A title, or a refusal that names those there are. */
export const title = z
  .string()
  .refine(isTitle, { message: `un titre parmi ${TITLES.join(', ')}`, params: { code: 'invalid-title' } })
  .openapi({ type: 'string', enum: [...TITLES], example: 'cni-passport' })

/** Titled lines that walk a reader through a computation. */
export const explanation = z.array(z.object({ title: z.string(), text: z.string() }))
const risk = z.object({
  kind: z.enum(['nothing', 'mean', 'plan', 'other']),
  safety: z.number(),
  cost: z.number(),
  jointLateProbability: share,
  worstMonthLateProbability: share,
})
const delay = z.object({
  p05: z.number(),
  p10: z.number(),
  p25: z.number(),
  p50: z.number(),
  p75: z.number(),
  p90: z.number(),
  p95: z.number(),
  stock: z.number(),
})
/** A plan as the API tells it. */
export const planAnswer = z
  .object({
    id: z.string(),
    createdAt: z.string(),
    previous: z.string().nullable(),
    demandRun: z.string().nullable(),
    title,
    targetDays: z.number(),
    probability: share,
    promise: z.enum(['joint', 'monthly']),
    months: z.array(
      z.object({
        month,
        agents: z.number(),
        hires: z.number(),
        decideBy: month,
        overtime: z.number(),
        loans: z.number(),
        arrivals: z
          .array(z.object({ contract: z.string(), agents: z.number(), decideBy: month }))
          .openapi({ description: 'Recrues par contrat (permanent, fixed-term-12, seasonal-6)' }),
        leave: z.number().openapi({ description: 'Agents présents grâce à des congés déplacés, ou absents' }),
        redeployed: z.number().openapi({ description: 'Agents passés à un autre titre' }),
        need: z.number().optional().openapi({ description: 'Dossiers reçus, médiane' }),
        decided: z.number().optional().openapi({ description: 'Dossiers décidés, moyenne' }),
        peak: z.boolean().optional(),
        cost: z.number(),
        lateProbability: share,
        promised: z.boolean(),
        expectedFiles: z.number(),
        capacity: z.number(),
        delay,
      }),
    ),
    cost: z.number(),
    jointLateProbability: share,
    worstMonthLateProbability: share,
    safety: z.number(),
    outcome: z
      .object({
        asked: share.openapi({ description: 'Risque accepté' }),
        heldOutRisk: share.openapi({ description: 'Risque sur des trajectoires non vues par le calcul' }),
        met: z.boolean(),
        wouldHold: z
          .array(z.object({ limit: z.string(), amount: z.number(), text: z.string() }))
          .nullable()
          .openapi({ description: 'Promesse non tenue : ce qui, changé seul, la tiendrait' }),
      })
      .openapi({ description: 'Promesse tenue ou non' }),
    idleShare: share.nullable().openapi({
      description:
        '1 − dossiers décidés ÷ capacité, hors des mois dont le besoin médian atteint 90 % du plus haut',
    }),
    idleShareAll: share.nullable(),
    idle: z
      .object({
        agentMonths: z.number(),
        cost: z.number(),
        cut: z.object({ contract: z.string(), share, cost: z.number() }).nullable().optional(),
      })
      .nullable(),
    nothing: z.object({
      jointLateProbability: share,
      monthlyLateProbability: z.array(share),
      firstBreak: month.optional(),
      medianDelayAtEnd: z.number(),
      filesBeyondTarget: z.number(),
      agentMonthsToClear: z.number(),
      costToClear: z.number(),
    }),
    curve: z.array(risk),
    paths: z.object({ tuning: z.int(), heldOut: z.int() }),
    question: z.looseObject({}),
    origins: z.record(z.string(), z.string()),
    difference: z
      .object({
        months: z.array(
          z.object({
            month,
            agents: z.number(),
            hires: z.number(),
            overtime: z.number(),
            cost: z.number(),
          }),
        ),
        cost: z.number(),
        jointLateProbability: z.number(),
        explanation,
      })
      .nullable(),
    explanation,
  })
  .openapi('StaffingPlan')

/** A plan as the API tells it, with what it changes from the one that it took over. */
export function answerOf(kept: KeptPlan, last: KeptPlan | undefined): z.infer<typeof planAnswer> {
  const { plan } = kept
  const { version: _, question, ...rest } = plan
  return {
    id: kept.id,
    createdAt: kept.createdAt,
    previous: kept.previous ?? null,
    demandRun: kept.demandRun ?? null,
    title: question.title,
    targetDays: question.targetDays,
    probability: question.probability,
    promise: question.promise,
    ...rest,
    outcome: outcomeOf(plan),
    idleShare: plan.idleShare ?? null,
    idleShareAll: plan.idleShareAll ?? null,
    idle: plan.idle ?? null,
    question: { ...question },
    origins: kept.origins,
    difference: (last && differenceOf(last.plan, plan)) ?? null,
    explanation: kept.explanation,
  }
}
