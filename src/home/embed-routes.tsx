import type { Context } from 'hono'
import { Refusal } from '../errors.ts'
import { createRouter } from '../io/http/router.ts'
import { cardImage } from '../io/pdf/card-image.ts'
import { ROUTES } from '../pure/access/paths.ts'
import { EMBEDDED } from '../pure/elements/embedding.ts'

const KEPT_HEADERS = ['etag', 'last-modified', 'cache-control', 'retry-after']
/** What would say who asks, or what only this answer does. */
const ASKED_BY_NOBODY = ['authorization', 'cookie', 'accept-encoding', 'idempotency-key', 'range']

/**
 * A chart of a page of public figures, for pages of other sites, and its image for programs that show links. Whoever
 * asks, it is drawn as anybody sees it: the page is asked for without who they are.
 */
export function embedRoutes(ask: (request: Request, c: Context) => Response | Promise<Response>) {
  const router = createRouter()
  router.get(ROUTES.embedded, async c => {
    const address = new URL(c.req.url)
    const [, path = '', image] =
      /^(.*?)(\.png)?$/.exec(address.pathname.slice(ROUTES.embedded.indexOf('/*'))) ?? []
    if (!EMBEDDED.test(path)) throw new Refusal('not-found', 'Cette page n’a pas de graphique à intégrer.')
    address.pathname = path
    address.searchParams.delete('tableau')
    address.searchParams.set('dessin', address.searchParams.get('dessin') ?? '')
    address.searchParams.set('format', image === undefined ? 'html' : 'svg')
    const headers = new Headers(c.req.raw.headers)
    for (const name of ASKED_BY_NOBODY) headers.delete(name)
    // As a page of another site asks.
    headers.set('origin', 'null')
    headers.set('accept', 'text/html')
    const { signal } = c.req.raw
    const answer = await ask(new Request(address, { headers, signal }), c)
    for (const name of KEPT_HEADERS) {
      const value = answer.headers.get(name)
      if (value !== null) c.header(name, value)
    }
    if (answer.status === 304) return c.body(null, 304)
    if (answer.status !== 200 || image === undefined) return c.html(await answer.text(), answer.status as 200)
    const card = cardImage(await answer.text())
    if (card === undefined)
      throw new Refusal('service-busy', 'Trop d’images se font à la fois : redemandez un peu plus tard.', {
        retryAfter: 5,
      })
    return c.body(new Uint8Array(await card), 200, { 'content-type': 'image/png' })
  })
  return router
}
