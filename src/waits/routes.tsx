import { createRoute, z } from '@hono/zod-openapi'
import type { Kysely } from 'kysely'
import type { Database } from '../io/database/schema.ts'
import { csvAnswer } from '../io/http/csv.ts'
import { html } from '../io/http/page.ts'
import { dayParameter, placeParameter, quarterParameter } from '../io/http/parameters.ts'
import { knownPlaceOrRefuse } from '../io/http/place.ts'
import { quarterlySeriesSchema } from '../io/http/quarterly-series-schema.ts'
import { createRouter, queryOf } from '../io/http/router.ts'
import { seriesRows } from '../pure/figures/quarterly-series.ts'
import type { Site } from '../pure/pages/layout.tsx'
import { WaitsPage } from './page.tsx'
import { appointmentWaits } from './queries.ts'

const request = {
  query: z.object({
    place: placeParameter.optional(),
    from: quarterParameter.optional(),
    to: quarterParameter.optional(),
    asOf: dayParameter.optional(),
  }),
}

const waits = createRoute({
  method: 'get',
  path: '/api/waits',
  summary: 'Attente d’un rendez-vous en mairie, par trimestre',
  description: 'Même forme que les délais. Le lieu peut être un département, une mairie (code INSEE) ou FR.',
  tags: ['Rendez-vous'],
  request,
  responses: {
    200: {
      description: 'Une série par horloge de mesure',
      content: { 'application/json': { schema: z.object({ series: z.array(quarterlySeriesSchema) }) } },
    },
  },
})

const waitsCsv = createRoute({
  method: 'get',
  path: '/api/waits.csv',
  summary: 'Les mêmes attentes, pour un tableur',
  tags: ['Rendez-vous'],
  request,
  responses: { 200: { description: 'CSV', content: { 'text/csv': { schema: z.string() } } } },
})

interface Ground {
  db: Kysely<Database>
  department: string
  site: Site
}

/** The appointment waits: data, spreadsheet and page. */
export function waitRoutes({ db, department, site }: Ground) {
  const router = createRouter()
  router.openapi(waits, async c => {
    const { place = department, ...rest } = c.req.valid('query')
    await knownPlaceOrRefuse(db, place)
    return c.json({ series: await appointmentWaits(db, { place, ...rest }) }, 200)
  })
  router.openapi(waitsCsv, async c => {
    const { place = department, ...rest } = c.req.valid('query')
    await knownPlaceOrRefuse(db, place)
    return csvAnswer(
      c,
      `rendez-vous-${place}.csv`,
      seriesRows(await appointmentWaits(db, { place, ...rest })),
    )
  })
  router.get('/rendez-vous', async c => {
    const { place = department, ...rest } = queryOf(c, request.query)
    const known = await knownPlaceOrRefuse(db, place)
    const [series, nation] = await Promise.all([
      appointmentWaits(db, { place, ...rest }),
      appointmentWaits(db, { place: 'FR', ...rest }),
    ])
    return html(
      c,
      WaitsPage({
        site,
        placeName: known.name,
        series: series.filter(one => one.points.length > 0),
        nation: nation.filter(one => one.points.length > 0),
        csv: `/api/waits.csv?place=${place}`,
      }),
    )
  })
  return router
}
