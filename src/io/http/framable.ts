import type { Context, Next } from 'hono'

const POLICY =
  "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors *"

/** Lets pages of other sites show an answer in a frame of theirs, or as an image: it must hold nothing but public figures. */
export async function framable(c: Context, next: Next): Promise<void> {
  await next()
  // What says why there is nothing is a page like others.
  if (c.res.status !== 200 && c.res.status !== 304) return
  c.res.headers.set('content-security-policy', POLICY)
  c.res.headers.set('cross-origin-resource-policy', 'cross-origin')
  c.res.headers.delete('x-frame-options')
}
