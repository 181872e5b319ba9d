import { z } from '@hono/zod-openapi'
import { chapter, described, jsonBody } from '../io/http/description.ts'
import { createRouter } from '../io/http/router.ts'
import { ROUTES } from '../pure/access/paths.ts'
import {
  deskStaffing,
  erlangB,
  impatientQueue,
  multiServerQueue,
  serviceLevel,
} from '../pure/numerics/queues/erlang.ts'
import { positive, share } from './workforce-answer.ts'

const { post } = chapter('Effectifs')

const rate = z.number().min(1e-9).max(1e6)
const MOST_SERVERS = 10_000
const MOST_WAITING = 100_000

const deskRoute = post(ROUTES.apiDesk, {
  summary: 'Agents d’un guichet ou d’un accueil téléphonique (Erlang C)',
  request: {
    body: jsonBody(
      z
        .strictObject({
          arrivals: positive,
          interval: rate,
          serviceTime: z.number().gt(0).max(1e6),
          target: positive,
          serviceLevel: z.number().min(0).lt(1),
          maxOccupancy: z.number().gt(0).max(1).default(1),
          shrinkage: z.number().min(0).max(0.99).default(0),
        })
        .refine(
          ({ arrivals, interval, serviceTime, maxOccupancy }) =>
            ((arrivals / interval) * serviceTime) / maxOccupancy <= MOST_SERVERS,
          { message: 'une charge qui demande 10 000 agents au plus' },
        ),
    ),
  },
  responses: {
    200: described(
      'Agents présents et employés',
      z.object({
        agentsAtDesk: z.int(),
        agentsEmployed: z.int(),
        serviceLevel: share,
        occupancy: share,
        probabilityOfWaiting: share,
      }),
    ),
  },
})

const queueRoute = post(ROUTES.apiQueues, {
  summary: 'Moyennes d’une file : Erlang B, C et A',
  description:
    'Arrivées et services par unité de temps. Erlang B : part perdue sans attente possible. Erlang C (M/M/c) : absente (null) quand les agents ne suffisent pas. Erlang A : si une patience moyenne est donnée.',
  request: {
    body: jsonBody(
      z
        .strictObject({
          arrivalRate: rate,
          serviceRate: rate,
          servers: z.int().min(1).max(MOST_SERVERS),
          patience: rate.optional(),
          target: positive.default(0).openapi({ description: 'Attente à ne pas dépasser' }),
        })
        .refine(({ arrivalRate, patience = 0 }) => arrivalRate * patience <= MOST_WAITING, {
          message: 'arrivées × patience de 100 000 au plus : autant de personnes attendraient à la fois',
        }),
    ),
  },
  responses: {
    200: described(
      'Moyennes de longue durée',
      z.object({
        erlangs: z.number(),
        lostShare: share,
        patient: z
          .object({
            inSystem: z.number(),
            waiting: z.number(),
            timeInSystem: z.number(),
            wait: z.number(),
            occupancy: share,
            probabilityOfWaiting: share,
            probabilityEmpty: share,
            servedWithin: share,
          })
          .nullable(),
        impatient: z
          .object({
            probabilityOfWaiting: share,
            abandonedShare: share,
            occupancy: share,
            wait: z.number(),
            servedWithin: share,
          })
          .nullable(),
      }),
    ),
  },
})

/** Desks and queues, free of any title or place: Erlang B, C and A. */
export function queueRoutes() {
  const router = createRouter()
  router.openapi(deskRoute, c => c.json(deskStaffing(c.req.valid('json')), 200))
  router.openapi(queueRoute, c => {
    const { patience, target, ...queue } = c.req.valid('json')
    const erlangs = queue.arrivalRate / queue.serviceRate
    const means = multiServerQueue(queue)
    return c.json(
      {
        erlangs,
        lostShare: erlangB(queue.servers, erlangs),
        patient: means
          ? { ...means, servedWithin: serviceLevel(queue.servers, erlangs, target, 1 / queue.serviceRate) }
          : null,
        impatient: patience === undefined ? null : impatientQueue({ ...queue, patience }, target),
      },
      200,
    )
  })
  return router
}
