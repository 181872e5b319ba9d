import type { Context } from 'hono'

const KEY = 'origin'

/** Notes the public address of the service, under which it was asked whatever port or scheme a proxy used. */
export function askedUnder(c: Context, publicUrl: string): void {
  c.set(KEY, publicUrl)
}

/** What the addresses that the service gives of itself begin with. */
export function originOf(c: Context): string {
  return c.get(KEY) ?? new URL(c.req.url).origin
}
