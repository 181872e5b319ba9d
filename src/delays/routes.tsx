import { createRoute, z } from '@hono/zod-openapi'
import type { Kysely } from 'kysely'
import type { Database } from '../io/database/schema.ts'
import { dayParameter, placeParameter, quarterParameter, titleParameter } from '../io/http/parameters.ts'
import { knownPlaceOrRefuse } from '../io/http/place.ts'
import { quarterlySeriesSchema } from '../io/http/quarterly-series-schema.ts'
import { createRouter } from '../io/http/router.ts'
import { issuanceDelays } from './queries.ts'

const delays = createRoute({
  method: 'get',
  path: '/api/delays',
  summary: 'Délais de délivrance par titre et par trimestre',
  description:
    'Chaque point dit son horloge, sa statistique et sa source ; les valeurs publiées en double sont gardées et signalées.',
  tags: ['Délais'],
  request: {
    query: z.object({
      place: placeParameter,
      from: quarterParameter.optional(),
      to: quarterParameter.optional(),
      title: titleParameter.optional(),
      asOf: dayParameter.optional(),
    }),
  },
  responses: {
    200: {
      description: 'Une série par titre',
      content: { 'application/json': { schema: z.object({ series: z.array(quarterlySeriesSchema) }) } },
    },
  },
})

/** The delays of titles, as data. */
export function delayRoutes({ db }: { db: Kysely<Database> }) {
  return createRouter().openapi(delays, async c => {
    const request = c.req.valid('query')
    await knownPlaceOrRefuse(db, request.place)
    return c.json({ series: await issuanceDelays(db, request) }, 200)
  })
}
