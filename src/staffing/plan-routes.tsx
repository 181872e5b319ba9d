import { createRoute, z } from '@hono/zod-openapi'
import type { Kysely } from 'kysely'
import { Refusal } from '../errors.ts'
import type { Database } from '../io/database/schema.ts'
import { csvAnswer } from '../io/http/csv.ts'
import { refused } from '../io/http/problem.ts'
import { createRouter } from '../io/http/router.ts'
import { isMonth } from '../pure/calendar/period.ts'
import { isTitle, TITLES } from '../pure/law/title.ts'
import { differenceOf } from './comparison.ts'
import { checkPlan, outcomeOf } from './plan.ts'
import { courseOfPlan, type KeptPlan, keptPlan, lastPlans } from './staffing-queries.ts'

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

const unknownPlan = refused('Aucun plan gardé ne porte cet identifiant')
/** How a plan that cannot be made is described. */
export const infeasible = refused(
  'Aucun plan ne tient : ce qui bloque et ce qui suffirait (binding, remedies)',
)
/** A body of JSON, described. */
export const json = <Schema extends z.ZodType>(schema: Schema) => ({ 'application/json': { schema } })
const idParameter = z.object({ id: z.string().openapi({ example: '0f3c9a52b1d47e60' }) })
const readPlan = createRoute({
  method: 'get',
  path: '/api/staffing/plans/{id}',
  summary: 'Un plan d’effectifs',
  tags: ['Effectifs'],
  request: { params: idParameter },
  responses: { 200: { description: 'Plan', content: json(planAnswer) }, 404: unknownPlan },
})

const readPlanCsv = createRoute({
  method: 'get',
  path: '/api/staffing/plans/{id}/months.csv',
  summary: 'Les mois d’un plan, pour un tableur',
  tags: ['Effectifs'],
  request: { params: idParameter },
  responses: {
    404: unknownPlan,
    200: { description: 'CSV', content: { 'text/csv': { schema: z.string() } } },
  },
})

const checkRoute = createRoute({
  method: 'post',
  path: '/api/staffing/plans/{id}/checks',
  summary: 'Mesurer de nouveau le risque d’un plan sur des trajectoires neuves',
  tags: ['Effectifs'],
  request: {
    params: idParameter,
    body: {
      required: true,
      content: json(
        z.object({
          seed: z
            .int()
            .min(0)
            .max(2 ** 31),
          paths: z.int().min(100).max(20_000),
        }),
      ),
    },
  },
  responses: {
    404: unknownPlan,
    200: {
      description: 'Risque mesuré',
      content: json(
        z.object({
          seed: z.int(),
          paths: z.int(),
          jointLateProbability: share,
          monthlyLateProbability: z.array(share),
        }),
      ),
    },
  },
})

const listRoute = createRoute({
  method: 'get',
  path: '/api/staffing/plans',
  summary: 'Derniers plans',
  tags: ['Effectifs'],
  responses: {
    200: {
      description: 'Plans, du plus récent au plus ancien',
      content: json(
        z.object({
          plans: z.array(
            z.object({
              id: z.string(),
              title,
              firstMonth: month,
              lastMonth: month,
              createdAt: z.string(),
              cost: z.number(),
              jointLateProbability: share,
            }),
          ),
        }),
      ),
    },
  },
}) /** Kept plans: listed, read again, as a file, checked on fresh paths. */
export function planRoutes({ db, department }: { db: Kysely<Database>; department: string }) {
  const router = createRouter()
  router.openapi(listRoute, async c => c.json({ plans: await lastPlans(db, department, 100) }, 200))
  router.openapi(readPlan, async c => {
    const kept = await keptOrRefuse(db, c.req.valid('param').id)
    return c.json(await answerOf(db, kept), 200)
  })
  router.openapi(readPlanCsv, async c => {
    const kept = await keptOrRefuse(db, c.req.valid('param').id)
    return csvAnswer(c, `effectifs-${kept.id}.csv`, monthRows(kept))
  })
  router.openapi(checkRoute, async c => {
    const kept = await keptOrRefuse(db, c.req.valid('param').id)
    const { seed, paths } = c.req.valid('json')
    const course = await courseOfPlan(db, kept)
    const draw = { count: paths, seed }
    const found = checkPlan(
      kept.plan,
      draw,
      await course?.pathsOf(kept.plan.question, [draw], c.req.raw.signal),
    )
    return c.json({ seed, paths, ...found }, 200)
  })
  return router
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

/** A plan as the API tells it, with what it changes from the one that it took over. */
export async function answerOf(db: Kysely<Database>, kept: KeptPlan): Promise<z.infer<typeof planAnswer>> {
  const { plan } = kept
  const last = kept.previous === undefined ? undefined : await keptPlan(db, kept.previous)
  const difference = last && differenceOf(last.plan, plan)
  const { version: ___, question, ...rest } = plan
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
    difference: difference ?? null,
    explanation: kept.explanation,
  }
}
function monthRows({ plan }: KeptPlan) {
  return {
    header: [
      'mois',
      'agents (ETPO)',
      'arrivées',
      'à décider en',
      'heures supplémentaires',
      'agents prêtés',
      'coût (€)',
      'probabilité de retard',
      'promis',
      'dossiers attendus',
      'capacité (dossiers)',
      'délai médian (jours)',
      'délai : 9 chances sur 10, de',
      'à',
    ],
    rows: plan.months.map(one => [
      one.month,
      one.agents,
      one.hires,
      one.decideBy,
      one.overtime,
      one.loans,
      one.cost,
      one.lateProbability,
      one.promised ? 'oui' : 'non',
      one.expectedFiles,
      one.capacity,
      one.delay.p50,
      one.delay.p05,
      one.delay.p95,
    ]),
  }
}
