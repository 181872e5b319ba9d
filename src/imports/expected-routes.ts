import { createRoute, z } from '@hono/zod-openapi'
import type { Kysely } from 'kysely'
import type { Database } from '../io/database/schema.ts'
import { originOf } from '../io/http/origin.ts'
import { createRouter } from '../io/http/router.ts'
import { ROUTES } from '../pure/access/paths.ts'
import type { Day } from '../pure/calendar/day.ts'
import { calendarFeed } from './calendar-feed.ts'
import { publishedSources } from './source-queries.ts'
import { expectedDays } from './source-watch.tsx'

const route = createRoute({
  method: 'get',
  path: ROUTES.apiExpected,
  summary: 'Calendrier des publications attendues de chaque source',
  description:
    'Un agenda s’y abonne (iCalendar, RFC 5545). Les jours sont estimés d’après le rythme de chaque source, qui ne les a pas annoncés : le dernier jour plus l’intervalle médian entre ses dernières publications. Une source sans rythme régulier n’y est pas.',
  tags: ['Données'],
  responses: {
    200: {
      description: 'Un jour par source et type de fichier, au statut TENTATIVE',
      content: { 'text/calendar': { schema: z.string() } },
    },
  },
})

/** When each source should publish next, for the calendar of a person. */
export function expectedRoutes({ db, today }: { db: Kysely<Database>; today: () => Day }) {
  const router = createRouter()
  router.openapi(route, async c => {
    const days = expectedDays(await publishedSources(db), { today: today(), origin: originOf(c) })
    return c.body(calendarFeed('Vigie Titres : publications attendues', days, today()), 200, {
      'content-type': 'text/calendar; charset=utf-8',
      'content-disposition': 'inline; filename="publications.ics"',
    })
  })
  return router
}
