import { z } from '@hono/zod-openapi'
import { Refusal } from '../errors.ts'
import { actAsOwner } from '../io/database/acting.ts'
import { described } from '../io/http/description.ts'
import { identityOf } from '../io/http/identity.ts'
import { createRouter } from '../io/http/router.ts'
import { paths, templateOf } from '../pure/access/paths.ts'
import { knownPointAnswer, knownPointSchema, readingSchema } from './collector-answer.ts'
import { collectorId, route, unknownCollector } from './collector-routes.tsx'
import { type CollectorsGround, collectorOrRefuse } from './collector-work.ts'
import { proposedPoints } from './point-queries.ts'
import { readings } from './reading-queries.ts'
import { beginToRead, doneWithin } from './reading-work.ts'

const pointsRoute = route.get(templateOf('apiCollectorPoints'), {
  summary: 'Les points lus, leur mairie ou celle qui est proposée',
  request: { params: collectorId },
  responses: {
    200: described('Par ville', z.object({ points: z.array(knownPointSchema) })),
    404: unknownCollector,
  },
})
const readRoute = route.post(templateOf('apiReadings'), {
  summary: 'Lire maintenant',
  description:
    'Répond quand le relevé est fini (201), ou après trois minutes s’il dure (202) : son état se lit à l’adresse location.',
  request: { params: collectorId },
  responses: {
    201: described('Relevé fini', readingSchema),
    202: described('Relevé en cours', readingSchema),
    404: unknownCollector,
  },
})
const readingsRoute = route.get(templateOf('apiReadings'), {
  summary: 'Les relevés, du plus récent au plus ancien',
  request: {
    params: collectorId,
    query: z.object({ limit: z.coerce.number().int().min(1).max(366).default(31) }),
  },
  responses: {
    200: described('Relevés', z.object({ readings: z.array(readingSchema) })),
    404: unknownCollector,
  },
})
const readingRoute = route.get(templateOf('apiReading'), {
  summary: 'Un relevé',
  request: { params: collectorId.extend({ reading: z.coerce.number().int().min(1).max(2_147_483_647) }) },
  responses: { 200: described('Relevé', readingSchema), 404: unknownCollector },
})

/** What automatic readings read: now, each time, and at which points. */
export function readingRoutes(ground: CollectorsGround) {
  const { db } = ground
  const router = createRouter()
  router.openapi(pointsRoute, async c => {
    const collector = await collectorOrRefuse(db, c.req.valid('param').id)
    const points = await proposedPoints(db, collector)
    return c.json({ points: points.map(({ point, proposed }) => knownPointAnswer(point, proposed)) }, 200)
  })
  router.openapi(readRoute, async c => {
    const collector = await collectorOrRefuse(db, c.req.valid('param').id)
    const begun = await actAsOwner(() => beginToRead(ground, collector.id, identityOf(c).account))
    if (begun === undefined) throw new Refusal('collector-not-found', 'La liste est à /api/collectors.')
    const isDone = await doneWithin(begun, error =>
      ground.report(error, { id: '', method: 'POST', path: c.req.path }),
    )
    const [reading] = await readings(db, { collector: collector.id, limit: 1, reading: begun.id })
    const location = paths.apiReading({ id: collector.id, reading: begun.id })
    return c.json(reading!, isDone ? 201 : 202, { location })
  })
  router.openapi(readingsRoute, async c => {
    const collector = await collectorOrRefuse(db, c.req.valid('param').id)
    const { limit } = c.req.valid('query')
    const found = await readings(db, { collector: collector.id, limit })
    return c.json({ readings: found }, 200)
  })
  router.openapi(readingRoute, async c => {
    const { id: collector, reading } = c.req.valid('param')
    const [found] = await readings(db, { collector, limit: 1, reading })
    if (found === undefined)
      throw new Refusal('collector-not-found', 'Ce relevé n’existe pas, ou ne dépend pas de vous.')
    return c.json(found, 200)
  })
  return router
}
