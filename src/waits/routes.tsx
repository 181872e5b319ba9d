import { createRoute, z } from '@hono/zod-openapi'
import type { Kysely } from 'kysely'
import type { Database } from '../io/database/schema.ts'
import { dayParameter, placeParameter, quarterParameter } from '../io/http/parameters.ts'
import { knownPlaceOrRefuse } from '../io/http/place.ts'
import { quarterlySeriesSchema } from '../io/http/quarterly-series-schema.ts'
import { createRouter } from '../io/http/router.ts'
import { appointmentWaits } from './queries.ts'

const waits = createRoute({
  method: 'get',
  path: '/api/waits',
  summary: 'Attente d’un rendez-vous en mairie, par trimestre',
  description: 'Même forme que les délais. Le lieu peut être un département, une mairie (code INSEE) ou FR.',
  tags: ['Rendez-vous'],
  request: {
    query: z.object({
      place: placeParameter,
      from: quarterParameter.optional(),
      to: quarterParameter.optional(),
      asOf: dayParameter.optional(),
    }),
  },
  responses: {
    200: {
      description: 'Une série par horloge de mesure',
      content: { 'application/json': { schema: z.object({ series: z.array(quarterlySeriesSchema) }) } },
    },
  },
})

/** The appointment waits, as data. */
export function waitRoutes({ db }: { db: Kysely<Database> }) {
  return createRouter().openapi(waits, async c => {
    const request = c.req.valid('query')
    await knownPlaceOrRefuse(db, request.place)
    return c.json({ series: await appointmentWaits(db, request) }, 200)
  })
}
