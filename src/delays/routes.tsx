import { createRoute, z } from '@hono/zod-openapi'
import type { Kysely } from 'kysely'
import { datedFacts } from '../io/database/events.ts'
import type { Database } from '../io/database/schema.ts'
import { csvAnswer } from '../io/http/csv.ts'
import { html } from '../io/http/page.ts'
import { dayParameter, placeParameter, quarterParameter, titleParameter } from '../io/http/parameters.ts'
import { knownPlaceOrRefuse } from '../io/http/place.ts'
import { quarterlySeriesSchema } from '../io/http/quarterly-series-schema.ts'
import { createRouter, queryOf } from '../io/http/router.ts'
import { quartersBetween } from '../pure/calendar/period.ts'
import { seriesRows } from '../pure/figures/quarterly-series.ts'
import type { Site } from '../pure/pages/layout.tsx'
import { explainQuarter } from './explain.ts'
import { DelaysPage } from './page.tsx'
import { issuanceDelays } from './queries.ts'

const request = {
  query: z.object({
    place: placeParameter.optional(),
    from: quarterParameter.optional(),
    to: quarterParameter.optional(),
    title: titleParameter.optional(),
    asOf: dayParameter.optional(),
  }),
}

const delays = createRoute({
  method: 'get',
  path: '/api/delays',
  summary: 'Délais de délivrance par titre et par trimestre',
  description:
    'Chaque point dit son horloge, sa statistique et sa source ; les valeurs publiées en double sont gardées et signalées. « impliedOverloadPct » : demandes au-delà de la capacité depuis le trimestre précédent, déduites de la pente du délai.',
  tags: ['Délais'],
  request,
  responses: {
    200: {
      description: 'Une série par titre',
      content: { 'application/json': { schema: z.object({ series: z.array(quarterlySeriesSchema) }) } },
    },
  },
})

const delaysCsv = createRoute({
  method: 'get',
  path: '/api/delays.csv',
  summary: 'Les mêmes délais, pour un tableur',
  tags: ['Délais'],
  request,
  responses: { 200: { description: 'CSV', content: { 'text/csv': { schema: z.string() } } } },
})

interface Ground {
  db: Kysely<Database>
  department: string
  site: Site
}

/** The delays of titles: data, spreadsheet and page. */
export function delayRoutes({ db, department, site }: Ground) {
  const router = createRouter()
  router.openapi(delays, async c => {
    const { place = department, ...rest } = c.req.valid('query')
    await knownPlaceOrRefuse(db, place)
    return c.json({ series: await issuanceDelays(db, { place, ...rest }) }, 200)
  })
  router.openapi(delaysCsv, async c => {
    const { place = department, ...rest } = c.req.valid('query')
    await knownPlaceOrRefuse(db, place)
    return csvAnswer(c, `delais-${place}.csv`, seriesRows(await issuanceDelays(db, { place, ...rest })))
  })
  router.get('/delais', async c => {
    const { place = department, ...rest } = queryOf(c, request.query)
    const known = await knownPlaceOrRefuse(db, place)
    const [all, facts] = await Promise.all([issuanceDelays(db, { place }), datedFacts(db, ['FR', place])])
    const every = all.flatMap(series => series.points.map(point => point.quarter)).sort()
    const from = rest.from ?? every[0] ?? ''
    const to = rest.to ?? every.at(-1) ?? ''
    const series = await issuanceDelays(db, { ...rest, place, from, to })
    const about = (title: string) => facts.filter(fact => fact.place === place && fact.title === title)
    return html(
      c,
      DelaysPage({
        site,
        placeName: known.name,
        series,
        quarters: every.length > 0 ? quartersBetween(every[0] ?? '', every.at(-1) ?? '') : [],
        from,
        to,
        csv: `/api/delays.csv?${new URLSearchParams({ place, from, to })}`,
        reasons: one =>
          one.points.flatMap(({ quarter }) => {
            const lines = explainQuarter({
              quarter,
              quarters: one.points,
              events: about(one.title).map(fact => ({
                from: fact.from,
                ...(fact.until === fact.from ? {} : { to: fact.until }),
                label: fact.label,
                ...(fact.files === undefined ? {} : { filesInjected: fact.files }),
                source: fact.source,
              })),
              ...(one.targetDays === null ? {} : { targetDays: one.targetDays }),
            })
            return lines ? [{ quarter, lines }] : []
          }),
        facts: one => about(one.title).map(fact => ({ day: fact.from, label: fact.label })),
      }),
    )
  })
  return router
}
