import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { stream } from 'hono/streaming'
import type { Kysely } from 'kysely'
import { REFUSALS, Refusal } from '../errors.ts'
import type { Database } from '../io/database/schema.ts'
import { csvAnswer } from '../io/http/csv.ts'
import { html } from '../io/http/page.ts'
import { refused } from '../io/http/problem.ts'
import { createRouter } from '../io/http/router.ts'
import { solverUntil } from '../io/solver/solve-program.ts'
import type { Day } from '../pure/calendar/day.ts'
import { addMonths, isMonth, monthOf } from '../pure/calendar/period.ts'
import { isTitle, TITLES, type Title } from '../pure/law/title.ts'
import { frenchShortNumber } from '../pure/pages/french.ts'
import type { Site } from '../pure/pages/layout.tsx'
import { projectedWaits } from '../waits/queries.ts'
import { ASSUMPTIONS, type AssumptionName } from './assumption.ts'
import { differenceOf } from './comparison.ts'
import { explainPlan } from './explain.ts'
import { fromForm } from './form.ts'
import { planNetwork } from './network.ts'
import { type FormDefaults, PlanPage, StaffingPage } from './page.tsx'
import { checkPlan, drawsOf, planStaffing } from './plan.ts'
import {
  courseOfPlan,
  demandCourse,
  type KeptPlan,
  keepPlan,
  keptPlan,
  lastPlans,
  localFacts,
  planId,
} from './queries.ts'
import { resolveQuestion, type StaffingRequest } from './question.ts'
import { ruleRoutes } from './rules/routes.tsx'
import { explainHallStaffing, hallNeeds } from './town-hall-staffing.ts'

const month = z
  .string()
  .refine(isMonth, { message: 'un mois s’écrit 2027-01' })
  .openapi({ example: '2027-01', description: 'Mois, 2027-01' })
const bounded = (minimum: number, maximum: number) => {
  const message = `un nombre de ${frenchShortNumber(minimum, 3)} à ${frenchShortNumber(maximum, 3)}`
  return z.number({ message }).min(minimum, { message }).max(maximum, { message })
}
const whole = (minimum: number, maximum: number) => {
  const message = `un nombre entier de ${minimum} à ${maximum}`
  return z.int({ message }).min(minimum, { message }).max(maximum, { message })
}
const share = bounded(0, 1)
const twelve = z.array(bounded(0, 20)).length(12, { message: 'douze nombres, de janvier à décembre' })
const monthAgents = z.array(z.object({ month, agents: z.number().min(0).max(1e5) })).max(240)

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

const title = z
  .string()
  .refine(isTitle, { message: `un titre parmi ${TITLES.join(', ')}`, params: { code: 'invalid-title' } })
  .openapi({ type: 'string', enum: [...TITLES], example: 'cni-passport' })

/** A promise and whatever is known better than the defaults. */
const planRequest = z
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

const explanation = z.array(z.object({ title: z.string(), text: z.string() }))
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
const planAnswer = z
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
const infeasible = refused('Aucun plan ne tient : ce qui bloque et ce qui suffirait (binding, remedies)')
const json = <Schema extends z.ZodType>(schema: Schema) => ({ 'application/json': { schema } })
const idParameter = z.object({ id: z.string().openapi({ example: '0f3c9a52b1d47e60' }) })

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
})

/** Larger networks are planned in full-time equivalents unless asked: whole recruits take them ten seconds. */
const WHOLE_BY_DEFAULT = 30

const { previous: _, received: __, ...teamNumbers } = planRequest.shape
const networkRoute = createRoute({
  method: 'post',
  path: '/api/staffing/networks',
  summary: 'Planifier ensemble plusieurs CERT ou titres',
  description:
    'Sous un budget commun, avec des prêts d’agents entre équipes d’un même groupe. Ce que dit une équipe l’emporte sur ce qui est dit pour toutes.',
  tags: ['Effectifs'],
  request: {
    body: {
      required: true,
      content: json(
        z.object({
          ...teamNumbers,
          teams: z
            .array(
              z
                .object(teamNumbers)
                .partial()
                .extend({ name: z.string().max(200), group: z.string().max(200).optional() }),
            )
            .min(1)
            .max(500),
          lending: z
            .object({
              maxShare: share,
              cost: z.number().min(0).max(1e5),
              productivity: z.number().min(0).max(2),
            })
            .optional(),
          wholeRecruits: z
            .boolean()
            .optional()
            .openapi({ description: 'Agents entiers ; par défaut, jusqu’à 30 équipes' }),
        }),
      ),
    },
  },
  responses: {
    200: {
      description: 'Plan du réseau',
      content: json(
        z.object({
          cost: z.number(),
          heldOutPaths: z.int(),
          teams: z.array(
            z.object({
              name: z.string(),
              group: z.string(),
              cost: z.number(),
              safety: z.number(),
              jointLateProbability: share,
              months: z.array(
                z.object({
                  month,
                  agents: z.number(),
                  hires: z.number(),
                  overtime: z.number(),
                  loans: z.number(),
                  lent: z.number(),
                  borrowed: z.number(),
                  cost: z.number(),
                  lateProbability: share,
                }),
              ),
            }),
          ),
        }),
      ),
    },
    422: infeasible,
  },
})

const hallsRoute = createRoute({
  method: 'get',
  path: '/api/staffing/town-halls',
  summary: 'Heures et stations de chaque mairie pour tenir une attente',
  tags: ['Effectifs'],
  request: {
    query: z.object({
      targetDays: z.coerce.number().gt(0).max(365).default(30),
      probability: z.coerce.number().min(0.5).max(0.99).default(0.9),
      quarters: z.coerce.number().int().min(1).max(12).default(4),
    }),
  },
  responses: {
    409: refused('Pas encore de projection : la réponse dit ce qu’il faut importer'),
    200: {
      description: 'Par mairie, et pour le département',
      content: json(
        z.object({
          targetDays: z.number(),
          from: z.string(),
          keptFrom: z.string(),
          until: z.string(),
          halls: z.array(
            z.object({
              insee: z.string(),
              name: z.string(),
              need: z
                .object({
                  requestsPerWeek: z.number(),
                  stations: z.int(),
                  hoursPerStation: z.number(),
                  stationHours: z.number(),
                  moreStationHours: z.number(),
                  moreStations: z.int(),
                  longestWaitDays: z.number(),
                })
                .nullable(),
              status: z.literal('estimated'),
            }),
          ),
          explanation,
        }),
      ),
    },
  },
})

interface Ground {
  db: Kysely<Database>
  today: () => Day
  department: string
  site: Site
}

type PlanRequest = z.infer<typeof planRequest>

/** How many agents, when, at what risk and cost: API and pages. */
export function staffingRoutes(ground: Ground) {
  const { db, today, department, site } = ground
  const router = createRouter()
  router.openapi(makePlan, async c => {
    const body = c.req.valid('json')
    if ((c.req.header('accept') ?? '').includes('application/x-ndjson')) return streamed(c, ground, body)
    return c.json(await answerOf(db, await planned(ground, body, c.req.raw.signal)), 201)
  })
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
  router.openapi(networkRoute, async c => {
    const { teams, lending, wholeRecruits, budget, ...common } = c.req.valid('json')
    const plan = await planNetwork(
      {
        budget,
        lending,
        wholeRecruits: wholeRecruits ?? teams.length <= WHOLE_BY_DEFAULT,
        teams: teams.map(({ name, group, ...own }) => ({
          name,
          group: group ?? '',
          question: resolveQuestion({ ...common, ...defined(own), budget: undefined } as StaffingRequest, {
            today: today(),
            place: department,
            engine: false,
          }).question,
        })),
      },
      { solve: solverUntil(c.req.raw.signal) },
    )
    return c.json(plan, 200)
  })
  router.route('/', ruleRoutes())
  router.openapi(hallsRoute, async c => c.json(await hallsAnswer(ground, c.req.valid('query')), 200))

  router.get('/effectifs', async c => {
    const asked = c.req.query('titre') ?? ''
    const shown: Title = isTitle(asked) ? asked : 'cni-passport'
    const previous = c.req.query('remplace')
    const last = previous === undefined ? undefined : await keptOrRefuse(db, previous)
    return html(
      c,
      StaffingPage({
        site,
        title: last?.plan.question.title ?? shown,
        defaults: await defaultsOf(ground, last?.plan.question.title ?? shown, last),
        last: last?.id,
        plans: await lastPlans(db, department, 10),
      }),
    )
  })
  router.post('/effectifs', async c => {
    const body = formOrRefuse(fromForm(await c.req.parseBody()))
    const kept = await planned(ground, body, c.req.raw.signal)
    return c.redirect(`/effectifs/${kept.id}`, 303)
  })
  router.get('/effectifs/:id', async c => {
    const kept = await keptOrRefuse(db, c.req.param('id'))
    const last = kept.previous === undefined ? undefined : await keptPlan(db, kept.previous)
    return html(c, PlanPage({ site, kept, difference: last && differenceOf(last.plan, kept.plan) }))
  })
  return router
}

function formOrRefuse(fields: Record<string, unknown>): PlanRequest {
  const result = planRequest.safeParse(fields)
  if (result.success) return result.data
  const faults = result.error.issues.map(issue => ({
    parameter: issue.path.join('.'),
    detail: issue.message,
  }))
  throw new Refusal(
    'invalid-parameter',
    faults.map(fault => `${fieldName(fault.parameter)} : ${fault.detail}`).join(' ; '),
    { errors: faults },
  )
}

function fieldName(parameter: string): string {
  return parameter in ASSUMPTIONS ? ASSUMPTIONS[parameter as AssumptionName].label : parameter
}

async function defaultsOf(
  { db, today, department }: Ground,
  shown: Title,
  last: KeptPlan | undefined,
): Promise<FormDefaults> {
  try {
    return resolveQuestion(
      { title: shown, months: 18, targetDays: 14, probability: 0.9 },
      {
        ...(await localFacts(db, department, shown, today())),
        engine: false,
        last: last && { id: last.id, plan: last.plan },
      },
    )
  } catch (error) {
    if (error instanceof Refusal) return { reason: error.message }
    throw error
  }
}

async function hallsAnswer(
  { db, department, today }: Ground,
  { targetDays, probability, quarters }: { targetDays: number; probability: number; quarters: number },
) {
  const waits = await projectedWaits(db, department, today())
  if ('reason' in waits) throw new Refusal('no-projection', waits.reason)
  const { outlook } = waits
  const plan = hallNeeds(outlook, { targetDays, probability, quarters })
  return {
    targetDays,
    ...plan,
    halls: plan.halls.map(hall => ({
      ...hall,
      need: hall.need ?? null,
      status: 'estimated' as const,
    })),
    explanation: explainHallStaffing(plan.halls, targetDays),
  }
}

function defined<T extends object>(values: T): Partial<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>
}

async function planned(
  { db, today, department }: Ground,
  { previous, ...request }: PlanRequest,
  signal: AbortSignal,
  progress?: (step: string) => void,
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
  const plan = await planStaffing(question, {
    solve: solverUntil(signal),
    pathsOf: await followed?.pathsOf(question, drawsOf(question), signal),
    progress,
  })
  await keepPlan(db, { id, ...context, plan, origins, explanation: explainPlan(plan, origins) })
  return keptOrRefuse(db, id)
}

async function keptOrRefuse(db: Kysely<Database>, id: string): Promise<KeptPlan> {
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

async function answerOf(db: Kysely<Database>, kept: KeptPlan): Promise<z.infer<typeof planAnswer>> {
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
    question: { ...question },
    origins: kept.origins,
    difference: difference ?? null,
    explanation: kept.explanation,
  }
}

/** One line of JSON for each program solved, then the plan or the refusal. */
function streamed(c: Context, ground: Ground, body: PlanRequest) {
  c.header('content-type', 'application/x-ndjson; charset=utf-8')
  const stop = new AbortController()
  return stream(c, async out => {
    out.onAbort(() => stop.abort(new Error('called off')))
    let solved = 0
    const progress = (step: string) => {
      solved++
      void out.write(`${JSON.stringify({ solved, step })}\n`)
    }
    try {
      const kept = await planned(ground, body, stop.signal, progress)
      await out.write(`${JSON.stringify({ plan: await answerOf(ground.db, kept) })}\n`)
    } catch (error) {
      if (stop.signal.aborted) return
      if (!(error instanceof Refusal)) throw error
      const { status, title: name } = REFUSALS[error.code]
      const problem = { code: error.code, status, title: name, detail: error.message, ...error.extensions }
      await out.write(`${JSON.stringify({ problem })}\n`)
    }
  }) as never
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
