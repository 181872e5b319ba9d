import { z } from '@hono/zod-openapi'
import { chapter, described, jsonBody } from '../io/http/description.ts'
import { createRouter } from '../io/http/router.ts'
import { solverUntil } from '../io/solver/solve-program.ts'
import { ROUTES } from '../pure/access/paths.ts'
import { remembered } from '../pure/figures/remembered.ts'
import type { Title } from '../pure/law/title.ts'
import { localFacts } from './fact-queries.ts'
import { planNetwork } from './network.ts'
import { networkAnswer } from './network-answer.ts'
import { share } from './plan-answer.ts'
import { infeasible } from './plan-routes.tsx'
import { type PlanGround, plannedPlace } from './plan-work.ts'
import { defined, resolveQuestion, type StaffingRequest } from './question.ts'
import { planRequest } from './request-answer.ts'

const { post } = chapter('Effectifs')

/** Larger networks are planned in full-time equivalents unless asked: whole recruits take them ten seconds. */
const WHOLE_BY_DEFAULT = 30

const { previous: _, received: __, ...teamNumbers } = planRequest.shape
const networkRoute = post(ROUTES.apiNetworks, {
  summary: 'Planifier ensemble plusieurs CERT ou titres',
  description:
    'Sous un budget commun, avec des prêts d’agents entre équipes d’un même groupe. Ce que dit une équipe l’emporte sur ce qui est dit pour toutes.',
  request: {
    body: jsonBody(
      z.strictObject({
        ...teamNumbers,
        teams: z
          .array(
            z
              .strictObject(teamNumbers)
              .partial()
              .extend({ name: z.string().max(200), group: z.string().max(200).optional() }),
          )
          .min(1)
          .max(500),
        lending: z
          .strictObject({
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
  responses: {
    200: described('Plan du réseau', networkAnswer),
    422: infeasible,
  },
})
/** Several teams planned together. */
export function networkRoutes(ground: PlanGround) {
  const { db, today } = ground
  const router = createRouter()
  router.openapi(networkRoute, async c => {
    const { teams, lending, wholeRecruits, budget, ...common } = c.req.valid('json')
    const known = remembered<ReturnType<typeof localFacts>>(teams.length)
    const factsOf = async (place: string | undefined, title: Title) => {
      const department = await plannedPlace(ground, place)
      return known(`${department} ${title}`, () => localFacts(db, department, title, today()))
    }
    const facts = await Promise.all(
      teams.map(team => factsOf(team.place ?? common.place, (team.title ?? common.title) as Title)),
    )
    const plan = await planNetwork(
      {
        budget,
        lending,
        wholeRecruits: wholeRecruits ?? teams.length <= WHOLE_BY_DEFAULT,
        teams: teams.map(({ name, group, place: _, ...own }, i) => ({
          name,
          group: group ?? '',
          question: resolveQuestion({ ...common, ...defined(own), budget: undefined } as StaffingRequest, {
            ...facts[i]!,
            engine: false,
          }).question,
        })),
      },
      { solve: solverUntil(c.req.raw.signal) },
    )
    return c.json(plan, 200)
  })
  return router
}
