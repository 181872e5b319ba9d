import type { MiddlewareHandler } from 'hono'
import { routePath } from 'hono/route'
import { destination, type Logger, pino } from 'pino'

/** The program's own lines for the operator, as JSON; bugs carry their stack, refusals are not logged. */
export function createLogger(level: string): Logger {
  return pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    destination({ dest: 2, sync: true }),
  )
}

/** One line for each answer: its request's number, its route (never its values), its status and how long it took. */
export function requestLog(logger: Logger): MiddlewareHandler {
  return async (c, next) => {
    const begun = performance.now()
    await next()
    logger.info(
      {
        id: c.get('requestId'),
        method: c.req.method,
        route: routePath(c, -1),
        status: c.res.status,
        milliseconds: Math.round(performance.now() - begun),
      },
      'answered',
    )
  }
}
