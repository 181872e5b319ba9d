import { z } from '@hono/zod-openapi'
import { Refusal } from '../errors.ts'
import { chapter, described, jsonBody, refused } from '../io/http/description.ts'
import { createRouter } from '../io/http/router.ts'
import { solverUntil } from '../io/solver/solve-program.ts'
import { ROUTES } from '../pure/access/paths.ts'
import { answerOf } from '../pure/figures/answer-of.ts'
import { steadyState } from '../pure/numerics/queues/steady-state.ts'
import { positive, workforceModel, workforcePlan } from './workforce-answer.ts'
import { planWorkforce } from './workforce-program.ts'

const { post } = chapter('Effectifs')

const workforceRoute = post(ROUTES.apiWorkforce, {
  summary: 'Résoudre un modèle de recrutement par cohortes',
  description:
    'Entrée générique : besoins en heures par période, ancienneté, formation, départs, coûts. Le cas d’école CSL (Winston) donne 593 776,51.',
  request: {
    body: jsonBody(workforceModel),
  },
  responses: {
    200: described('Plan le moins cher', workforcePlan),
    422: refused('Aucun plan ne couvre ces besoins'),
  },
})

/** Less of anything means nothing, and dividing by it would leave no number. */
const LEAST = 1e-6

const rules = z.object({
  load: z.number(),
  targetList: z.number(),
  targetMeanWait: z.number(),
  underControl: z.boolean(),
  reliefCapacity: z.number().nullable(),
  reliefCapacityEstimated: z.number().nullable(),
  targetCapacityWhitePaper: z.number(),
  targetCapacityKingman: z.number(),
  pressure: z.number().nullable(),
})

const steadyRoute = post(ROUTES.apiSteadyState, {
  summary: 'Règles d’équilibre d’une file (Fong et al. 2022)',
  description:
    'Charge, stock visé, capacité de rattrapage, attente moyenne, capacité d’équilibre (formule du livre blanc et formule de Kingman, nommées), pression. Mêmes unités partout.',
  request: {
    body: jsonBody(
      z.strictObject({
        demand: positive,
        capacity: z.number().min(LEAST).max(1e12),
        list: positive,
        target: z.number().min(LEAST).max(1e6),
        factor: z.number().min(LEAST).max(100).optional(),
        reliefTime: z.number().min(LEAST).max(1e6).optional().openapi({
          description: 'Temps pour ramener la liste à son objectif ; sans lui, pas de rattrapage',
        }),
        estimate: z
          .strictObject({ referrals: z.number().gt(0).max(1e12), variation: z.number().min(0).max(1e3) })
          .refine(({ referrals, variation }) => 2 * variation < Math.sqrt(referrals), {
            message:
              'trop peu de demandes comptées pour connaître leur rythme : il en faut plus de 4 × variation²',
          })
          .optional()
          .openapi({
            description:
              'Demandes dont le rythme est tiré, et leur coefficient de variation : le rattrapage tient alors sa borne haute, demande ÷ (1 − 2 × variation ÷ √demandes)',
          }),
        meanWait: positive.optional(),
        variation: z.strictObject({ demand: positive, capacity: positive }).optional(),
      }),
    ),
  },
  responses: {
    200: described('Règles', rules),
  },
})

/** Cohort hiring and steady-state rules, free of any title or place. */
export function workforceRoutes() {
  const router = createRouter()
  router.openapi(workforceRoute, async c => {
    const plan = await planWorkforce(c.req.valid('json'), solverUntil(c.req.raw.signal))
    if (!('cost' in plan)) {
      throw new Refusal(
        plan.status === 'time-limit' ? 'solver-too-slow' : 'staffing-infeasible',
        'Aucun plan ne couvre ces besoins avec ces limites : augmentez les recrutements permis, le budget, les heures ou l’effectif de départ.',
        { solver: plan.status },
      )
    }
    return c.json(plan, 200)
  })
  router.openapi(steadyRoute, c => {
    const asked = c.req.valid('json') as Parameters<typeof steadyState>[0]
    return c.json(answerOf(rules, steadyState(asked)), 200)
  })
  return router
}
