import { html } from '../io/http/page.ts'
import { createRouter } from '../io/http/router.ts'
import { paths } from '../pure/access/paths.ts'
import { RightsPage } from './rights-page.tsx'

/** The policy as a page. */
export function rightsRoutes() {
  const router = createRouter()
  router.get(paths.document({ slug: 'droits' }), c => html(c, RightsPage()))
  return router
}
