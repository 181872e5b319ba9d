import { z } from '@hono/zod-openapi'
import { chapter, csvRoute, described, jsonBody, refused } from '../io/http/description.ts'
import { csvAnswer } from '../io/http/file-answer.ts'
import { placeOrCertParameter } from '../io/http/parameters.ts'
import { createRouter } from '../io/http/router.ts'
import { ROUTES, templateOf } from '../pure/access/paths.ts'
import { courseOfPlan } from './course-queries.ts'
import { checkPlan } from './plan.ts'
import { answerOf, planAnswer, planSummary, share } from './plan-answer.ts'
import { monthFile } from './plan-page.tsx'
import { changesOf, keptOrRefuse, lastPlans } from './plan-queries.ts'
import { type PlanGround, plannedPlace } from './plan-work.ts'

const { get, post } = chapter('Effectifs')

const unknownPlan = refused('Aucun plan gardé ne porte cet identifiant')
/** How a plan that cannot be made is described. */
export const infeasible = refused(
  'Aucun plan ne tient : ce qui bloque et ce qui suffirait (binding, remedies)',
)
const idParameter = z.object({ id: z.string().openapi({ example: '0f3c9a52b1d47e60' }) })
const readPlan = get(templateOf('apiPlan'), {
  summary: 'Un plan d’effectifs',
  request: { params: idParameter },
  responses: { 200: described('Plan', planAnswer), 404: unknownPlan },
})

const readPlanCsv = csvRoute(readPlan, templateOf('apiPlanMonths'), {
  summary: 'Les mois d’un plan, pour un tableur',
})

const checkRoute = post(templateOf('apiPlanChecks'), {
  summary: 'Mesurer de nouveau le risque d’un plan sur des trajectoires neuves',
  request: {
    params: idParameter,
    body: jsonBody(
      z.strictObject({
        seed: z
          .int()
          .min(0)
          .max(2 ** 31),
        paths: z.int().min(100).max(20_000),
      }),
    ),
  },
  responses: {
    404: unknownPlan,
    200: described(
      'Risque mesuré',
      z.object({
        seed: z.int(),
        paths: z.int(),
        jointLateProbability: share,
        monthlyLateProbability: z.array(share),
      }),
    ),
  },
})

const listRoute = get(ROUTES.apiPlans, {
  summary: 'Derniers plans',
  request: { query: z.object({ place: placeOrCertParameter.optional() }) },
  responses: {
    200: described('Plans, du plus récent au plus ancien', z.object({ plans: z.array(planSummary) })),
  },
})

/** Kept plans: listed, read again, as a file, checked on fresh paths. */
export function planRoutes(ground: PlanGround) {
  const { db, futures } = ground
  const router = createRouter()
  router.openapi(listRoute, async c => {
    const place = await plannedPlace(ground, c.req.valid('query').place)
    return c.json({ plans: await lastPlans(db, place, 100) }, 200)
  })
  router.openapi(readPlan, async c => {
    const kept = await keptOrRefuse(db, c.req.valid('param').id)
    return c.json(answerOf(kept, await changesOf(db, kept)), 200)
  })
  router.openapi(readPlanCsv, async c => {
    const kept = await keptOrRefuse(db, c.req.valid('param').id)
    return csvAnswer(c, `effectifs-${kept.id}.csv`, monthFile(kept.plan))
  })
  router.openapi(checkRoute, async c => {
    const kept = await keptOrRefuse(db, c.req.valid('param').id)
    const { seed, paths } = c.req.valid('json')
    const course = await courseOfPlan(db, kept, futures)
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
