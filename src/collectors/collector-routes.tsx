import { z } from '@hono/zod-openapi'
import { requireOwn } from '../access/own-place-queries.ts'
import { Refusal } from '../errors.ts'
import { chapter, described, jsonBody, refused } from '../io/http/description.ts'
import { homePlace, identityOf } from '../io/http/identity.ts'
import { placeParameter } from '../io/http/parameters.ts'
import { createRouter } from '../io/http/router.ts'
import { paths, ROUTES, templateOf } from '../pure/access/paths.ts'
import { collectorAnswer, collectorChange, collectorOrder, collectorSchema } from './collector-answer.ts'
import { closeCollector, collectors } from './collector-queries.ts'
import {
  type CollectorsGround,
  changeOf,
  collectorOrRefuse,
  orderOf,
  recogniseHalls,
} from './collector-work.ts'

/** Declares the addresses of automatic readings. */
export const route = chapter('Relevés automatiques')
/** Number of a collector, in an address. */
export const collectorId = z.object({
  id: z.coerce.number().int().min(1).max(2_147_483_647).openapi({ example: 1 }),
})
/** Said of a collector that is not the caller's. */
export const unknownCollector = refused('Aucun relevé automatique de ce numéro ne dépend de vous')
const orderHere = collectorOrder.extend({ department: placeParameter.optional() }).openapi('CollectorRequest')
const listRoute = route.get(ROUTES.apiCollectors, {
  summary: 'Les relevés automatiques, leur dernier relevé et le prochain',
  responses: {
    200: described('Par nom', z.object({ collectors: z.array(collectorSchema) })),
  },
})
const createRouteOf = route.post(ROUTES.apiCollectors, {
  summary: 'Ajouter un relevé automatique',
  request: { body: jsonBody(orderHere) },
  responses: {
    201: described('Créé', collectorSchema),
    409: refused('Aucun jeton ne peut être gardé sans SECRET_KEY'),
    422: refused('Adresse qui n’est pas permise'),
  },
})
const changeRoute = route.patch(templateOf('apiCollector'), {
  summary: 'Changer un relevé automatique, confirmer les mairies de ses points',
  description: 'Une adresse d’une autre origine demande le jeton à nouveau.',
  request: { params: collectorId, body: jsonBody(collectorChange) },
  responses: {
    200: described('Changé', collectorSchema),
    404: unknownCollector,
    422: refused('Adresse ou mairie refusée'),
  },
})
const closeRoute = route.remove(templateOf('apiCollector'), {
  summary: 'Abandonner un relevé automatique ; ses chiffres restent',
  request: { params: collectorId },
  responses: { 204: { description: 'Abandonné' }, 404: unknownCollector },
})
/** What is read every day without anybody typing, managed; what it reads is told by `reading-routes.tsx`. */
export function collectorRoutes(ground: CollectorsGround) {
  const { db, department } = ground
  const router = createRouter()
  const one = async (collector: number) =>
    collectorAnswer(await collectorOrRefuse(db, collector), ground.clock())
  router.openapi(listRoute, async c => {
    const all = await collectors(db)
    return c.json({ collectors: all.map(collector => collectorAnswer(collector, ground.clock())) }, 200)
  })
  router.openapi(createRouteOf, async c => {
    const given = c.req.valid('json')
    const home = given.department ?? homePlace(c, department)
    await requireOwn(c, db, given.kind === 'folder' ? department : home)
    const created = await orderOf(ground, { ...given, department: home })
    return c.json(await one(created), 201, { location: paths.apiCollector({ id: created }) })
  })
  router.openapi(changeRoute, async c => {
    const { halls = [], ...change } = c.req.valid('json')
    const collector = await collectorOrRefuse(db, c.req.valid('param').id)
    if (collector.kind === 'folder' && change.address !== undefined) await requireOwn(c, db, department)
    await changeOf(ground, collector, change)
    if (halls.length > 0) await recogniseHalls(ground, collector, halls, { c, by: identityOf(c).account })
    return c.json(await one(collector.id), 200)
  })
  router.openapi(closeRoute, async c => {
    if (!(await closeCollector(db, c.req.valid('param').id)))
      throw new Refusal('collector-not-found', 'La liste est à /api/collectors.')
    return c.body(null, 204)
  })
  return router
}
