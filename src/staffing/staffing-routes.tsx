import { z } from '@hono/zod-openapi'
import { requestsByHall } from '../demand/demand-sample.ts'
import { sampleOf } from '../demand/run-queries.ts'
import { projectedOrRefuse, Refusal } from '../errors.ts'
import { chapter, described, refused } from '../io/http/description.ts'
import { placeOrCertParameter } from '../io/http/parameters.ts'
import { createRouter } from '../io/http/router.ts'
import { NO_HALL_KNOWN } from '../places/town-hall-queries.ts'
import { ROUTES } from '../pure/access/paths.ts'
import { plannedDepartment } from '../waits/department-wait-queries.ts'
import { hallWaitsNow } from '../waits/wait-now-queries.ts'
import { hallStaffed } from './hall-answer.ts'
import { networkRoutes } from './network-routes.tsx'
import { explanation } from './plan-answer.ts'
import { planRoutes } from './plan-routes.tsx'
import { type PlanGround, plannedPlace } from './plan-work.ts'
import { planningRoutes } from './planning-routes.tsx'
import { staffingPageRoutes } from './staffing-page-routes.tsx'
import { explainHallStaffing, hallNeeds, promiseMonths } from './town-hall-staffing.ts'

const { get } = chapter('Effectifs')

const hallsRoute = get(ROUTES.apiStaffedHalls, {
  summary: 'Heures et stations de chaque mairie pour tenir une attente',
  request: {
    query: z.object({
      place: placeOrCertParameter.optional(),
      targetDays: z.coerce.number().gt(0).max(365).default(30),
      probability: z.coerce.number().min(0.5).max(0.99).default(0.9),
      quarters: z.coerce.number().int().min(1).max(12).default(4),
    }),
  },
  responses: {
    409: refused('Pas encore de projection : la réponse dit ce qu’il faut importer'),
    200: described(
      'Par mairie, et pour le département',
      z.object({
        targetDays: z.number(),
        from: z.string(),
        keptFrom: z.string(),
        until: z.string(),
        halls: z.array(
          z.object({
            insee: z.string(),
            name: z.string(),
            need: hallStaffed.nullable(),
            status: z.literal('estimated'),
          }),
        ),
        explanation,
      }),
    ),
  },
})
/** How many agents, when, at what risk and cost: API and pages. */
export function staffingRoutes(ground: PlanGround) {
  const router = createRouter()
  router.route('/', planningRoutes(ground))
  router.route('/', planRoutes(ground))
  router.route('/', networkRoutes(ground))
  router.route('/', staffingPageRoutes(ground))
  router.openapi(hallsRoute, async c => c.json(await hallsAnswer(ground, c.req.valid('query')), 200))
  return router
}

async function hallsAnswer(
  ground: PlanGround,
  { place, targetDays, probability, quarters }: z.infer<(typeof hallsRoute)['request']['query']>,
) {
  const { db, today } = ground
  const department = await plannedPlace(ground, place)
  const planned = projectedOrRefuse(await plannedDepartment(db, department, today()))
  // Nobody tells a town that may have no station what its stations need.
  if (planned.run.inputs.hallsAssumed) throw new Refusal('no-projection', NO_HALL_KNOWN)
  const { asOf, offers } = planned.waits
  const found = await hallWaitsNow(db, department, asOf)
  if (found === undefined)
    throw new Refusal('no-projection', 'Aucune attente n’est publiée : importez un fichier « rendez-vous ».')
  const byPath = requestsByHall(await sampleOf(planned.run), promiseMonths(asOf, quarters))
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
