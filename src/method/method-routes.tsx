import { learntAssumptions } from '../demand/run-queries.ts'
import { WORDS } from '../io/assets.ts'
import { html } from '../io/http/page.ts'
import { createRouter, type Ground } from '../io/http/router.ts'
import { ROUTES } from '../pure/access/paths.ts'
import { MethodPage } from './method-page.tsx'

/** The page of methods and sources. */
export function methodRoutes({ db, today }: Ground) {
  return createRouter().get(ROUTES.method, async c =>
    html(c, MethodPage({ learnt: await learntAssumptions(db, today()), glossary: WORDS.explained })),
  )
}
