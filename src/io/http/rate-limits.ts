import type { Context, MiddlewareHandler } from 'hono'
import { rateLimiter } from 'hono-rate-limiter'
import { Refusal } from '../../errors.ts'
import { identityOf } from './identity.ts'

/** An office shares one network address: it may send what ten accounts may. */
const ADDRESS_SHARE = 10
const MINUTE = 60_000

interface Limits {
  /** Requests of one account in a minute; no limit when undefined. */
  perMinute: number | undefined
  addressOf: (c: Context) => string
}

/**
 * Limits, counted by this process alone, of what one network address and one account may send: the first stands before
 * anybody is known and bounds the guessing of keys, the second after.
 */
export function rateLimits({
  perMinute,
  addressOf,
}: Limits): Record<'byAddress' | 'byIdentity', MiddlewareHandler> {
  if (perMinute === undefined) return { byAddress: unlimited, byIdentity: unlimited }
  const limiter = (limit: number, keyGenerator: (c: Context) => string) =>
    rateLimiter({
      windowMs: MINUTE,
      limit,
      standardHeaders: 'draft-7',
      keyGenerator,
      handler: c => {
        c.header('retry-after', '60')
        throw new Refusal(
          'too-many-requests',
          `Plus de ${limit} demandes en une minute : attendez une minute, ou groupez-les.`,
        )
      },
    })
  return {
    byAddress: limiter(perMinute * ADDRESS_SHARE, addressOf),
    byIdentity: limiter(perMinute, c => identityOf(c).account || `address ${addressOf(c)}`),
  }
}

const unlimited: MiddlewareHandler = (_, next) => next()
