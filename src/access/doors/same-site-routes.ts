import type { MiddlewareHandler } from 'hono'
import { Refusal } from '../../errors.ts'
import { askedUnder } from '../../io/http/origin.ts'

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]']
const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Refuses a write that a page of another site sends. Browsers name the sender in Sec-Fetch-Site and Origin whatever
 * the content type; a program such as curl sends neither and passes.
 */
export function sameSiteWrites(publicUrl?: string): MiddlewareHandler {
  return async (c, next) => {
    if (!SAFE_METHODS.has(c.req.method)) {
      const site = c.req.header('sec-fetch-site')
      const origin = c.req.header('origin')
      const foreignSite = site !== undefined && site !== 'same-origin' && site !== 'none'
      const foreignOrigin = origin !== undefined && origin !== (publicUrl ?? new URL(c.req.url).origin)
      if (foreignSite || (foreignOrigin && site !== 'same-origin')) {
        throw new Refusal('cross-site-request', 'Envoyez ce formulaire depuis les pages de Vigie Titres.')
      }
    }
    await next()
  }
}

/**
 * Refuses a request addressed to another name than the service's own: its public address, or without one those of this
 * machine. A service that listens on loopback is never reached under another name, except by a page that rebinds its own
 * name to 127.0.0.1.
 */
export function knownNames(publicUrl?: string): MiddlewareHandler {
  const names = publicUrl === undefined ? LOOPBACK : [new URL(publicUrl).hostname]
  return async (c, next) => {
    const name = new URL(c.req.url).hostname
    if (!names.includes(name)) {
      throw new Refusal('cross-site-request', `Ce service ne répond qu’à ${names.join(', ')}.`)
    }
    if (publicUrl !== undefined) askedUnder(c, publicUrl)
    await next()
  }
}
