import { createRoute, z } from '@hono/zod-openapi'
import { requireOwn } from '../access/own-place-queries.ts'
import { requestsByHall, sampleOf } from '../demand/demand-sample.ts'
import { Refusal } from '../errors.ts'
import { html } from '../io/http/page.ts'
import { refused } from '../io/http/problem.ts'
import { createRouter } from '../io/http/router.ts'
import { isTitle, type Title } from '../pure/law/title.ts'
import type { Site } from '../pure/pages/layout.tsx'
import { plannedDepartment } from '../waits/department-wait-queries.ts'
import { hallWaitsNow } from '../waits/wait-now-queries.ts'
import { ASSUMPTIONS, type AssumptionName } from './assumption.ts'
import { differenceOf } from './comparison.ts'
import { fromForm } from './form.ts'
import { networkRoutes } from './network-routes.tsx'
import { explanation, json, keptOrRefuse, planRoutes } from './plan-routes.tsx'
import {
  type PlanGround,
  type PlanRequest,
  planned,
  planningRoutes,
  planRequest,
  streamed,
} from './planning-routes.tsx'
import { stepWords } from './progress.ts'
import { resolveQuestion } from './question.ts'
import { type FormDefaults, PlanPage, StaffingPage } from './staffing-page.tsx'
import { type KeptPlan, keptPlan, lastPlans, localFacts } from './staffing-queries.ts'
import { explainHallStaffing, hallNeeds, promiseMonths } from './town-hall-staffing.ts'

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
interface Ground extends PlanGround {
  site: Site
}

/** How many agents, when, at what risk and cost: API and pages. */
export function staffingRoutes(ground: Ground) {
  const { db, department, site } = ground
  const router = createRouter()
  router.route('/', planningRoutes(ground))
  router.route('/', planRoutes(ground))
  router.route('/', networkRoutes(ground))
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
    await requireOwn(c, db, department)
    if ((c.req.header('accept') ?? '').includes('application/x-ndjson')) {
      return streamed(c, ground, body, {
        step: stepWords,
        end: async ({ id }) => ({ location: `/effectifs/${id}` }),
      })
    }
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
  const planned = await plannedDepartment(db, department, today())
  if ('reason' in planned) throw new Refusal('no-projection', planned.reason)
  const { asOf, offers } = planned.waits
  const found = await hallWaitsNow(db, department, asOf)
  if (found === undefined)
    throw new Refusal('no-projection', 'Aucune attente n’est publiée : importez un fichier « rendez-vous ».')
  const byPath = requestsByHall(sampleOf(planned.run), promiseMonths(asOf, quarters))
  const requests = new Map(
    planned.run.inputs.halls.map(({ insee }, h) => [insee, byPath.map(halls => halls[h]!)]),
  )
  const plan = hallNeeds({ asOf, offers, days: found.days, requests }, { targetDays, probability, quarters })
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
