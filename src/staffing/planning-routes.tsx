import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { stream } from 'hono/streaming'
import type { Kysely } from 'kysely'
import { requireOwn } from '../access/own-place-queries.ts'
import { REFUSALS, Refusal } from '../errors.ts'
import type { Database } from '../io/database/schema.ts'
import { createRouter } from '../io/http/router.ts'
import { solverUntil } from '../io/solver/solve-program.ts'
import type { Day } from '../pure/calendar/day.ts'
import { addMonths, monthOf } from '../pure/calendar/period.ts'
import { frenchShortNumber } from '../pure/french/french.ts'
import { ASSUMPTIONS, type AssumptionName } from './assumption.ts'
import { contractFaults } from './contract.ts'
import { explainPlan } from './explain.ts'
import { drawsOf, planStaffing } from './plan.ts'
import { answerOf, infeasible, json, keptOrRefuse, month, planAnswer, title } from './plan-routes.tsx'
import type { PlanStep } from './progress.ts'
import { resolveQuestion } from './question.ts'
import { demandCourse, type KeptPlan, keepPlan, keptPlan, localFacts, planId } from './staffing-queries.ts'

const bounded = (minimum: number, maximum: number) => {
  const message = `un nombre de ${frenchShortNumber(minimum, 3)} à ${frenchShortNumber(maximum, 3)}`
  return z.number({ message }).min(minimum, { message }).max(maximum, { message })
}
const whole = (minimum: number, maximum: number) => {
  const message = `un nombre entier de ${minimum} à ${maximum}`
  return z.int({ message }).min(minimum, { message }).max(maximum, { message })
}
const twelve = z.array(bounded(0, 20)).length(12, { message: 'douze nombres, de janvier à décembre' })
const monthAgents = z
  .array(z.object({ month, agents: z.number().min(0).max(1e5), contract: z.string().max(40).optional() }))
  .max(240)

/** One optional number for each assumption of a plan, within its bounds. */
const numbers = Object.fromEntries(
  (Object.keys(ASSUMPTIONS) as AssumptionName[]).map(name => {
    const { label, unit, minimum, maximum } = ASSUMPTIONS[name]
    return [
      name,
      bounded(minimum, maximum)
        .optional()
        .openapi({ description: `${label} (${unit})` }),
    ]
  }),
) as Record<AssumptionName, z.ZodOptional<z.ZodNumber>>

/** A promise and whatever is known better than the defaults. */
export const planRequest = z
  .object({
    title,
    months: whole(1, 60).openapi({ description: 'Mois planifiés, de 1 à 60' }),
    targetDays: bounded(0.1, 365).openapi({ description: 'Délai à tenir, en jours' }),
    probability: bounded(0.5, 0.999).openapi({ description: 'Probabilité de le tenir, de 0,5 à 0,999' }),
    firstMonth: month.optional(),
    promise: z
      .enum(['joint', 'monthly'])
      .optional()
      .openapi({ description: 'Tenir tous les mois à la fois (joint) ou chaque mois (monthly)' }),
    unpromisedMonths: whole(0, 59).optional(),
    startStock: bounded(0, 1e8).optional(),
    budget: bounded(0, 1e11).optional(),
    contractMonths: whole(1, 120).optional(),
    contracts: z
      .array(
        z.object({
          kind: z.enum(['permanent', 'fixed-term', 'seasonal']),
          months: whole(1, 72).optional(),
          leadMonths: whole(0, 24).optional(),
          maxPerMonth: whole(0, 10_000).optional(),
          hiringCost: bounded(0, 1e6).optional(),
          wagePerMonth: bounded(0, 1e5).optional(),
          endPremium: bounded(0, 1).optional(),
        }),
      )
      .min(1)
      .max(12)
      .superRefine((contracts, context) => {
        for (const [i, fault] of contractFaults(contracts)) {
          context.addIssue({ code: 'custom', path: [i], message: fault })
        }
      })
      .optional()
      .openapi({
        description: 'Contrats des recrues ; sans lui, postes permanents, contrats et saisonniers',
      }),
    presence: twelve.optional(),
    season: twelve.optional(),
    training: z.array(z.number().min(0).max(2)).max(24).optional(),
    contractEnds: monthAgents.optional(),
    decided: monthAgents.optional(),
    received: z
      .array(z.object({ month, files: z.number().min(0).max(1e8) }))
      .max(60)
      .optional(),
    seed: whole(0, 2 ** 31).optional(),
    ...numbers,
    recruitingLeadMonths: whole(0, 24).optional(),
    previous: z.string().max(40).optional().openapi({
      description: 'Plan que celui-ci remplace : ses valeurs et ses arrivées décidées sont reprises',
    }),
  })
  .openapi('StaffingRequest')

const makePlan = createRoute({
  method: 'post',
  path: '/api/staffing/plans',
  summary: 'Planifier les effectifs d’un titre',
  description:
    'Recrutements, heures supplémentaires et prêts les moins chers, mois par mois, pour tenir un délai avec la probabilité demandée. Le risque est mesuré sur des trajectoires de demande que le calcul n’a pas vues. Avec « Accept: application/x-ndjson », l’avancement arrive ligne à ligne, puis le plan ; fermer la connexion annule le calcul.',
  tags: ['Effectifs'],
  request: { body: { required: true, content: json(planRequest) } },
  responses: { 201: { description: 'Plan', content: json(planAnswer) }, 422: infeasible },
})
/** What a plan is made from: the database, the day, the department. */
export interface PlanGround {
  db: Kysely<Database>
  today: () => Day
  department: string
}
/** What a caller asks of a plan, once checked. */
export type PlanRequest = z.infer<typeof planRequest>
/** Plans of one team: made, and followed while they are made. */
export function planningRoutes(ground: PlanGround) {
  const { db } = ground
  const router = createRouter()
  router.openapi(makePlan, async c => {
    const body = c.req.valid('json')
    await requireOwn(c, db, ground.department)
    if ((c.req.header('accept') ?? '').includes('application/x-ndjson')) {
      return streamed(c, ground, body, {
        step: step => step,
        end: async kept => ({ plan: await answerOf(db, kept) }),
      })
    }
    return c.json(await answerOf(db, await planned(ground, body, c.req.raw.signal)), 201)
  })
  return router
}

/** The plan of a request, made and kept; the one kept already when the same was asked before. */
export async function planned(
  { db, today, department }: PlanGround,
  { previous, ...request }: PlanRequest,
  signal: AbortSignal,
  progress: (step: PlanStep) => void = () => undefined,
): Promise<KeptPlan> {
  const last = previous === undefined ? undefined : await keptOrRefuse(db, previous)
  const firstMonth = request.firstMonth ?? addMonths(monthOf(today()), 1)
  const [facts, course] = await Promise.all([
    localFacts(db, department, request.title, today()),
    demandCourse(db, department, request.title, addMonths(firstMonth, request.months - 1), today()),
  ])
  // A season that is given replaces the course of the engine, which carries its own.
  const followed = request.season === undefined ? course : undefined
  const { question, origins } = resolveQuestion(request, {
    ...facts,
    engine: followed !== undefined,
    last: last && { id: last.id, plan: last.plan },
  })
  const context = { place: department, demandRun: followed?.run, previous: last?.id }
  const id = planId(question, context)
  const known = await keptPlan(db, id)
  if (known !== undefined) return known
  const pathsOf = await followed?.pathsOf(question, drawsOf(question), signal, (drawn, of) =>
    progress({ step: 'futures', drawn, of }),
  )
  let solved = 0
  const plan = await planStaffing(question, {
    solve: solverUntil(signal),
    pathsOf,
    progress: step => {
      solved++
      progress({ solved, step })
    },
  })
  await keepPlan(db, { id, ...context, plan, origins, explanation: explainPlan(plan, origins) })
  return keptOrRefuse(db, id)
}

/** One line of JSON for each step, then how it ended, or the refusal. Closing the connection calls the plan off. */
export function streamed(
  c: Context,
  ground: PlanGround,
  body: PlanRequest,
  line: { step: (step: PlanStep) => object; end: (kept: KeptPlan) => Promise<object> },
) {
  c.header('content-type', 'application/x-ndjson; charset=utf-8')
  // Compressed, lines would wait for one another.
  c.header('cache-control', 'no-store, no-transform')
  const stop = new AbortController()
  return stream(c, async out => {
    out.onAbort(() => stop.abort(new Error('called off')))
    const write = (value: object) => out.write(`${JSON.stringify(value)}\n`)
    try {
      const kept = await planned(ground, body, stop.signal, step => void write(line.step(step)))
      await write(await line.end(kept))
    } catch (error) {
      if (stop.signal.aborted) return
      if (!(error instanceof Refusal)) throw error
      const { status, title: name } = REFUSALS[error.code]
      await write({
        problem: { code: error.code, status, title: name, detail: error.message, ...error.extensions },
      })
    }
  }) as never
}
