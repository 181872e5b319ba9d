import type { Context } from 'hono'
import { documentText } from '../../pure/pages/layout.tsx'

/** Answers with a page. */
export async function html(
  c: Context,
  page: { toString: () => string | Promise<string> },
  status: 200 | 201 | 400 | 403 | 404 | 409 | 413 | 415 | 422 | 500 | 503 = 200,
): Promise<Response> {
  return c.html(await documentText(page), status)
}
