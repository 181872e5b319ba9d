import { html } from '../io/http/page.ts'
import { createRouter } from '../io/http/router.ts'
import type { Site } from '../pure/pages/layout.tsx'
import { MethodPage } from './method-page.tsx'

/** The page of methods and sources. */
export function methodRoutes({ site }: { site: Site }) {
  return createRouter().get('/methode', c => html(c, MethodPage({ site })))
}
