import type { Context } from 'hono'
import { Refusal } from '../../errors.ts'

/** The text fields of a form that was sent, by name, without the spaces around them; files are left out. */
export async function formFields(c: Context): Promise<Record<string, string>> {
  const body = await c.req.parseBody()
  return Object.fromEntries(
    Object.entries(body).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, value.trim()]] : [],
    ),
  )
}

/** What some work gives, or why it was refused, in words for the page that asked. */
export async function refusedInWords<T>(work: () => Promise<T>): Promise<T | string> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Refusal) return error.message
    throw error
  }
}
