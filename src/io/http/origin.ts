import type { Context, MiddlewareHandler } from 'hono'
import type { Site } from '../../pure/pages/layout.tsx'

const KEY = 'origin'

/** Notes the public address of the service, under which it was asked whatever port or scheme a proxy used. */
export function askedUnder(c: Context, publicUrl: string): void {
  c.set(KEY, publicUrl)
}

/** What the addresses that the service gives of itself begin with. */
export function originOf(c: Context): string {
  return c.get(KEY) ?? new URL(c.req.url).origin
}

/** Notes the site that the pages of the service stand in. */
export function standsIn(site: Site): MiddlewareHandler {
  return (c, next) => {
    c.set('site', site)
    return next()
  }
}

/** The site that was asked; `undefined` outside the service. */
export function siteAsked(c: Context): Site | undefined {
  return c.get('site')
}
