import type { Kysely } from 'kysely'
import { learntAssumptions } from '../demand/run-queries.ts'
import type { Database } from '../io/database/schema.ts'
import { html } from '../io/http/page.ts'
import { createRouter } from '../io/http/router.ts'
import { WORDS } from '../io/words.ts'
import { ROUTES } from '../pure/access/paths.ts'
import type { Day } from '../pure/calendar/day.ts'
import type { Site } from '../pure/pages/layout.tsx'
import { MethodPage } from './method-page.tsx'

interface Ground {
  db: Kysely<Database>
  today: () => Day
  site: Site
}

/** The page of methods and sources. */
export function methodRoutes({ db, today, site }: Ground) {
  return createRouter().get(ROUTES.method, async c =>
    html(c, MethodPage({ site, learnt: await learntAssumptions(db, today()), glossary: WORDS.explained })),
  )
}
