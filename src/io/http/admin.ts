import { Hono, type MiddlewareHandler } from 'hono'
import { ROUTES } from '../../pure/access/paths.ts'
import type { Db } from '../database/schema.ts'
import { unready } from '../database/unavailable.ts'
import type { Metrics } from './metrics.ts'

/** What an operator's tools ask, on a port of its own that only this machine reaches: alive, ready, metrics. */
export function createAdmin(given: { db: Db; metrics: Metrics; draining: () => boolean }): Hono {
  const { db, metrics, draining } = given
  const admin = new Hono()
  admin.get(ROUTES.livez, c => c.text('ok'))
  admin.get(ROUTES.readyz, async c => {
    const reason = draining() ? 'stopping' : await unready(db)
    return c.text(reason ?? 'ok', reason === undefined ? 200 : 503)
  })
  admin.get('/metrics', async c =>
    c.body(await metrics.registry.metrics(), 200, { 'content-type': metrics.registry.contentType }),
  )
  return admin
}

/** While the service leaves, asks each caller to open its next connection elsewhere. */
export function leavingConnections(leaving: () => boolean): MiddlewareHandler {
  return async (c, next) => {
    await next()
    if (leaving()) c.res.headers.set('connection', 'close')
  }
}
