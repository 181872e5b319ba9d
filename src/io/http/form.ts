import type { Context } from 'hono'

/** The text fields of a form that was sent, by name, without the spaces around them; files are left out. */
export async function formFields(c: Context): Promise<Record<string, string>> {
  const body = await c.req.parseBody()
  return Object.fromEntries(
    Object.entries(body).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value.trim()]] : [],
    ),
  )
}
