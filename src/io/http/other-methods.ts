import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Context, MiddlewareHandler } from 'hono'
import { Refusal } from '../../errors.ts'

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const
const A_DAY = '86400'

/** Methods that an address answers (RFC 9110, 10.2.1), empty for an address where nothing is. */
export function methodsOf(app: OpenAPIHono, path: string): string[] {
  const own = METHODS.filter(method =>
    app.router.match(method, path)[0].some(([[, route]]) => route.method === method),
  )
  if (own.length === 0) return []
  return [...own.flatMap(method => (method === 'GET' ? ['GET', 'HEAD'] : [method])), 'OPTIONS']
}

/**
 * Answers a request that no route takes: what an address allows when it is asked (OPTIONS) or asked otherwise (405), the
 * same address without its last slash when that one exists (308), and nothing elsewhere. @throws Refusal 404 or 405.
 */
export function answerOtherwise(app: OpenAPIHono, c: Context): Response {
  const { method, path } = c.req
  const allowed = methodsOf(app, path)
  // A route of this method that found nothing has said so: the address is not there after all.
  if (allowed.length > 0 && (method === 'OPTIONS' || !allowed.includes(method))) {
    c.header('allow', allowed.join(', '))
    if (method === 'OPTIONS') return c.body(null, 204)
    throw new Refusal(
      'method-not-allowed',
      `${path} ne répond pas à ${method.slice(0, 20)} : ${allowed.join(', ')}.`,
    )
  }
  const bare = path.replace(/\/+$/, '')
  // Two slashes at the start would name another site.
  if (bare !== path && !bare.startsWith('//') && methodsOf(app, bare).length > 0)
    return c.redirect(`${bare}${new URL(c.req.url).search}`, 308)
  throw new Refusal('not-found', `Rien ne se trouve à l’adresse ${path}.`)
}

/**
 * Lets pages of other sites read what anybody reads, without who they are: no cookie goes with such a request, and none
 * is allowed (Fetch, 3.3.5). `isOpen` says whether what was asked is open to all, once it is answered.
 */
export function readFromElsewhere(isOpen: (c: Context) => boolean): MiddlewareHandler {
  return async (c, next) => {
    await next()
    const wanted = c.req.header('access-control-request-method')
    const preflight = c.req.method === 'OPTIONS' && (wanted === 'GET' || wanted === 'HEAD')
    if (preflight && c.res.headers.get('allow')?.includes('GET')) {
      c.res.headers.set('access-control-allow-origin', '*')
      c.res.headers.set('access-control-allow-methods', 'GET, HEAD')
      c.res.headers.set('access-control-allow-headers', 'Accept, If-None-Match, If-Modified-Since')
      c.res.headers.set('access-control-max-age', A_DAY)
    } else if ((c.req.method === 'GET' || c.req.method === 'HEAD') && isOpen(c)) {
      c.res.headers.set('access-control-allow-origin', '*')
      c.res.headers.set('access-control-expose-headers', 'ETag, Link, Content-Disposition')
      c.res.headers.set('cross-origin-resource-policy', 'cross-origin')
      c.res.headers.append('vary', 'Origin')
    }
  }
}
